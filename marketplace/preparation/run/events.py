from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RunRequested(Fact, kind="preparation.run_requested", label=_("Run queued")):
    """A run waits for a worker, first or since its last one is gone: start its task."""

    run_kind: str
    attempts_before: int


class RunStarted(Fact, kind="preparation.run_started", label=_("Run started")):
    """A worker took a run."""

    run_kind: str
    attempt: int


class ColumnsClassified(
    Fact, kind="preparation.columns_classified", label=_("Columns profiled and classified")
):
    """A profile run finished."""

    columns: int
    direct: int
    quasi: int
    sensitive: int


class MaskingFinished(Fact, kind="preparation.masking_finished", label=_("Data desensitized")):
    """A masking run finished; the masked version is stored."""

    sha256: str
    rows: int
    suppressed_rows: int


class RunFailed(Fact, kind="preparation.run_failed", label=_("Run failed")):
    """A run ended without a result."""

    run_kind: str
    error: str


class RunCancelled(Fact, kind="preparation.run_cancelled", label=_("Run cancelled")):
    """A person ended a run."""

    run_kind: str

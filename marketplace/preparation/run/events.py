from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RunRequested(Fact):
    """A run waits for a worker, first or since its last one is gone: start its task."""

    kind = "preparation.run_requested"
    label = _("Run queued")
    run_kind: str
    attempts_before: int


@dataclass(frozen=True, kw_only=True)
class RunStarted(Fact):
    """A worker took a run."""

    kind = "preparation.run_started"
    label = _("Run started")
    run_kind: str
    attempt: int


@dataclass(frozen=True, kw_only=True)
class ColumnsClassified(Fact):
    """A profile run finished."""

    kind = "preparation.columns_classified"
    label = _("Columns profiled and classified")
    columns: int
    direct: int
    quasi: int
    sensitive: int


@dataclass(frozen=True, kw_only=True)
class MaskingFinished(Fact):
    """A masking run finished; the masked version is stored."""

    kind = "preparation.masking_finished"
    label = _("Data desensitized")
    sha256: str
    rows: int
    suppressed_rows: int


@dataclass(frozen=True, kw_only=True)
class RunFailed(Fact):
    """A run ended without a result."""

    kind = "preparation.run_failed"
    label = _("Run failed")
    run_kind: str
    error: str


@dataclass(frozen=True, kw_only=True)
class RunCancelled(Fact):
    """A person ended a run."""

    kind = "preparation.run_cancelled"
    label = _("Run cancelled")
    run_kind: str

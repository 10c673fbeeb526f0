"""What happens to measurements. They concern the buyer alone: the seller is told what was spent."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class MeasurementRequested(
    Fact, kind="learning.measurement_requested", label=_("Measurement queued")
):
    """A measurement waits for a worker, first or since its last one is gone: start its task."""

    declaration: str
    hold_out_sha256: str
    own_rows_sha256: str
    attempts_before: int


class MeasurementStarted(Fact, kind="learning.measurement_started", label=_("Measurement started")):
    """A worker took a measurement."""

    attempt: int


class MeasurementFailed(Fact, kind="learning.measurement_failed", label=_("Measurement failed")):
    """A measurement ended without a receipt."""

    error: str


class MeasurementDone(Fact, kind="learning.measurement_done", label=_("Measurement done")):
    """A measurement ended with a signed receipt; the buyer's rows are destroyed."""

    receipt: str
    epsilon: str


class MeasurementCancelled(
    Fact, kind="learning.measurement_cancelled", label=_("Measurement cancelled")
):
    """The buyer ended a measurement; their rows are destroyed."""

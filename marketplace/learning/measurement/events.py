"""What happens to measurements. They concern the buyer alone: the seller is told what was spent."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MeasurementRequested(Fact):
    """A measurement waits for a worker, first or since its last one is gone: start its task."""

    kind = "learning.measurement_requested"
    label = _("Measurement queued")
    declaration: str
    hold_out_sha256: str
    own_rows_sha256: str
    attempts_before: int


@dataclass(frozen=True, kw_only=True)
class MeasurementStarted(Fact):
    """A worker took a measurement."""

    kind = "learning.measurement_started"
    label = _("Measurement started")
    attempt: int


@dataclass(frozen=True, kw_only=True)
class MeasurementFailed(Fact):
    """A measurement ended without a receipt."""

    kind = "learning.measurement_failed"
    label = _("Measurement failed")
    error: str


@dataclass(frozen=True, kw_only=True)
class MeasurementDone(Fact):
    """A measurement ended with a signed receipt; the buyer's rows are destroyed."""

    kind = "learning.measurement_done"
    label = _("Measurement done")
    receipt: str
    epsilon: str


@dataclass(frozen=True, kw_only=True)
class MeasurementCancelled(Fact):
    """The buyer ended a measurement; their rows are destroyed."""

    kind = "learning.measurement_cancelled"
    label = _("Measurement cancelled")

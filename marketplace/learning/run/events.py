from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class TrainingRequested(Fact, kind="learning.training_requested", label=_("Training run queued")):
    """A training run waits for a worker, first or since its last one is gone: start its task."""

    declaration: str
    sha256: str
    attempts_before: int


class TrainingStarted(Fact, kind="learning.training_started", label=_("Training run started")):
    """A worker took a training run."""

    attempt: int


class TrainingFailed(Fact, kind="learning.training_failed", label=_("Training run failed")):
    """A training run ended without a model."""

    error: str


class TrainingCancelled(
    Fact, kind="learning.training_cancelled", label=_("Training run cancelled")
):
    """A person ended a training run."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TrainingRequested(Fact):
    """A training run waits for a worker, first or since its last one is gone: start its task."""

    kind = "learning.training_requested"
    label = _("Training run queued")
    declaration: str
    sha256: str
    attempts_before: int


@dataclass(frozen=True, kw_only=True)
class TrainingStarted(Fact):
    """A worker took a training run."""

    kind = "learning.training_started"
    label = _("Training run started")
    attempt: int


@dataclass(frozen=True, kw_only=True)
class TrainingFailed(Fact):
    """A training run ended without a model."""

    kind = "learning.training_failed"
    label = _("Training run failed")
    error: str


@dataclass(frozen=True, kw_only=True)
class TrainingCancelled(Fact):
    """A person ended a training run."""

    kind = "learning.training_cancelled"
    label = _("Training run cancelled")

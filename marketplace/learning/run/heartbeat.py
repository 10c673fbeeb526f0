"""How a worker keeps the training run that it holds, and learns that it lost it."""

from marketplace.core import Actor, heartbeat
from marketplace.learning.run.choices import TrainingStep
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import beat_training

TrainingLost = heartbeat.LeaseLost
"""The training run was cancelled, or another worker has it."""


class TrainingHeartbeat(heartbeat.Heartbeat[tuple[int, TrainingStep]]):
    """Renews the lease of a training run with its progress and its step."""

    def __init__(self, run: TrainingRun, *, by: Actor) -> None:
        def say(word: tuple[int, TrainingStep]) -> None:
            progress, step = word
            beat_training(run.pk, attempt=run.attempt, progress=progress, step=step, by=by)

        super().__init__(say, (0, TrainingStep.OPEN), name=f"training-{run.pk}")
        self._step = TrainingStep.OPEN

    def report(self, share: float, step: str) -> None:
        """Say how far the work is, from 0 to 1.

        Raises:
            TrainingLost: the work must stop.
        """
        now = TrainingStep(step)
        changed, self._step = now != self._step, now
        self.tell((round(share * 1000), now), at_once=changed)

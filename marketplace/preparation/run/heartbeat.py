"""How a worker keeps the run that it holds, and learns that it lost it."""

from marketplace.core import Actor, heartbeat
from marketplace.preparation.run.models import Run, Step
from marketplace.preparation.run.services import beat_run

RunLost = heartbeat.LeaseLost
"""The run was cancelled, or another worker has it."""


class Heartbeat(heartbeat.Heartbeat[tuple[int, Step]]):
    """Renews the lease of a run with its progress and its step."""

    def __init__(self, run: Run, *, by: Actor) -> None:
        def say(word: tuple[int, Step]) -> None:
            progress, step = word
            beat_run(run.pk, attempt=run.attempt, progress=progress, step=step, by=by)

        super().__init__(say, (0, Step.OPEN), name=f"run-{run.pk}")
        self._step = Step.OPEN

    def report(self, share: float, step: Step) -> None:
        """Say how far the work is, from 0 to 1.

        Raises:
            RunLost: the work must stop.
        """
        changed, self._step = step != self._step, step
        self.tell((round(share * 1000), step), at_once=changed)

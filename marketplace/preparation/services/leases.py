"""What a worker says of the run that it holds. Each word is refused once the run is not its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record
from marketplace.preparation.endings import concerns, end_failed
from marketplace.preparation.events import RunStarted
from marketplace.preparation.guards import held_run, locked_for_work
from marketplace.preparation.models import Run, Step
from marketplace.preparation.states import RUN, RunState


@transaction.atomic
def take_run(run_id: UUID, *, by: Actor) -> Run:
    """Take a run that waits, under a lease that has to be renewed.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: another worker has it, or it ended.
    """
    run = locked_for_work(run_id, by=by)
    RUN.move(run, RunState.RUNNING)
    run.attempt += 1
    run.lease_until = _lease_end()
    run.started_at = clock.now()
    run.progress, run.step = 0, Step.OPEN
    run.save(update_fields=["state", "attempt", "lease_until", "started_at", "progress", "step"])
    record(
        RunStarted(
            subject=f"run:{run.pk}",
            about=concerns(run),
            run_kind=run.kind,
            attempt=run.attempt,
        ),
        by=by,
    )
    return run


@transaction.atomic
def beat_run(run_id: UUID, *, attempt: int, progress: int, step: Step, by: Actor) -> Run:
    """Renew the lease of a run and say how far it is; that is not recorded in the ledger.

    Raises:
        NotFound, NotAllowed: as for `take_run`.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = held_run(run_id, attempt=attempt, by=by)
    run.lease_until = _lease_end()
    run.progress, run.step = progress, step
    run.save(update_fields=["lease_until", "progress", "step"])
    return run


@transaction.atomic
def fail_run(
    run_id: UUID,
    *,
    attempt: int,
    error: str,
    parameters: Mapping[str, str | int | float],
    by: Actor,
) -> Run:
    """End a run that cannot be done, with the code of its reason.

    `preparation.adapters` words the code with the parameters, which hold no cell of the data.

    Raises:
        NotFound, NotAllowed, WrongState: as for `beat_run`.
    """
    run = held_run(run_id, attempt=attempt, by=by)
    end_failed(run, error=error, parameters=parameters, by=by)
    return run


def _lease_end() -> datetime:
    return clock.now() + timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])

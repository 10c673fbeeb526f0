"""Declare training runs, cancel them, take up those whose worker is gone, keep their models."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, clock, locked, visible
from marketplace.learning.grounds.locks import hold_grounds
from marketplace.learning.grounds.rules import check_grounds
from marketplace.learning.model.steps import keep_model
from marketplace.learning.run.choices import TrainingStep
from marketplace.learning.run.declaring import Chosen, declared
from marketplace.learning.run.events import TrainingCancelled, TrainingStarted
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.rules import (
    check_cancel_training,
    check_cancels_training,
    check_start_training,
    check_trains,
    check_works_on_training,
)
from marketplace.learning.run.selectors import (
    active_training,
    trainable_versions_visible_to,
    training_runs_visible_to,
)
from marketplace.learning.run.states import TRAINING, TrainingState
from marketplace.learning.run.steps import (
    end_done,
    end_failed,
    held_training,
    locked_for_work,
    queue_training,
    record_requested,
)
from marketplace.learning.training.errors import Parameter
from marketplace.ledger.services.recording import record

MOST_ATTEMPTS = 3
LEASES_TO_WAIT = 2
"""A run that nobody took for so many leases is asked for again: its task may be lost."""


@transaction.atomic
def start_training(
    version_id: UUID,
    *,
    title: str,
    target: str,
    features: Sequence[str],
    family: str,
    split: str,
    split_column: str,
    metric: str,
    shards: int,
    candidates: int,
    seed: int,
    error_by: Sequence[str],
    words: Sequence[str] = (),
    labels: Sequence[str] = (),
    epsilon: Decimal | None = None,
    by: Actor,
) -> TrainingRun:
    """Ask a worker to train a model on a prepared version, as it is declared here.

    Where noise hides each row, its ε is spent of the dataset's privacy budget, before a cell is
    read and for good. A run of the same declaration that is under way is answered instead.

    Raises:
        NotFound: there is no such prepared version among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: right, verdict or origins do not stand; the code says which. Or less of the
            privacy budget is left than ε (`dataset-budget-spent`).
        Invalid: a column is none of the version's, or does not fit what it is chosen for; words,
            labels and ε do not fit the family.
    """
    version = visible(trainable_versions_visible_to(by), pk=version_id)
    version.dataset = locked(
        datasets_visible_to(by).select_related("organization"), pk=version.dataset_id
    )
    check_trains(version, by)
    declaration = declared(
        version,
        Chosen(
            target,
            features,
            family,
            split,
            split_column,
            metric,
            shards,
            candidates,
            seed,
            error_by,
            words,
            labels,
            epsilon,
        ),
    )
    existing = active_training(version, declaration.digest)
    if existing is not None:
        return existing
    check_start_training(version, by)
    return queue_training(version, declaration, title.strip(), by=by)


@transaction.atomic
def cancel_training(run_id: UUID, *, by: Actor) -> TrainingRun:
    """End a training run that waits or works. Cancelling it again changes nothing.

    A worker that is busy with it stops at its next report.

    Raises:
        NotFound: there is no such training run among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    run = locked(training_runs_visible_to(by), pk=run_id)
    check_cancels_training(run, by)
    if run.state == TrainingState.CANCELLED:
        return run
    check_cancel_training(run, by)
    TRAINING.move(run, TrainingState.CANCELLED)
    run.lease_until, run.ended_at = None, clock.now()
    run.save(update_fields=["state", "lease_until", "ended_at"])
    record(TrainingCancelled(subject=f"training_run:{run.pk}", about=run.concerns), by=by)
    return run


@transaction.atomic
def reclaim_trainings(*, by: Actor) -> list[UUID]:
    """Take up the training runs whose worker let its lease run out, or let them fail.

    A run that has waited so long for a worker that its task may be lost is asked for again too, at
    intervals that double. Return the runs that were asked for.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_training(by)
    now = clock.now()
    # Rows that a worker holds at this moment are being finished.
    rows = TrainingRun.objects.select_related("version__dataset")
    free = rows.select_for_update(of=("self",), skip_locked=True)
    offered = []
    for run in free.filter(state=TrainingState.RUNNING, lease_until__lt=now):
        if run.attempt >= MOST_ATTEMPTS:
            end_failed(run, error="worker-lost", parameters={"attempts": run.attempt}, by=by)
            continue
        TRAINING.move(run, TrainingState.QUEUED)
        run.lease_until, run.queued_at = None, now
        run.progress, run.step = 0, TrainingStep.WAIT
        run.save(update_fields=["state", "lease_until", "queued_at", "progress", "step"])
        record_requested(run, by=by)
        offered.append(run.pk)
    longest = timedelta(seconds=LEASES_TO_WAIT * settings.CENTRE["RUN_LEASE_SECONDS"])
    for run in free.filter(state=TrainingState.QUEUED, queued_at__lt=now - longest):
        if now - run.queued_at < (now - run.created_at) / 2:
            continue
        run.queued_at = now
        run.save(update_fields=["queued_at"])
        record_requested(run, by=by)
        offered.append(run.pk)
    return offered


# What a worker says of the training run that it holds. Each word is refused once it is not its own.


@transaction.atomic
def take_training(run_id: UUID, *, by: Actor) -> TrainingRun:
    """Take a training run that waits, under a lease that has to be renewed.

    Raises:
        NotFound: there is no such training run.
        NotAllowed: the actor is not the centre's software.
        WrongState: another worker has it, or it ended.
    """
    run = locked_for_work(run_id, by=by)
    TRAINING.move(run, TrainingState.RUNNING)
    run.attempt += 1
    run.lease_until, run.started_at = _lease_end(), clock.now()
    run.progress, run.step = 0, TrainingStep.OPEN
    run.save(update_fields=["state", "attempt", "lease_until", "started_at", "progress", "step"])
    record(
        TrainingStarted(subject=f"training_run:{run.pk}", about=run.concerns, attempt=run.attempt),
        by=by,
    )
    return run


@transaction.atomic
def beat_training(
    run_id: UUID, *, attempt: int, progress: int, step: TrainingStep, by: Actor
) -> TrainingRun:
    """Renew the lease of a training run and say how far it is; the ledger does not record that.

    Raises:
        NotFound, NotAllowed: as for `take_training`.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = held_training(run_id, attempt=attempt, by=by)
    run.lease_until = _lease_end()
    run.progress, run.step = progress, step
    run.save(update_fields=["lease_until", "progress", "step"])
    return run


@transaction.atomic
def fail_training(
    run_id: UUID, *, attempt: int, error: str, parameters: Mapping[str, Parameter], by: Actor
) -> TrainingRun:
    """End a training run that cannot be done, with the code of its reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `beat_training`.
    """
    run = held_training(run_id, attempt=attempt, by=by)
    end_failed(run, error=error, parameters=parameters, by=by)
    return run


@transaction.atomic
def finish_training(
    run_id: UUID, *, attempt: int, path: Path, report: Mapping[str, Any], by: Actor
) -> TrainingRun:
    """Keep the model of a training run with its card and its credential, all or nothing.

    Raises:
        NotFound, NotAllowed: as for `take_training`.
        WrongState: the run was cancelled or taken over; or right, verdict or origins do not stand
            any more; or the file is not the one that was measured (`digest-mismatch`).
    """
    run = held_training(run_id, attempt=attempt, by=by)
    grounds = hold_grounds(run.version, run.organization)
    check_grounds(grounds)
    keep_model(run, grounds, path=path, report=report, by=by)
    end_done(run)
    return run


def _lease_end() -> datetime:
    return clock.now() + timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])

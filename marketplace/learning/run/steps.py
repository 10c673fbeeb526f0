"""How training runs are held and end; each is a part of an act."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, clock, locked
from marketplace.learning.run.events import TrainingFailed, TrainingRequested
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.rules import check_holds_training, check_works_on_training
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.learning.run.states import TRAINING, TrainingState
from marketplace.learning.training.declaration import Declaration
from marketplace.learning.training.errors import Parameter
from marketplace.ledger.services.recording import record
from marketplace.preparation.budget.models import BudgetUse
from marketplace.preparation.budget.services import charge_budget

WHOLE = 1000


def queue_training(
    version: DatasetVersion,
    declaration: Declaration,
    title: str,
    *,
    replaces_id: UUID | None = None,
    by: Actor,
) -> TrainingRun:
    """Let a training run wait for a worker; what noise it adds is paid for now, and for good.

    Raises:
        WrongState: less of the dataset's privacy budget is left (`dataset-budget-spent`).
    """
    run = TrainingRun.objects.create(
        title=title,
        version=version,
        organization=version.dataset.organization,
        replaces_id=replaces_id,
        requested_by_id=by.person_id,
        declaration=declaration.as_dict(),
        digest=declaration.digest,
        queued_at=clock.now(),
    )
    if declaration.epsilon:
        charge_budget(
            version.pk,
            epsilon=Decimal(str(declaration.epsilon)),
            use=BudgetUse.MODEL,
            cause=f"training_run:{run.pk}",
            by=by,
        )
    record_requested(run, by=by)
    return run


def record_requested(run: TrainingRun, *, by: Actor) -> None:
    """Say that a training run waits for a worker."""
    record(
        TrainingRequested(
            subject=f"training_run:{run.pk}",
            about=run.concerns,
            declaration=run.digest,
            sha256=run.version.sha256,
            attempts_before=run.attempt,
        ),
        by=by,
    )


def locked_for_work(run_id: UUID, *, by: Actor) -> TrainingRun:
    """Lock a training run to work on it.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_training(by)
    return locked(training_runs_visible_to(by), pk=run_id)


def held_training(run_id: UUID, *, attempt: int, by: Actor) -> TrainingRun:
    """Lock the training run that a worker holds.

    Raises:
        NotFound, NotAllowed: as for `locked_for_work`.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = locked_for_work(run_id, by=by)
    check_holds_training(run, attempt, by)
    return run


def end_failed(
    run: TrainingRun, *, error: str, parameters: Mapping[str, Parameter], by: Actor
) -> None:
    """End a locked training run without a model, with the code of its reason.

    Raises:
        WrongState: it is not running.
    """
    TRAINING.move(run, TrainingState.FAILED)
    run.lease_until, run.ended_at = None, clock.now()
    run.error_code, run.error_parameters = error, dict(parameters)
    run.save(update_fields=["state", "lease_until", "ended_at", "error_code", "error_parameters"])
    record(TrainingFailed(subject=f"training_run:{run.pk}", about=run.concerns, error=error), by=by)


def end_done(run: TrainingRun) -> None:
    """End a locked training run whose model is kept.

    Raises:
        WrongState: it is not running.
    """
    TRAINING.move(run, TrainingState.DONE)
    run.lease_until, run.ended_at, run.progress = None, clock.now(), WHOLE
    run.save(update_fields=["state", "lease_until", "ended_at", "progress"])

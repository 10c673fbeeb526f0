"""The queue of training runs, and how one begins to wait."""

from decimal import Decimal
from uuid import UUID

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, clock
from marketplace.jobs.queues import Priority, Queue
from marketplace.jobs.steps import record_requested
from marketplace.learning.run.choices import TrainingStep
from marketplace.learning.run.events import (
    TrainingCancelled,
    TrainingFailed,
    TrainingRequested,
    TrainingStarted,
)
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.learning.training.declaration import Declaration
from marketplace.preparation.budget.models import BudgetUse
from marketplace.preparation.budget.services import charge_budget

TRAININGS = Queue(
    name="training_run",
    priority=Priority.LAST,
    rows=training_runs_visible_to,
    about=lambda run: run.concerns,
    requested=TrainingRequested,
    started=TrainingStarted,
    failed=TrainingFailed,
    cancelled=TrainingCancelled,
    asked=lambda run: {"declaration": run.digest, "sha256": run.version.sha256},
    begins={"step": TrainingStep.OPEN},
)


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
    record_requested(run, queue=TRAININGS, by=by)
    return run

"""Read batches that wait to be inspected, and what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from marketplace.annotation.acceptance.models import Inspection
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.selectors import tasks_of
from marketplace.annotation.batch.states import BatchState
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.presentation import worded
from marketplace.annotation.project.reading import Cell
from marketplace.annotation.project.sampling import SamplingPlan, plan_for


def batches_to_inspect(project: LabellingProject) -> QuerySet[Batch]:
    """Return the batches of a project that are handed in and not decided on, oldest first."""
    rows = Batch.objects.filter(annotator__project=project, state=BatchState.HANDED_IN)
    return rows.select_related("annotator").order_by("handed_in_at")


def inspections_of(batch: Batch) -> list[Inspection]:
    """Return what was found of a batch, round by round."""
    return list(Inspection.objects.filter(batch=batch))


def last_inspections(batches: Iterable[Batch]) -> dict[UUID, Inspection]:
    """Return what was found last of each of some batches."""
    rows = Inspection.objects.filter(batch__in=[batch.pk for batch in batches])
    return {one.batch_id: one for one in rows.order_by("round")}


def labelled_of(batch: Batch) -> list[Task]:
    """Return the items of a batch that are labelled: its lot."""
    return [task for task in tasks_of(batch) if task.answer is not None]


def plan_of(batch: Batch) -> SamplingPlan:
    return plan_for(len(labelled_of(batch)), batch.annotator.project.quality_limit)


@dataclass(frozen=True)
class SampledItem:
    """An item of a sample: what was shown, and the label in words."""

    position: int
    cells: tuple[Cell, ...]
    label: str


def sampled_tasks(batch: Batch) -> list[Task]:
    """Return the labelled items of a batch's sample."""
    return [task for task in labelled_of(batch) if task.position in batch.sample]


def sample_of(tasks: Sequence[Task], shown: Sequence[tuple[Cell, ...]]) -> list[SampledItem]:
    """Return the items of a sample with what was shown of each, as their annotator saw them."""
    return [
        SampledItem(task.position, cells, worded(task.annotator.project.scheme, task.answer, cells))
        for task, cells in zip(tasks, shown, strict=True)
    ]

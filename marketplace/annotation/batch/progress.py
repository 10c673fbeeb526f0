"""Count how far labelling is: what each annotator has done, and how much of a project."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, Sum

from marketplace.annotation.batch.models import Annotator, Task
from marketplace.annotation.batch.selectors import right_of
from marketplace.annotation.batch.states import BatchState
from marketplace.annotation.project.models import Item, LabellingProject


@dataclass(frozen=True)
class Pace:
    """What somebody has done in a project, and how much of the control items was right."""

    labelled: int
    skipped: int
    seconds: float | None
    gold: int
    right: int


NO_PACE = Pace(0, 0, None, 0, 0)


def paces_of(project: LabellingProject, **narrowed: Any) -> dict[UUID, Pace]:
    """Count by annotator what was done in batches handed in, qualifications apart."""
    done = Task.objects.filter(
        annotator__project=project,
        batch__is_qualification=False,
        batch__handed_in_at__isnull=False,
        **narrowed,
    )
    counted = {
        row["annotator_id"]: row
        for row in done.order_by()
        .values("annotator_id")
        .annotate(
            labelled=Count("pk", filter=Q(answer__isnull=False), distinct=True),
            passed_over=Count("pk", filter=~Q(skipped=""), distinct=True),
            seconds=Avg("labels__seconds"),
        )
    }
    gold: dict[UUID, list[Task]] = defaultdict(list)
    for task in done.filter(item__gold__isnull=False).select_related("item__project"):
        gold[task.annotator_id].append(task)
    return {
        pk: Pace(row["labelled"], row["passed_over"], row["seconds"], *reversed(right_of(gold[pk])))
        for pk, row in counted.items()
    }


def pace_of(annotator: Annotator) -> Pace:
    """Count an annotator's own work in a project."""
    paces = paces_of(annotator.project, annotator=annotator)
    return paces.get(annotator.pk, NO_PACE)


@dataclass(frozen=True)
class Progress:
    """How far a project is: labels that are needed, taken, handed in, and accepted of those."""

    needed: int
    taken: int
    handed_in: int
    accepted: int


def progress_of(project: LabellingProject) -> Progress:
    items = Item.objects.filter(project=project, is_gone=False, gold__isnull=True)
    counted = items.aggregate(needed=Sum("needed", default=0), taken=Sum("taken", default=0))
    labelled = Task.objects.filter(item__in=items, answer__isnull=False)
    waiting, accepted = (
        labelled.filter(batch__state=state).count()
        for state in (BatchState.HANDED_IN, BatchState.ACCEPTED)
    )
    return Progress(counted["needed"], counted["taken"], waiting + accepted, accepted)


def annotators_of(project: LabellingProject) -> list[tuple[Annotator, Pace]]:
    """Return who labels in a project, by number, with what they have done."""
    rows = Annotator.objects.filter(project=project).select_related("organization")
    paces = paces_of(project)
    return [(annotator, paces.get(annotator.pk, NO_PACE)) for annotator in rows]

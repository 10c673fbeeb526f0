"""Read the work of annotators: each their own, and nothing of whose data it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from marketplace.accounts.policies import is_centre_staff, rows_of_holder
from marketplace.accounts.roles import Role
from marketplace.annotation.batch.models import Annotator, Batch, Task
from marketplace.annotation.batch.states import LABELLED, UNDECIDED, BatchState
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.states import ProjectState
from marketplace.core import Actor

BYTES = ("file", "content", "parent")
"""What is asked of a version to show its rows: its bytes, and what the right over it reaches."""
ASKED = ("dataset", *BYTES)
"""What every door asks of a version."""


def whole_projects() -> QuerySet[LabellingProject]:
    """Return projects with their version, for acts that have found one already."""
    return LabellingProject.objects.select_related(*(f"version__{name}" for name in ASKED))


ACCEPTED = Q(tasks__batch__state=BatchState.ACCEPTED, tasks__answer__isnull=False)
"""Of the tasks of items, those whose label counts."""
SHOWN = (ProjectState.PUBLISHED, ProjectState.PAUSED, ProjectState.ENDING)


def work_open_to(by: Actor) -> QuerySet[LabellingProject]:
    """Return the projects that an annotator's organization is admitted to, while they go on.

    What of these rows an annotator is shown is title, scheme, guideline and progress: neither the
    owner nor the dataset.
    """
    rows = whole_projects()
    if not by.has(Role.ANNOTATOR) or by.member_of is None:
        return rows.none()
    return rows.filter(state__in=SHOWN, admitted=by.member_of)


def of_annotator(by: Actor, path: str) -> Q:
    """Return the condition that work is an annotator's own, with whoever did it at `path`.

    It is theirs while they hold the role in the organization for which they did it.
    """
    if not by.has(Role.ANNOTATOR) or by.member_of is None:
        return Q(pk__in=())
    return Q(**{f"{path}person_id": by.person_id, f"{path}organization_id": by.member_of})


def batches_visible_to(by: Actor) -> QuerySet[Batch]:
    """Return the actor's own batches, and those of the projects that their organization owns.

    The centre's staff sees all. Those of others who label beside one are seen by nobody of them.
    """
    rows = Batch.objects.select_related("annotator__project__version__file", "annotator")
    if is_centre_staff(by):
        return rows
    seen = of_annotator(by, "annotator__")
    if by.organization_id is not None:
        seen |= Q(annotator__project__organization_id=by.organization_id)
    return rows.filter(seen)


def batches_seen_by_owner(by: Actor) -> QuerySet[Batch]:
    """Return the batches of the projects that the actor's organization owns; all to the staff."""
    rows = batches_visible_to(by)
    return rows_of_holder(rows, by, holder="annotator__project__organization_id")


def own_batches(by: Actor) -> QuerySet[Batch]:
    """Return the actor's own batches, newest first."""
    rows = Batch.objects.select_related(*(f"annotator__project__version__{one}" for one in ASKED))
    return rows.filter(of_annotator(by, "annotator__")).order_by("-created_at")


def own_tasks(by: Actor) -> QuerySet[Task]:
    """Return the items of the actor's own batches, with what is asked of them and their version.

    The dataset is not read with them: whoever shows or labels one reads it as it is locked.
    """
    version = "batch__annotator__project__version"
    return _own_tasks(by).select_related("item", *(f"{version}__{one}" for one in BYTES))


def asked_tasks(by: Actor) -> QuerySet[Task]:
    """Return the same items with what is asked of them alone."""
    return _own_tasks(by).select_related("item", "batch__annotator__project")


def _own_tasks(by: Actor) -> QuerySet[Task]:
    rows = Task.objects.filter(is_lost=False, item__is_gone=False)
    return rows.filter(of_annotator(by, "batch__annotator__"))


@dataclass(frozen=True)
class Place:
    """Where an item lies in its batch, and whether it is labelled or skipped."""

    task_id: UUID
    position: int
    is_done: bool


def places_in(batch_id: UUID) -> list[Place]:
    """Return the places of the items of a batch in their order, for whoever may see one of them."""
    said = ExpressionWrapper(Q(answer__isnull=False) | ~Q(skipped=""), BooleanField())
    rows = Task.objects.filter(batch_id=batch_id, is_lost=False, item__is_gone=False)
    return [Place(*row) for row in rows.order_by("position").values_list("pk", "position", said)]


def tasks_of(batch: Batch) -> list[Task]:
    """Return the items of a batch in their order, without those that are lost or gone."""
    rows = Task.objects.filter(batch=batch, is_lost=False, item__is_gone=False)
    return list(rows.select_related("item__project").order_by("position"))


def gone_tasks_of(batch: Batch) -> QuerySet[Task]:
    """Return the items of a batch whose rows left the data."""
    return Task.objects.filter(batch=batch, is_lost=False, item__is_gone=True)


def annotator_of(project: LabellingProject, by: Actor) -> Annotator | None:
    if by.person_id is None:
        return None
    return Annotator.objects.filter(project=project, person_id=by.person_id).first()


def open_batch_of(annotator: Annotator | None) -> Batch | None:
    """Return the batch that an annotator has begun or got back; the older first."""
    return Batch.objects.filter(annotator=annotator, state__in=LABELLED).first()


def lapsed_batch_of(annotator: Annotator | None) -> Batch | None:
    """Return the newest batch that was given back and of which an item is still to be had."""
    free = Task.objects.filter(
        is_lost=False, item__is_gone=False, item__taken__lt=F("item__needed")
    )
    rows = Batch.objects.filter(annotator=annotator, state=BatchState.LAPSED)
    return rows.filter(pk__in=free.values("batch_id")).order_by("-number").first()


def idle_batches(since: datetime) -> QuerySet[Batch]:
    """Return the batches that hold items and that nobody has touched since a time."""
    rows = Batch.objects.filter(state__in=LABELLED, is_qualification=False, taken_at__lt=since)
    for touched in ("tasks__labels", "tasks__looks", "inspections"):
        rows = rows.exclude(**{f"{touched}__created_at__gte": since})
    return rows


def has_undecided(project: LabellingProject) -> bool:
    """Return whether a batch of a project waits to be inspected."""
    return Batch.objects.filter(annotator__project=project, state=BatchState.HANDED_IN).exists()


def has_returned(project: LabellingProject) -> bool:
    """Return whether a batch of a project went back to its annotator."""
    return Batch.objects.filter(annotator__project=project, state=BatchState.RETURNED).exists()


def begun_batches(project_id: UUID) -> list[UUID]:
    """Return the batches of a project that are labelled in part and were never handed in."""
    labelled = Task.objects.filter(is_lost=False, answer__isnull=False)
    rows = Batch.objects.filter(
        annotator__project_id=project_id,
        state=BatchState.OPEN,
        is_qualification=False,
        pk__in=labelled.values("batch_id"),
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def labelled_whole(rows: QuerySet[LabellingProject]) -> QuerySet[LabellingProject]:
    """Return the projects of which every item is labelled and nothing waits to be decided on."""
    items = Item.objects.filter(project=OuterRef("pk"), is_gone=False, gold__isnull=True)
    said = Count("tasks__answer", filter=ACCEPTED, distinct=True)
    disputed = items.filter(arbitration__isnull=True).annotate(said=said)
    return rows.filter(
        Exists(items),
        ~Exists(items.filter(taken__lt=F("needed"))),
        ~Exists(Batch.objects.filter(annotator__project=OuterRef("pk"), state__in=UNDECIDED)),
        ~Exists(disputed.filter(Q(said__gt=1) | Q(doubt__isnull=False))),
    )


def is_labelled_whole(project: LabellingProject) -> bool:
    """Return whether every item of a project is labelled and nothing waits to be decided on."""
    rows = LabellingProject.objects.filter(pk=project.pk, labelled_set__isnull=True)
    return labelled_whole(rows).exists()


def _items(project: LabellingProject) -> QuerySet[Item]:
    return Item.objects.filter(project=project, is_gone=False)


def free_items(project: LabellingProject, by: Actor) -> QuerySet[Item]:
    """Return the items that need another annotator and that the actor never had, by any account."""
    own = Task.objects.filter(
        annotator__project=project, annotator__person_id__in={by.person_id, *by.other_accounts}
    )
    rows = _items(project).filter(gold__isnull=True, taken__lt=F("needed"))
    return rows.exclude(pk__in=own.values("item_id")).order_by("row")


def fresh_gold(project: LabellingProject, by: Actor) -> QuerySet[Item]:
    """Return the gold items that the actor never had, by any account."""
    own = Task.objects.filter(
        annotator__project=project, annotator__person_id__in={by.person_id, *by.other_accounts}
    )
    rows = _items(project).filter(gold__isnull=False)
    return rows.exclude(pk__in=own.values("item_id")).order_by("row")


def right_of(tasks: Sequence[Task]) -> tuple[int, int]:
    """Return how many of the gold items among some are answered right, and of how many."""
    gold = [task for task in tasks if task.item.gold is not None and task.answer is not None]
    right = (one.item.project.scheme.kind.is_right(one.answer, one.item.gold or {}) for one in gold)
    return sum(right), len(gold)

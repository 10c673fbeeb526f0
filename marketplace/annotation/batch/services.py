"""Annotators take batches, look at items, label them, and hand batches in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from marketplace.annotation.batch import rules
from marketplace.annotation.batch.drawing import (
    drawn_sample,
    held_items,
    items_to_label,
    items_to_qualify,
    outcome_of,
    resume,
)
from marketplace.annotation.batch.events import (
    BatchHandedIn,
    BatchLapsed,
    BatchTaken,
    ItemsTakenAway,
    LabelsTakenIn,
)
from marketplace.annotation.batch.exchange import file_of, labels_of
from marketplace.annotation.batch.keeping import (
    ShownItem,
    checked,
    digest_of,
    keep_label,
    seconds_since,
)
from marketplace.annotation.batch.models import LONGEST_SKIP, Annotator, Batch, ItemLook, Task
from marketplace.annotation.batch.selectors import (
    annotator_of,
    batches_visible_to,
    idle_batches,
    lapsed_batch_of,
    open_batch_of,
    own_batches,
    own_tasks,
    tasks_of,
    whole_projects,
    work_open_to,
)
from marketplace.annotation.batch.states import BATCH, BatchState
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.project.models import Item
from marketplace.annotation.project.reading import cells_of
from marketplace.annotation.project.standing import hold_standing
from marketplace.core import Actor, clock, locked, share_locked, visible
from marketplace.core.arguments import Text
from marketplace.core.reading import reading
from marketplace.ledger.services.recording import record

SKIPPED = Text(label=gettext_lazy("Or skip it, because"), longest=LONGEST_SKIP)


@transaction.atomic
def take_batch(project_id: UUID, *, by: Actor) -> Batch:
    """Take a batch of items to label; whoever has an open one goes on with it.

    The first batch is of gold items alone, by which the annotator qualifies. In the others some
    gold items lie among the rest, and look like them.

    Raises:
        NotFound: there is no such project among those open to the actor.
        NotAllowed: the actor is no annotator.
        WrongState: the project stands still, they did not qualify (`not-qualified`), no item is
            left for them (`nothing-to-label`), or no money for a batch (`labelling-not-funded`).
    """
    project = locked(work_open_to(by), pk=project_id)
    hold_standing(project.version)
    person_id = rules.check_take_batch(project, by)
    annotator = annotator_of(project, by)
    begun = open_batch_of(annotator)
    if begun is not None:
        return begun
    lapsed = lapsed_batch_of(annotator)
    if lapsed is not None:
        return resume(lapsed, by=by)
    is_first = annotator is None
    if annotator is None:
        assert by.member_of is not None, "An annotator belongs to an organization."
        annotator = Annotator.objects.create(
            project=project,
            organization_id=by.member_of,
            person_id=person_id,
            number=Annotator.objects.filter(project=project).count() + 1,
        )
    items = items_to_qualify(project) if is_first else items_to_label(project, by)
    batch = Batch.objects.create(
        annotator=annotator,
        number=Batch.objects.filter(annotator=annotator).count() + 1,
        is_qualification=is_first,
    )
    Task.objects.bulk_create(
        Task(batch=batch, item=item, annotator=annotator, position=position)
        for position, item in enumerate(items, start=1)
    )
    record(
        BatchTaken(
            subject=f"batch:{batch.pk}",
            about=(project.subject,),
            number=batch.number,
            items=len(items),
            is_qualification=is_first,
        ),
        by=by,
    )
    return batch


def return_idle_batches(*, by: Actor) -> list[Batch]:
    """Give the items of batches back that nobody has touched for long. Each is a transaction.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    rules.check_returns_batches(by)
    since = clock.now() - timedelta(hours=settings.CENTRE["LABELLING_IDLE_HOURS"])
    return [
        batch
        for pk in list(idle_batches(since).values_list("pk", flat=True))
        if (batch := _give_back(pk, since, by=by)) is not None
    ]


@transaction.atomic
def _give_back(pk: UUID, since: datetime, *, by: Actor) -> Batch | None:
    batch = locked(batches_visible_to(by), pk=pk)
    locked(whole_projects(), pk=batch.annotator.project_id)
    if not idle_batches(since).filter(pk=pk).exists():
        return None
    tasks = tasks_of(batch)
    held = held_items(tasks)
    Item.objects.filter(pk__in=[item.pk for item in held]).update(taken=F("taken") - 1)
    BATCH.move(batch, BatchState.LAPSED)
    batch.save(update_fields=["state"])
    record(
        BatchLapsed(
            subject=f"batch:{batch.pk}",
            about=(batch.annotator.project.subject,),
            items=len(tasks),
            labelled=sum(task.is_done for task in tasks),
        ),
        by=by,
    )
    return batch


@transaction.atomic
@reading()
def look_at_item(task_id: UUID, *, by: Actor) -> ShownItem:
    """Show an annotator an item of their open batch; that it was shown is kept.

    Raises:
        NotFound: there is no such item in a batch of the actor's own.
        NotAllowed: the actor is no annotator.
        WrongState: the batch was handed in (`batch-handed-in`), or the project stands still.
    """
    task = visible(own_tasks(by), pk=task_id)
    project = task.batch.annotator.project
    hold_standing(project.version)
    person_id = rules.check_label_item(task, by)
    ItemLook.objects.create(task=task, person_id=person_id)
    return ShownItem(task, cells_of(project, task.item.row))


@transaction.atomic
@reading()
def label_item(
    task_id: UUID, *, answer: Answer | None, skipped: Annotated[str, SKIPPED] = "", by: Actor
) -> Task:
    """Say what an item is, or why nobody can say; again replaces it until the batch is handed in.

    Raises:
        NotFound: there is no such item in a batch of the actor's own.
        NotAllowed: the actor is no annotator.
        WrongState: the batch was handed in (`batch-handed-in`), or the project stands still.
        Invalid: the answer does not fit the scheme (`label-does-not-fit`), there is neither answer
            nor reason, or both, or the item was not looked at (`item-not-seen`).
    """
    task = locked(own_tasks(by), pk=task_id, of=("batch", "self"))
    hold_standing(task.batch.annotator.project.version)
    rules.check_label_item(task, by)
    seconds = seconds_since(task)
    kept, reason = checked(task, answer, skipped)
    if (task.answer, task.skipped) != (kept, reason):
        keep_label(task, kept, reason, seconds=seconds, by=by)
    return task


@transaction.atomic
def save_batch_items(batch_id: UUID, *, by: Actor) -> bytes:
    """Give an annotator the items of their open batch as a file of Label Studio's.

    Each item is shown by it, which is kept as any look is.

    Raises:
        NotFound: there is no such batch of the actor's own.
        NotAllowed: the actor is no annotator.
        WrongState: the batch was handed in (`batch-handed-in`), the project stands still, or the
            stored file is damaged.
    """
    batch = visible(own_batches(by), pk=batch_id)
    hold_standing(batch.annotator.project.version)
    person_id = rules.check_works_on(batch, by)
    tasks = tasks_of(batch)
    ItemLook.objects.bulk_create(ItemLook(task=task, person_id=person_id) for task in tasks)
    record(
        ItemsTakenAway(
            subject=f"batch:{batch.pk}", about=(batch.annotator.project.subject,), items=len(tasks)
        ),
        by=by,
    )
    return file_of(batch, tasks)


@transaction.atomic
def take_labels_in(batch_id: UUID, *, tasks: Sequence[object], by: Actor) -> Batch:
    """Take in what an annotator said of the items of their open batch in Label Studio.

    They are labels of that annotator as if given here; all of them are taken in or none. The same
    again changes nothing.

    Raises:
        NotFound: there is no such batch of the actor's own.
        NotAllowed: the actor is no annotator.
        WrongState: the batch was handed in (`batch-handed-in`), or the project stands still.
        Invalid: a task cannot be read (`bad-task`), is of no item of this batch or stands twice
            (`item-of-another`), shows another text (`text-differs`), has labels of several people
            or of another (`label-of-another`), or one that a model made (`label-by-machine`); a
            label does not fit the scheme, or its item was not looked at (`item-not-seen`).
    """
    batch = locked(own_batches(by), pk=batch_id)
    hold_standing(batch.annotator.project.version)
    rules.check_works_on(batch, by)
    found = labels_of(batch, tasks_of(batch), tasks)
    said = [(one, one.answer.as_json()) for one in found]
    new = [(one, kept) for one, kept in said if one.task.answer != kept]
    for one, kept in new:
        seconds = seconds_since(one.task)
        if one.seconds is not None and one.seconds >= 0:
            seconds = min(seconds, round(one.seconds))
        keep_label(one.task, kept, "", seconds=seconds, by=by)
    if new:
        record(
            LabelsTakenIn(
                subject=f"batch:{batch.pk}",
                about=(batch.annotator.project.subject,),
                labels=len(new),
                labels_sha256=digest_of([[str(one.task.pk), kept] for one, kept in new]),
            ),
            by=by,
        )
    return batch


@transaction.atomic
def hand_in_batch(batch_id: UUID, *, by: Actor) -> Batch:
    """Hand a batch in: its labels stay as they are. By the first one an annotator qualifies.

    Of another the places of the sample are drawn, by which it is accepted.

    Raises:
        NotFound: there is no such batch among those the actor may see.
        NotAllowed: the actor is no annotator, or it is another's.
        WrongState: it was handed in, the project stands still, or an item is neither labelled nor
            skipped (`batch-not-whole`).
    """
    batch = locked(batches_visible_to(by), pk=batch_id)
    batch.annotator.project = share_locked(whole_projects(), pk=batch.annotator.project_id)
    hold_standing(batch.annotator.project.version)
    rules.check_hand_in_batch(batch, by)
    tasks = tasks_of(batch)
    BATCH.move(batch, outcome_of(batch, tasks))
    batch.handed_in_at = clock.now()
    batch.round += 1
    batch.sample = drawn_sample(batch, tasks)
    batch.save(update_fields=["state", "handed_in_at", "round", "sample"])
    if batch.state == BatchState.QUALIFIED:
        batch.annotator.qualified_at = batch.handed_in_at
        batch.annotator.save(update_fields=["qualified_at"])
    skipped = [task for task in tasks if task.skipped]
    record(
        BatchHandedIn(
            subject=f"batch:{batch.pk}",
            about=(batch.annotator.project.subject,),
            labelled=len(tasks) - len(skipped),
            skipped=len(skipped),
            labels_sha256=digest_of([[task.answer, task.skipped] for task in tasks]),
        ),
        by=by,
    )
    return batch

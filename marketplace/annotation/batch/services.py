"""Annotators take batches, look at items, label them, and hand batches in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from marketplace.annotation.acceptance.sampling import plan_for
from marketplace.annotation.batch import rules
from marketplace.annotation.batch.events import BatchHandedIn, BatchTaken, LabelGiven
from marketplace.annotation.batch.models import Annotator, Batch, ItemLook, Label, Task
from marketplace.annotation.batch.selectors import (
    annotator_of,
    batches_visible_to,
    free_items,
    fresh_gold,
    open_batch_of,
    own_batches,
    own_tasks,
    right_of,
    tasks_of,
    whole_projects,
    work_open_to,
)
from marketplace.annotation.batch.states import BATCH, BatchState
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.reading import Cell, cells_of, texts_of
from marketplace.annotation.project.rules import QUALIFYING_ITEMS
from marketplace.annotation.project.scheme import Answer
from marketplace.annotation.project.standing import hold_standing
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked, share_locked, visible
from marketplace.core.reasons import given_reason, longest_of
from marketplace.ledger.services.recording import record

LONGEST_SECONDS = 86_400


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
    is_first = annotator is None
    if annotator is None:
        assert by.organization_id is not None, "An annotator belongs to an organization."
        annotator = Annotator.objects.create(
            project=project,
            organization_id=by.organization_id,
            person_id=person_id,
            number=Annotator.objects.filter(project=project).count() + 1,
        )
    items = _items_to_qualify(project) if is_first else _items_to_label(project, by)
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


def _items_to_qualify(project: LabellingProject) -> list[Item]:
    """Return the gold items by which everybody qualifies."""
    gold = Item.objects.filter(project=project, gold__isnull=False).order_by("row")
    return list(gold[:QUALIFYING_ITEMS])


def _items_to_label(project: LabellingProject, by: Actor) -> list[Item]:
    """Return the next items for an annotator, gold items among them, in an order by chance.

    The project is locked, so that nobody takes the same place of an item.
    """
    most_gold = round(project.batch_size * project.gold_percent / 100)
    gold = list(fresh_gold(project, by))
    chance = SystemRandom()
    chosen = chance.sample(gold, min(most_gold, len(gold)))
    items = list(free_items(project, by)[: project.batch_size - len(chosen)])
    Item.objects.filter(pk__in=[item.pk for item in items]).update(taken=F("taken") + 1)
    mixed = [*items, *chosen]
    chance.shuffle(mixed)
    return mixed


@dataclass(frozen=True)
class ShownItem:
    """An item as it was shown to somebody."""

    task: Task
    cells: tuple[Cell, ...]


@transaction.atomic
def look_at_item(task_id: UUID, *, by: Actor) -> ShownItem:
    """Show an annotator an item of their open batch; that it was shown is kept.

    Raises:
        NotFound: there is no such item in a batch of the actor's own.
        NotAllowed: the actor is no annotator.
        WrongState: the batch was handed in (`batch-handed-in`), or the project stands still.
    """
    task = visible(own_tasks(by), pk=task_id)
    hold_standing(task.annotator.project.version)
    person_id = rules.check_label_item(task, by)
    ItemLook.objects.create(task=task, person_id=person_id)
    return ShownItem(task, cells_of(task.annotator.project, task.item.row))


@transaction.atomic
def label_item(task_id: UUID, *, answer: Answer | None, skipped: str = "", by: Actor) -> Task:
    """Say what an item is, or why nobody can say; again replaces it until the batch is handed in.

    Raises:
        NotFound: there is no such item in a batch of the actor's own.
        NotAllowed: the actor is no annotator.
        WrongState: the batch was handed in (`batch-handed-in`), or the project stands still.
        Invalid: the answer does not fit the scheme (`label-does-not-fit`), there is neither answer
            nor reason, or both, or the item was not looked at (`item-not-seen`).
    """
    batch = locked(own_batches(by), pk=visible(own_tasks(by), pk=task_id).batch_id)
    task = locked(own_tasks(by), pk=task_id)
    hold_standing(batch.annotator.project.version)
    rules.check_works_on(batch, by)
    kept, reason = _checked(task, answer, skipped)
    if (task.answer, task.skipped) == (kept, reason):
        return task
    task.answer, task.skipped = kept, reason
    task.save(update_fields=["answer", "skipped"])
    Label.objects.create(
        task=task,
        number=Label.objects.filter(task=task).count() + 1,
        answer=kept,
        skipped=reason,
        seconds=_seconds_since(task),
    )
    record(
        LabelGiven(
            subject=f"task:{task.pk}",
            about=(f"batch:{task.batch_id}",),
            answer_sha256=_digest([kept, reason]),
            is_skipped=kept is None,
        ),
        by=by,
    )
    return task


def _checked(task: Task, answer: Answer | None, skipped: str) -> tuple[dict[str, Any] | None, str]:
    """Return the answer as it is kept and why the item is skipped, one of both.

    Raises:
        Invalid: as for `label_item`.
    """
    if not ItemLook.objects.filter(task=task).exists():
        raise Invalid(_("Look at the item before you label it."), code="item-not-seen")
    if answer is None:
        longest = longest_of(Task, "skipped")
        return None, given_reason(skipped, longest=longest, field="skipped")
    if skipped:
        sentence = _("Label the item or skip it, not both.")
        raise Invalid(sentence, fields={"skipped": [sentence]})
    project = task.annotator.project
    texts = texts_of(cells_of(project, task.item.row)) if project.scheme.has_spans else {}
    return project.scheme.checked(answer, texts).as_json(), ""


def _seconds_since(task: Task) -> int:
    """Return how long ago an item was shown last."""
    look = ItemLook.objects.filter(task=task).order_by("-created_at").first()
    if look is None:
        return 0
    seconds = int((clock.now() - look.created_at).total_seconds())
    return max(0, min(seconds, LONGEST_SECONDS))


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
    BATCH.move(batch, _outcome(batch, tasks))
    batch.handed_in_at = clock.now()
    batch.round += 1
    batch.sample = _drawn(batch, tasks)
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
            labels_sha256=_digest([[task.answer, task.skipped] for task in tasks]),
        ),
        by=by,
    )
    return batch


def _outcome(batch: Batch, tasks: Sequence[Task]) -> BatchState:
    """Return what becomes of a batch that is handed in."""
    if not batch.is_qualification:
        return BatchState.HANDED_IN
    right, _answered = right_of(tasks)
    is_enough = right * 100 >= batch.annotator.project.pass_percent * len(tasks)
    return BatchState.QUALIFIED if is_enough else BatchState.NOT_QUALIFIED


def _drawn(batch: Batch, tasks: Sequence[Task]) -> list[int]:
    """Draw the places of the labels that are looked at, by the plan for so many."""
    labelled = [task.position for task in tasks if task.answer is not None]
    if batch.is_qualification or not labelled:
        return []
    plan = plan_for(len(labelled), batch.annotator.project.quality_limit)
    return sorted(SystemRandom().sample(labelled, plan.size))


def _digest(held: object) -> str:
    return hashlib.sha256(rfc8785.dumps(held)).hexdigest()  # type: ignore[arg-type]

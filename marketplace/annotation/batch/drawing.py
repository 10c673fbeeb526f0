"""What is drawn by chance and what follows by rule: the items of a batch, its sample, its outcome.

Called by the acts of annotators, in their transactions.
"""

from collections.abc import Sequence
from random import SystemRandom

from django.db.models import F

from marketplace.annotation.batch.events import BatchCalledIn, BatchResumed
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.selectors import free_items, fresh_gold, right_of, tasks_of
from marketplace.annotation.batch.states import BATCH, BatchState
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.rules import QUALIFYING_ITEMS
from marketplace.annotation.project.sampling import plan_for
from marketplace.annotation.project.selectors import gold_of
from marketplace.core import Actor, clock
from marketplace.ledger.services.recording import record


def items_to_qualify(project: LabellingProject) -> list[Item]:
    """Return the gold items by which everybody qualifies."""
    return list(gold_of(project).order_by("row")[:QUALIFYING_ITEMS])


def items_to_label(project: LabellingProject, by: Actor) -> list[Item]:
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


def outcome_of(batch: Batch, tasks: Sequence[Task]) -> BatchState:
    if not batch.is_qualification:
        return BatchState.HANDED_IN
    right, _answered = right_of(tasks)
    is_enough = right * 100 >= batch.annotator.project.pass_percent * len(tasks)
    return BatchState.QUALIFIED if is_enough else BatchState.NOT_QUALIFIED


def drawn_sample(batch: Batch, tasks: Sequence[Task]) -> list[int]:
    """Draw the places of the labels that are looked at, by the plan for so many."""
    labelled = [task.position for task in tasks if task.answer is not None]
    if batch.is_qualification or not labelled:
        return []
    plan = plan_for(len(labelled), batch.annotator.project.quality_limit)
    return sorted(SystemRandom().sample(labelled, plan.size))


def held_items(tasks: Sequence[Task]) -> list[Item]:
    """Return the items that others cannot have while these tasks stand; gold ones are anybody's."""
    return [task.item for task in tasks if task.item.gold is None]


def call_in(batch: Batch, *, by: Actor) -> None:
    """Hand a batch in as it is, since its project is closed; what is not labelled is free again."""
    tasks = tasks_of(batch)
    left = [task for task in tasks if not task.is_done]
    for task in left:
        task.is_lost = True
    Task.objects.bulk_update(left, ["is_lost"])
    Item.objects.filter(pk__in=[item.pk for item in held_items(left)]).update(taken=F("taken") - 1)
    done = [task for task in tasks if task.is_done]
    BATCH.move(batch, BatchState.HANDED_IN)
    batch.handed_in_at = clock.now()
    batch.round += 1
    batch.sample = drawn_sample(batch, done)
    batch.save(update_fields=["state", "handed_in_at", "round", "sample"])
    record(
        BatchCalledIn(
            subject=f"batch:{batch.pk}",
            about=(batch.annotator.project.subject,),
            labelled=sum(task.answer is not None for task in done),
            left=len(left),
        ),
        by=by,
    )


def _take_again(tasks: Sequence[Task]) -> tuple[int, int]:
    """Take the items of a batch that was given back, those that are free; say how many, and lost.

    The project is locked, so that nobody takes the same place of an item.
    """
    lost = [
        task for task in tasks if task.item.gold is None and task.item.taken >= task.item.needed
    ]
    for task in lost:
        task.is_lost, task.answer, task.skipped = True, None, ""
    Task.objects.bulk_update(lost, ["is_lost", "answer", "skipped"])
    kept = [task for task in tasks if not task.is_lost]
    Item.objects.filter(pk__in=[item.pk for item in held_items(kept)]).update(taken=F("taken") + 1)
    return len(kept), len(lost)


def resume(batch: Batch, *, by: Actor) -> Batch:
    """Go on with a batch that was given back, with what was said of its items that are free."""
    kept, lost = _take_again(tasks_of(batch))
    BATCH.move(batch, BatchState.OPEN)
    batch.taken_at = clock.now()
    batch.save(update_fields=["state", "taken_at"])
    about = (batch.annotator.project.subject,)
    record(BatchResumed(subject=f"batch:{batch.pk}", about=about, items=kept, lost=lost), by=by)
    return batch

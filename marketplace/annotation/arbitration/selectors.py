"""Read what annotators said of items, where they disagree, and what counts in the end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from marketplace.annotation.batch.models import Task
from marketplace.annotation.batch.selectors import ACCEPTED
from marketplace.annotation.batch.states import BatchState
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core import Actor


def items_of_owner(by: Actor) -> QuerySet[Item]:
    """Return the items of the projects that the actor sees as their owner, or as the staff."""
    rows = Item.objects.select_related(
        "project__version__dataset", "project__version__file", "arbitration", "doubt"
    )
    return rows.filter(project__in=labellings_visible_to(by), is_gone=False)


@dataclass
class Outcome:
    """What was said of an item in accepted batches, and whether it is known what it is."""

    item: Item
    said: list[Task] = field(default_factory=list)

    @property
    def answers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for task in self.said:
            if task.answer is not None and task.answer not in found:
                found.append(task.answer)
        return found

    @property
    def is_complete(self) -> bool:
        """Return whether as many labelled it as must."""
        return len(self.said) >= self.item.needed

    @property
    def is_disputed(self) -> bool:
        """Return whether annotators disagree or the label is doubted, and nobody decided."""
        return not self.is_decided and (len(self.answers) > 1 or hasattr(self.item, "doubt"))

    @property
    def is_decided(self) -> bool:
        return hasattr(self.item, "arbitration")

    @property
    def answer(self) -> dict[str, Any] | None:
        """Return what counts; None while it is disputed, or nothing is said.

        Of a gold item that is what the officer said before anybody labelled.
        """
        if self.item.gold is not None:
            return dict(self.item.gold)
        if hasattr(self.item, "arbitration"):
            return dict(self.item.arbitration.answer)
        return self.answers[0] if len(self.answers) == 1 and not self.is_disputed else None


def outcomes_of(items: Iterable[Item]) -> list[Outcome]:
    """Return what was said of each of some items, by their rows."""
    found = {item.pk: Outcome(item) for item in items}
    tasks = Task.objects.filter(
        item_id__in=found, batch__state=BatchState.ACCEPTED, answer__isnull=False
    )
    for task in tasks.select_related("annotator").order_by("annotator__number"):
        found[task.item_id].said.append(task)
    return list(found.values())


def outcomes_of_project(project: LabellingProject) -> list[Outcome]:
    """Return what was said of each item of a project, gold items apart."""
    rows = Item.objects.filter(project=project, gold__isnull=True, is_gone=False)
    return _with_labels(project, list(rows.select_related("arbitration", "doubt").order_by("row")))


def known_of(project: LabellingProject) -> list[Outcome]:
    """Return the items of a project whose label is known, gold ones among them, by their rows."""
    gold = Item.objects.filter(project=project, gold__isnull=False, is_gone=False)
    outcomes = [*outcomes_of_project(project), *map(Outcome, gold)]
    known = [one for one in outcomes if one.is_complete and one.answer is not None]
    return sorted(known, key=lambda one: one.item.row)


def _with_labels(project: LabellingProject, items: list[Item]) -> list[Outcome]:
    found: dict[Any, list[Task]] = defaultdict(list)
    tasks = Task.objects.filter(
        item__project=project,
        item__gold__isnull=True,
        batch__state=BatchState.ACCEPTED,
        answer__isnull=False,
    )
    for task in tasks.select_related("annotator").order_by("annotator__number"):
        found[task.item_id].append(task)
    return [Outcome(item, found[item.pk]) for item in items]


def disputed_items(by: Actor) -> QuerySet[Item]:
    """Return the items of the actor's projects that are to be decided on, the oldest first."""
    said = Count("tasks__answer", filter=ACCEPTED, distinct=True)
    open_ones = items_of_owner(by).filter(arbitration__isnull=True, gold__isnull=True)
    shared = open_ones.filter(Q(needed__gt=1) | Q(doubt__isnull=False)).annotate(said=said)
    return shared.filter(Q(said__gt=1) | Q(doubt__isnull=False)).order_by("project", "row")


def disputed_of(project: LabellingProject) -> list[Outcome]:
    """Return the items of a project that are to be decided on."""
    can_be = Q(needed__gt=1) | Q(doubt__isnull=False)
    shared = Item.objects.filter(can_be, project=project, is_gone=False)
    rows = shared.select_related("arbitration", "doubt").order_by("row")
    found = _with_labels(project, list(rows))
    return [outcome for outcome in found if outcome.is_disputed]

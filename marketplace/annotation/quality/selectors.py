"""Measure the labels of a project: agreement by class, and confusion between annotators."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from marketplace.annotation.agreement.measured import LabelQuality
from marketplace.annotation.batch.models import Task, pseudonym_of
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.quality.models import LabelComparison


@dataclass(frozen=True)
class GoldPoint:
    """A batch with gold items: how many of them are right, and of all up to then."""

    batch: int
    right: int
    gold: int
    right_so_far: int
    gold_so_far: int

    @property
    def percent(self) -> int:
        """Return the share that is right of all up to then."""
        return round(100 * self.right_so_far / self.gold_so_far)


def gold_over_time(project: LabellingProject, **narrowed: Any) -> dict[str, list[GoldPoint]]:
    """Return by pseudonym how many gold items were right, batch by batch that was handed in."""
    tasks = Task.objects.filter(
        annotator__project=project,
        batch__handed_in_at__isnull=False,
        item__gold__isnull=False,
        is_lost=False,
        answer__isnull=False,
        **narrowed,
    )
    found: dict[str, list[GoldPoint]] = defaultdict(list)
    rows = tasks.order_by("annotator__number", "batch__number").values_list(
        "annotator__number", "batch__number", "answer", "item__gold"
    )
    for (annotator, batch), group in groupby(rows, key=lambda row: row[:2]):
        said = [
            project.scheme.kind.is_right(answer, gold or {})
            for _number, _batch, answer, gold in group
        ]
        points = found[pseudonym_of(annotator)]
        before = points[-1] if points else GoldPoint(0, 0, 0, 0, 0)
        points.append(
            GoldPoint(
                batch,
                sum(said),
                len(said),
                before.right_so_far + sum(said),
                before.gold_so_far + len(said),
            )
        )
    return dict(found)


def quality_of(project: LabellingProject) -> LabelQuality:
    """Measure what is handed in of the items that several people label."""
    said: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    tasks = Task.objects.filter(
        item__project=project,
        item__needed__gt=1,
        item__is_gone=False,
        answer__isnull=False,
        batch__handed_in_at__isnull=False,
    )
    for item_id, answer in tasks.values_list("item_id", "answer"):
        said[item_id].append(answer or {})
    scheme = project.scheme
    return scheme.kind.measured(list(said.values()), scheme, project.columns)


@dataclass(frozen=True)
class ListedError:
    """An item whose label is likely wrong, in words: what it has, what it more likely is.

    Of the items that have the other label the models are `usual_percent` sure on average.
    """

    item_id: UUID
    row: int
    given: str
    likely: str
    given_percent: int
    likely_percent: int
    usual_percent: int


def comparison_of(project: LabellingProject) -> LabelComparison | None:
    """Return what the newest comparison of a project's labels found, None before there is one."""
    return LabelComparison.objects.filter(project=project).first()


def listed_errors(comparison: LabelComparison | None) -> list[ListedError]:
    """Return what a comparison found, the least sure label first, without what was decided since.

    What is to be decided, or has left the data, is not among them either.
    """
    if comparison is None or not comparison.found:
        return []
    project, found = comparison.project, {UUID(one["item"]): one for one in comparison.found}
    left = Item.objects.filter(
        pk__in=found, is_gone=False, arbitration__isnull=True, doubt__isnull=True
    )
    rows = dict(left.values_list("pk", "row"))
    return [
        ListedError(
            pk,
            rows[pk],
            project.scheme.label_of(one["given"]),
            project.scheme.label_of(one["likely"]),
            one["given_percent"],
            one["likely_percent"],
            one["usual_percent"],
        )
        for pk, one in found.items()
        if pk in rows
    ]

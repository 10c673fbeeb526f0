"""Measure the labels of a project: agreement by class, and confusion between annotators."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from math import ceil
from typing import Any
from uuid import UUID

import rfc8785

from marketplace.annotation.agreement.alpha import (
    Agreement,
    Undefined,
    agreement_of,
    counted,
    of_class,
)
from marketplace.annotation.batch.models import Task, pseudonym_of
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.scheme import Scheme, folded
from marketplace.annotation.quality.models import LabelComparison

DEEPEST = 4


@dataclass(frozen=True)
class ClassAgreement:
    """How far annotators agree whether an item is of a class."""

    label: str
    agreement: Agreement


@dataclass(frozen=True)
class Confusion:
    """How often two annotators of one item took it for one class and for another."""

    first: str
    second: str
    times: int


@dataclass(frozen=True)
class Pairing:
    """How often one annotator said one class where another said it or another one.

    `depth` tells from 0 to 4 how large a share of what was said of the class that is.
    """

    times: int
    depth: int
    is_same: bool


@dataclass(frozen=True)
class LabelQuality:
    """Agreement over whole answers and by class, and the confusions, the most frequent first.

    `pairings` has a row a class, where an item has one class; `same` counts the items of which all
    gave the same free answer.
    """

    whole: Agreement
    classes: tuple[ClassAgreement, ...]
    confusions: tuple[Confusion, ...]
    pairings: tuple[tuple[str, tuple[Pairing, ...]], ...] = ()
    same: int | None = None


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
            project.scheme.is_right(answer, gold or {}) for _number, _batch, answer, gold in group
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
    answers, scheme = list(said.values()), project.scheme
    if scheme.is_free:
        return _quality_of_free(answers)
    by_column = _by_column(answers, project.columns) if scheme.has_fields else ()
    return LabelQuality(
        agreement_of(_counts([[rfc8785.dumps(one) for one in each] for each in answers])),
        (*_by_class(answers, scheme), *by_column),
        tuple(_confusions(answers, scheme)),
        tuple(_pairings(answers, scheme)) if scheme.has_one else (),
    )


def _quality_of_free(answers: Sequence[Sequence[dict[str, Any]]]) -> LabelQuality:
    """Count the items of which several gave the same free answer: alpha is not defined for them."""
    shared = [each for each in answers if len(each) > 1]
    same = sum(len({folded(one["text"]) for one in each}) == 1 for each in shared)
    whole = Agreement(len(shared), None, undefined=Undefined.FREE)
    return LabelQuality(whole, (), (), same=same)


def _by_column(
    answers: Sequence[Sequence[dict[str, Any]]], columns: Sequence[str]
) -> list[ClassAgreement]:
    """Measure by column how far annotators agree what it should read, unchanged or how else."""
    found = []
    for column in columns:
        reads = [[one["fields"].get(column) for one in each] for each in answers]
        found.append(ClassAgreement(column, agreement_of(_counts(reads))))
    return found


def _counts(labels: Sequence[Sequence[Hashable]]) -> Any:
    values = sorted({value for each in labels for value in each}, key=str)
    return counted(labels, values)


def _classes_of(answer: dict[str, Any]) -> set[str]:
    return {*answer["classes"], *(span["label"] for span in answer["spans"])}


def _by_class(answers: Sequence[Sequence[dict[str, Any]]], scheme: Scheme) -> list[ClassAgreement]:
    found = []
    for one in scheme.classes:
        has = [[one.code in _classes_of(answer) for answer in each] for each in answers]
        agreement = agreement_of(of_class(counted(has, [True, False]), 0))
        if agreement.undefined == Undefined.ALL_ALIKE and not any(map(any, has)):
            agreement = replace(agreement, undefined=Undefined.NEVER_GIVEN)
        found.append(ClassAgreement(one.label, agreement))
    return found


def _confusions(answers: Sequence[Sequence[dict[str, Any]]], scheme: Scheme) -> list[Confusion]:
    counter: Counter[tuple[str, str]] = Counter()
    for each in answers:
        for one, other in combinations(each, 2):
            for first in _classes_of(one) - _classes_of(other):
                for second in _classes_of(other) - _classes_of(one):
                    counter[min(first, second), max(first, second)] += 1
    return [
        Confusion(scheme.label_of(first), scheme.label_of(second), times)
        for (first, second), times in counter.most_common(10)
    ]


def _pairings(
    answers: Sequence[Sequence[dict[str, Any]]], scheme: Scheme
) -> Iterator[tuple[str, tuple[Pairing, ...]]]:
    """Yield by class how often it met each class in the answers of two annotators of an item."""
    met: Counter[tuple[str, str]] = Counter()
    for each in answers:
        for one, other in combinations(each, 2):
            [first], [second] = one["classes"], other["classes"]
            met[first, second] += 1
            if first != second:
                met[second, first] += 1
    codes = [one.code for one in scheme.classes]
    for row in scheme.classes:
        all_of = sum(met[row.code, code] for code in codes)
        yield (
            row.label,
            tuple(
                Pairing(
                    met[row.code, code],
                    ceil(DEEPEST * met[row.code, code] / all_of) if all_of else 0,
                    code == row.code,
                )
                for code in codes
            ),
        )


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

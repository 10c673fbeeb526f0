"""Measure the labels of a project: agreement by class, and confusion between annotators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

import rfc8785

from marketplace.annotation.agreement.alpha import Agreement, agreement_of, counted, of_class
from marketplace.annotation.batch.models import Task
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.scheme import Scheme


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
class LabelQuality:
    """Agreement over whole answers and by class, and the confusions, the most frequent first."""

    whole: Agreement
    classes: tuple[ClassAgreement, ...]
    confusions: tuple[Confusion, ...]


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
    return LabelQuality(
        agreement_of(_counts([[rfc8785.dumps(one) for one in each] for each in answers])),
        tuple(_by_class(answers, scheme)),
        tuple(_confusions(answers, scheme)),
    )


def _counts(labels: Sequence[Sequence[Hashable]]) -> Any:
    values = sorted({value for each in labels for value in each}, key=str)
    return counted(labels, values)


def _classes_of(answer: dict[str, Any]) -> set[str]:
    return {*answer["classes"], *(span["label"] for span in answer["spans"])}


def _by_class(answers: Sequence[Sequence[dict[str, Any]]], scheme: Scheme) -> list[ClassAgreement]:
    found = []
    for one in scheme.classes:
        has = [[one.code in _classes_of(answer) for answer in each] for each in answers]
        counts = of_class(counted(has, [True, False]), 0)
        found.append(ClassAgreement(one.label, agreement_of(counts)))
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

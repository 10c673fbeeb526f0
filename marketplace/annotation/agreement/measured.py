"""Measure the answers of items: agreement by class or column, and confusion between annotators."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil
from typing import Any

import rfc8785

from marketplace.annotation.agreement.alpha import (
    Agreement,
    Undefined,
    agreement_of,
    counted,
    of_class,
)

DEEPEST = 4
MOST_CONFUSIONS = 10
Answers = Sequence[Sequence[dict[str, Any]]]
"""What each annotator said of an item, as it is kept, item by item."""


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


def measured_by_class(
    answers: Answers, names: Mapping[str, str], *, has_one: bool = False
) -> LabelQuality:
    """Measure answers over classes, whose names are given by code."""
    return LabelQuality(
        _whole(answers),
        tuple(_by_class(answers, names)),
        tuple(_confusions(answers, names)),
        tuple(_pairings(answers, names)) if has_one else (),
    )


def measured_by_column(answers: Answers, columns: Sequence[str]) -> LabelQuality:
    """Measure by column how far annotators agree what it should read, unchanged or how else."""
    found = []
    for column in columns:
        reads = [[one["fields"].get(column) for one in each] for each in answers]
        found.append(ClassAgreement(column, agreement_of(_counts(reads))))
    return LabelQuality(_whole(answers), tuple(found), ())


def measured_of_free(answers: Sequence[Sequence[str]]) -> LabelQuality:
    """Count the items of which several gave the same free answer: alpha is not defined for them."""
    shared = [each for each in answers if len(each) > 1]
    same = sum(len(set(each)) == 1 for each in shared)
    whole = Agreement(len(shared), None, undefined=Undefined.FREE)
    return LabelQuality(whole, (), (), same=same)


def _whole(answers: Answers) -> Agreement:
    return agreement_of(_counts([[rfc8785.dumps(one) for one in each] for each in answers]))


def _counts(labels: Sequence[Sequence[Hashable]]) -> Any:
    values = sorted({value for each in labels for value in each}, key=str)
    return counted(labels, values)


def _classes_of(answer: dict[str, Any]) -> set[str]:
    return {*answer["classes"], *(span["label"] for span in answer["spans"])}


def _by_class(answers: Answers, names: Mapping[str, str]) -> list[ClassAgreement]:
    found = []
    for code, name in names.items():
        has = [[code in _classes_of(answer) for answer in each] for each in answers]
        agreement = agreement_of(of_class(counted(has, [True, False]), 0))
        if agreement.undefined == Undefined.ALL_ALIKE and not any(map(any, has)):
            agreement = replace(agreement, undefined=Undefined.NEVER_GIVEN)
        found.append(ClassAgreement(name, agreement))
    return found


def _confusions(answers: Answers, names: Mapping[str, str]) -> list[Confusion]:
    counter: Counter[tuple[str, str]] = Counter()
    for each in answers:
        for one, other in combinations(each, 2):
            for first in _classes_of(one) - _classes_of(other):
                for second in _classes_of(other) - _classes_of(one):
                    counter[min(first, second), max(first, second)] += 1
    return [
        Confusion(names.get(first, first), names.get(second, second), times)
        for (first, second), times in counter.most_common(MOST_CONFUSIONS)
    ]


def _pairings(
    answers: Answers, names: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Pairing, ...]]]:
    """Yield by class how often it met each class in the answers of two annotators of an item."""
    met: Counter[tuple[str, str]] = Counter()
    for each in answers:
        for one, other in combinations(each, 2):
            [first], [second] = one["classes"], other["classes"]
            met[first, second] += 1
            if first != second:
                met[second, first] += 1
    for row, name in names.items():
        all_of = sum(met[row, code] for code in names)
        yield (
            name,
            tuple(
                Pairing(
                    met[row, code],
                    ceil(DEEPEST * met[row, code] / all_of) if all_of else 0,
                    code == row,
                )
                for code in names
            ),
        )

"""Which rows of two tables can be of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from desensitize.attacks.meaning import ANYTHING, Meaning
from desensitize.attacks.values import Booleans, Codes, Integers, Rows


class Relation(Protocol):
    """Say for a column of each table whether two cells can be of one person."""

    def fits(self, first_rows: Rows, second_rows: Rows) -> Booleans:
        """Say it for pairs of rows."""
        ...

    @property
    def first(self) -> Codes:
        """Number the cell of each row of the first table."""
        ...

    @property
    def second(self) -> Codes:
        """Number the cell of each row of the second table."""
        ...


@dataclass(frozen=True)
class SameLabels:
    """Let rows fit that hold the same label."""

    first: Codes
    second: Codes

    def fits(self, first_rows: Rows, second_rows: Rows) -> Booleans:
        """Return whether the labels are the same."""
        answer: Booleans = self.first[first_rows] == self.second[second_rows]
        return answer


class Joint:
    """Let rows of two releases fit whose labels can stand for one value of the source."""

    def __init__(self, first: Meaning, second: Meaning) -> None:
        self.one, self.other = first, second
        self._room = 1 + max(int(meaning.key.max(initial=0)) for meaning in (first, second))
        shared = [
            self._number(np.full(len(up), low), up, np.full(len(up), high), down)
            for low, up in enumerate(first.climbed)
            for high, down in enumerate(second.climbed)
            if np.any((up >= 0) & (down >= 0))
        ]
        known = [
            (one >= 0) & (other >= 0)
            for one in first.climbed
            for other in second.climbed
            if np.any((one >= 0) & (other >= 0))
        ]
        pairs = [numbers[there] for numbers, there in zip(shared, known, strict=True)]
        self._pairs = np.unique(np.concatenate([*pairs, np.zeros(0, dtype=np.int64)]))

    @property
    def first(self) -> Codes:
        """Number the label of each row of the first release."""
        return self.one.released.codes

    @property
    def second(self) -> Codes:
        """Number the label of each row of the second release."""
        return self.other.released.codes

    def fits(self, first_rows: Rows, second_rows: Rows) -> Booleans:
        """Return whether some value of the source can stand under both labels."""
        one, other = self.first[first_rows], self.second[second_rows]
        low, high = self.one.level[one], self.other.level[other]
        free = (low == ANYTHING) | (high == ANYTHING)
        numbers = self._number(low, self.one.key[one], high, self.other.key[other])
        place = np.minimum(np.searchsorted(self._pairs, numbers), max(0, len(self._pairs) - 1))
        met = self._pairs[place] == numbers if len(self._pairs) else np.zeros(free.shape, bool)
        answer: Booleans = free | met
        return answer

    def _number(self, low: Codes, up: Codes, high: Codes, down: Codes) -> Integers:
        levels = low.astype(np.int64) * (len(self.other.climbed) + 1) + high
        return (levels * self._room + up) * self._room + down


@dataclass(frozen=True)
class Pairing:
    """Hold two tables whose rows are compared, column by column.

    `relations` are of columns whose cells can be compared, `columns` of all that both tables have.
    `whole` is the number of rows of the table that both were made from.
    """

    relations: Sequence[Relation]
    columns: Sequence[Relation]
    first_rows: int
    second_rows: int
    whole: int

    def fits(self, first_rows: Rows, second_rows: Rows) -> Booleans:
        """Say for pairs of rows whether all cells fit; rows of both are broadcast to each other."""
        shape = np.broadcast_shapes(first_rows.shape, second_rows.shape)
        if not self.relations:
            return np.ones(shape, dtype=bool)
        sharpest, *others = self.relations
        answer = np.ascontiguousarray(sharpest.fits(first_rows, second_rows)).ravel()
        left = np.flatnonzero(answer)
        places = np.unravel_index(left, shape)
        first: Rows = np.broadcast_to(first_rows, shape)[places].astype(np.int32)
        second: Rows = np.broadcast_to(second_rows, shape)[places].astype(np.int32)
        for relation in others:
            fits = relation.fits(first, second)
            answer[left[~fits]] = False
            left, first, second = left[fits], first[fits], second[fits]
        return answer.reshape(shape)

    def sharpest_first(self, random: np.random.Generator) -> "Pairing":
        """Return the pairing with those columns first in which random rows seldom fit."""
        first = random.integers(0, self.first_rows, 2_000)
        second = random.integers(0, self.second_rows, 2_000)
        order = sorted(self.relations, key=lambda one: float(one.fits(first, second).mean()))
        return replace(self, relations=order)

    def of_part(self, first_rows: int, second_rows: int) -> "Pairing":
        """Return the pairing of parts of both tables that have so many rows."""
        whole = max(first_rows, second_rows)
        return replace(self, first_rows=first_rows, second_rows=second_rows, whole=whole)


def pair_releases(earlier: Mapping[str, Meaning], later: Mapping[str, Meaning]) -> list[Relation]:
    """Return the relations of the columns that two releases of one source share."""
    after = {one.source.column: one for one in later.values() if len(one.climbed)}
    return [
        Joint(one, after[one.source.column])
        for one in earlier.values()
        if len(one.climbed) and one.source.column in after
    ]

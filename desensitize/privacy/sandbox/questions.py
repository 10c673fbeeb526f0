"""Questions that a sandbox answers, each with one canonical form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, Self

from desensitize.errors import DesensitizeError
from desensitize.privacy.sandbox.declaration import Declaration

COUNT, SUM, MEAN, HISTOGRAM = "count", "sum", "mean", "histogram"
FIGURES = (COUNT, SUM, MEAN, HISTOGRAM)
MOST_GROUPS = 2
MOST_CONDITIONS = 4
FEWEST_BINS, MOST_BINS = 2, 50
MOST_CELLS = 1000
MOST_CHOICES = 200
LONGEST_CHOICE = 200


@dataclass(frozen=True)
class Condition:
    """Let only rows count whose value is one of `values`, or whose number lies in a range.

    Both ends of the range belong to it; they are in decimal notation, "" being the bound that was
    declared.
    """

    column: str
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Question:
    """Ask for one figure, or one a group.

    figure: `count` of the rows that count, `sum` or `mean` of a column with bounds, or `histogram`
    of it in `bins` equal parts. by: the columns to group by. where: which rows count.
    """

    figure: str
    column: str = ""
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    bins: int = 0

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Read a question from plain values.

        Raises:
            DesensitizeError: `bad-question`.
        """
        try:
            where = tuple(_condition(given) for given in values.get("where") or ())
            by = tuple(values.get("by") or ())
            figure, column = values["figure"], values.get("column") or ""
            bins = values.get("bins") or 0
            texts = all(isinstance(one, str) for one in (figure, column, *by))
            if not texts or isinstance(bins, bool) or not isinstance(bins, int):
                raise TypeError(figure)
        except (AttributeError, KeyError, TypeError) as error:
            raise DesensitizeError("bad-question") from error
        return cls(figure=figure, column=column, by=by, where=where, bins=bins)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "figure": self.figure,
            "column": self.column,
            "by": list(self.by),
            "where": [_plain(condition) for condition in self.where],
            "bins": self.bins,
        }

    def canonical(self, declaration: Declaration) -> Question:
        """Return the one form of all questions that ask the same of a declared table.

        Raises:
            DesensitizeError: `bad-question`, `not-declared`, `value-not-declared`, `bad-range`,
                `column-repeated`, `bad-bins`, `too-many-groups`, `too-many-conditions`,
                `too-many-cells`, `groups-unlisted`. Which one depends on question and declaration
                alone, never on the data.
        """
        if self.figure not in FIGURES or bool(self.column) == (self.figure == COUNT):
            raise DesensitizeError("bad-question")
        if self.bins and self.figure != HISTOGRAM:
            raise DesensitizeError("bad-question")
        if len(self.by) > (0 if self.figure == HISTOGRAM else MOST_GROUPS):
            raise DesensitizeError("too-many-groups", limit=MOST_GROUPS)
        if len(self.where) > MOST_CONDITIONS:
            raise DesensitizeError("too-many-conditions", limit=MOST_CONDITIONS)
        _check_once(self.by)
        _check_once([condition.column for condition in self.where])
        self._check_figure(declaration)
        self._check_groups(declaration)
        where = [_canonical(condition, declaration) for condition in self.where]
        return Question(
            figure=self.figure,
            column=self.column,
            by=tuple(sorted(self.by)),
            where=tuple(sorted(where, key=lambda condition: condition.column)),
            bins=self.bins,
        )

    def is_thresholded(self, declaration: Declaration) -> bool:
        """Return whether only groups with large noisy counts are shown, which needs δ."""
        return any(declaration.category(name) is None for name in self.by)

    def columns(self, declaration: Declaration) -> list[str]:
        """Return the columns that an answer reads: no others need to be opened."""
        named = {declaration.person or "", self.column, *self.by}
        return sorted((named | {condition.column for condition in self.where}) - {""})

    def _check_figure(self, declaration: Declaration) -> None:
        if self.figure == COUNT:
            return
        low, high = declaration.number(self.column).bounds
        if self.figure != HISTOGRAM:
            return
        if not FEWEST_BINS <= self.bins <= min(MOST_BINS, high - low):
            raise DesensitizeError("bad-bins", low=FEWEST_BINS, high=MOST_BINS)

    def _check_groups(self, declaration: Declaration) -> None:
        listed = [(name, declaration.category(name)) for name in self.by]
        for name, values in listed:
            if values is None and self.figure != COUNT:
                raise DesensitizeError("groups-unlisted", column=name)
        cells = prod(len(values) for _, values in listed if values is not None)
        if cells > MOST_CELLS:
            raise DesensitizeError("too-many-cells", cells=cells, limit=MOST_CELLS)


def digest_of(question: Question, declaration: Declaration) -> str:
    """Return the SHA-256 by which a question of a declared table is known, as hex.

    Raises:
        DesensitizeError: as `Question.canonical`.
    """
    asked = question.canonical(declaration).as_json()
    text = json.dumps([declaration.as_json(), asked], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _condition(given: Any) -> Condition:
    if not isinstance(given, Mapping):
        raise TypeError(given)
    values = tuple(given.get("values") or ())
    low, high = given.get("low") or "", given.get("high") or ""
    if not all(isinstance(one, str) for one in (given["column"], low, high, *values)):
        raise TypeError(given)
    return Condition(given["column"], values, low, high)


def _plain(condition: Condition) -> dict[str, Any]:
    if condition.values:
        return {"column": condition.column, "values": list(condition.values)}
    return {"column": condition.column, "low": condition.low, "high": condition.high}


def _canonical(condition: Condition, declaration: Declaration) -> Condition:
    name = condition.column
    if condition.values:
        listed = declaration.category(name)
        wanted = tuple(sorted(set(condition.values)))
        if len(wanted) > MOST_CHOICES or any(
            len(one) > LONGEST_CHOICE or (listed is not None and one not in listed)
            for one in wanted
        ):
            raise DesensitizeError("value-not-declared", column=name)
        return Condition(name, wanted)
    number = declaration.number(name)
    least, most = number.bounds
    try:
        low = number.steps(condition.low) if condition.low.strip() else least
        high = number.steps(condition.high) if condition.high.strip() else most
    except ValueError as error:
        raise DesensitizeError("bad-range", column=name) from error
    if not least <= low <= high <= most:
        raise DesensitizeError("bad-range", column=name)
    return Condition(name, (), number.written(low), number.written(high))


def _check_once(names: list[str] | tuple[str, ...]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DesensitizeError("column-repeated", column=name)

"""Count what fails a rule, batch by batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from desensitize.quality.cells import days, is_of_type, numbers, texts
from desensitize.quality.language import Rule, bound_of, whole

MOST_EXAMPLES: Final = 20
SEEDS: Final = (0x5851F42D, 0x14057B7E)
SLACK: Final = 1e-9
"""So far apart, as a share, floating numbers are still equal: 0.1 + 0.2 is meant to be 0.3."""


@dataclass(frozen=True)
class Batch:
    """Some rows of a table: `start` rows stand before them, `silent` tells cells of nothing."""

    start: int
    height: int
    values: Mapping[str, pl.Series]
    silent: Mapping[str, pl.Series]

    def speaks(self, *names: str) -> pl.Series:
        """Tell the rows in which every one of these columns says something."""
        told = ~self.silent[names[0]]
        for name in names[1:]:
            told &= ~self.silent[name]
        return told


@dataclass(frozen=True)
class Counted:
    """How many rows were looked at and how many failed; a few of these by their row numbers."""

    checked: int
    failing: int
    examples: tuple[int, ...] = ()


class Counter(ABC):
    """Counts one rule; it is given the batches of a table in their order."""

    @abstractmethod
    def feed(self, batch: Batch) -> None:
        """Take the next rows."""

    @abstractmethod
    def counted(self) -> Counted:
        """Return what was found in all of them."""


class RowCounter(Counter):
    """Counts a rule that each row passes or fails by itself.

    `judge` tells of each row whether it is checked, and whether it then passes.
    """

    def __init__(self, judge: Callable[[Batch], tuple[pl.Series, pl.Series]]) -> None:
        self._judge = judge
        self._checked = self._failing = 0
        self._examples: list[int] = []

    def feed(self, batch: Batch) -> None:
        checked, passing = self._judge(batch)
        failing = checked & ~passing.fill_null(False)
        self._checked += int(checked.sum())
        self._failing += int(failing.sum())
        room = MOST_EXAMPLES - len(self._examples)
        if room and failing.any():
            places = failing.arg_true().head(room) + batch.start + 1
            self._examples += [int(place) for place in places]

    def counted(self) -> Counted:
        return Counted(self._checked, self._failing, tuple(self._examples))


class KeyCounter(Counter):
    """Counts a rule over the keys of all rows, kept as 128 bits each.

    `judge` takes two numbers a key and their rows, in order, and tells which of them pass.
    """

    def __init__(
        self, keys: Callable[[Batch], pl.DataFrame], judge: Callable[[pl.DataFrame], pl.Series]
    ) -> None:
        self._keys, self._judge = keys, judge
        self._parts: list[pl.DataFrame] = []

    def feed(self, batch: Batch) -> None:
        self._parts.append(self._keys(batch))

    def counted(self) -> Counted:
        if not self._parts:
            return Counted(0, 0)
        keys = pl.concat(self._parts)
        failing = keys["row"].filter(~self._judge(keys))
        examples = tuple(int(row) for row in failing.head(MOST_EXAMPLES))
        return Counted(len(keys), len(failing), examples)


class FreshCounter(Counter):
    """Asks whether the newest day of a column is at most so old; days still to come are no news."""

    def __init__(self, column: str, most: int, arrived: date) -> None:
        self._column, self._most, self._arrived = column, most, arrived
        self._newest: date | None = None

    def feed(self, batch: Batch) -> None:
        found = days(batch.values[self._column]).filter(batch.speaks(self._column))
        newest = found.filter(found <= self._arrived).max()
        if isinstance(newest, date) and (self._newest is None or newest > self._newest):
            self._newest = newest

    def counted(self) -> Counted:
        is_old = self._newest is None or (self._arrived - self._newest).days > self._most
        return Counted(1, int(is_old))


def hashed(columns: Mapping[str, pl.Series], rows: pl.Series) -> pl.DataFrame:
    """Return two numbers for what each row holds, 128 bits together, beside the row's number."""
    frame = pl.DataFrame(list(columns.values()))
    first, second = (frame.hash_rows(seed=seed) for seed in SEEDS)
    return pl.DataFrame({"first": first, "second": second, "row": rows})


def row_numbers(batch: Batch) -> pl.Series:
    """Return the numbers of the rows, from 1."""
    return pl.int_range(batch.start + 1, batch.start + batch.height + 1, eager=True)


def counter_of(rule: Rule, *, arrived: date, reference: pl.DataFrame | None) -> Counter:
    """Return what counts a rule; `reference` holds the keys that `exists` looks for."""
    if rule.kind == "unique":
        return KeyCounter(lambda batch: _own_keys(batch, rule.columns), _is_first)
    if rule.kind == "exists":
        assert reference is not None, "the caller has read it"
        return KeyCounter(
            lambda batch: text_keys(batch, rule.columns[0]), lambda keys: _is_there(keys, reference)
        )
    if rule.kind == "fresh":
        return FreshCounter(rule.columns[0], int(rule.parameters["days"]), arrived)
    if rule.kind == "present":
        return RowCounter(lambda batch: _presence(batch, rule.columns[0]))
    if rule.kind == "compare":
        return RowCounter(lambda batch: _comparison(batch, rule))
    judge = JUDGES[rule.kind]
    name = rule.columns[0]
    return RowCounter(lambda batch: (batch.speaks(name), judge(batch.values[name], rule)))


def _own_keys(batch: Batch, names: tuple[str, ...]) -> pl.DataFrame:
    told = batch.speaks(*names)
    columns = {name: batch.values[name].filter(told) for name in names}
    return hashed(columns, row_numbers(batch).filter(told))


def text_keys(batch: Batch, name: str) -> pl.DataFrame:
    """Return the keys of a column's cells as texts, so that 7 and “7” are one."""
    told = batch.speaks(name)
    cells = texts(batch.values[name]).rename("key").filter(told)
    return hashed({"key": cells}, row_numbers(batch).filter(told))


def _is_first(keys: pl.DataFrame) -> pl.Series:
    return (
        keys.select("first", "second")
        .select(pl.struct("first", "second").is_first_distinct())
        .to_series()
    )


def _is_there(keys: pl.DataFrame, reference: pl.DataFrame) -> pl.Series:
    known = reference.select("first", "second").unique().with_columns(there=True)
    joined = keys.join(known, on=["first", "second"], how="left", maintain_order="left")
    return joined["there"].fill_null(False)


def _presence(batch: Batch, name: str) -> tuple[pl.Series, pl.Series]:
    every = pl.repeat(True, batch.height, dtype=pl.Boolean, eager=True)
    return every, batch.speaks(name)


def _typed(values: pl.Series, rule: Rule) -> pl.Series:
    return is_of_type(values, str(rule.parameters["type"]))


def _ranged(values: pl.Series, rule: Rule) -> pl.Series:
    bounds = {name: bound_of(text) for name, text in rule.parameters.items()}
    is_day = any(isinstance(bound, date) for bound in bounds.values())
    found = days(values) if is_day else numbers(values)
    passing = found.is_not_null()
    for name, bound in bounds.items():
        limit = _limit(bound, found.dtype)
        met = found >= limit if name == "at_least" else found <= limit
        passing &= met.fill_null(False)
    return passing


def _limit(bound: Decimal | date | None, dtype: pl.DataType) -> pl.Series:
    """Return a bound as one cell of the type in which it can be compared exactly."""
    if isinstance(bound, date):
        return pl.Series([bound], dtype=pl.Date)
    assert bound is not None, "the rule was read"
    if dtype.is_float():
        return pl.Series([float(bound)], dtype=pl.Float64)
    if bound == bound.to_integral_value() and abs(bound) < 2**63:
        return pl.Series([int(bound)], dtype=pl.Int64)
    return pl.Series([float(bound)], dtype=pl.Float64)


def _patterned(values: pl.Series, rule: Rule) -> pl.Series:
    return texts(values).str.contains(whole(str(rule.parameters["pattern"])))


def _coded(values: pl.Series, rule: Rule) -> pl.Series:
    return texts(values).is_in(list(rule.parameters["codes"]))


JUDGES: Final[Mapping[str, Callable[[pl.Series, Rule], pl.Series]]] = {
    "type": _typed,
    "range": _ranged,
    "pattern": _patterned,
    "codes": _coded,
}


# Sums of columns, and single days, compared.


def _comparison(batch: Batch, rule: Rule) -> tuple[pl.Series, pl.Series]:
    told = batch.speaks(*rule.columns)
    left, right = (list(rule.parameters[side]) for side in ("left", "right"))
    operator = str(rule.parameters["operator"])
    if len(left) == len(right) == 1:
        sides = [days(batch.values[name]) for name in (*left, *right)]
        if all(_holds_days(batch.values[name]) for name in (*left, *right)):
            apart = (sides[0] - sides[1]).dt.total_days()
            return told, _met(apart.cast(pl.Float64), operator, 0.0)
    sums = [_sum([numbers(batch.values[name]) for name in side]) for side in (left, right)]
    within = float(rule.parameters.get("within", 0))
    if all(one.dtype.is_integer() for one in sums):
        return told, _met((sums[0] - sums[1]).cast(pl.Float64), operator, within)
    first, second = (one.cast(pl.Float64) for one in sums)
    largest = pl.DataFrame({"a": first.abs(), "b": second.abs()}).max_horizontal()
    return told, _met(first - second, operator, largest * SLACK + within)


def _holds_days(values: pl.Series) -> bool:
    """Return whether a column holds days: by its type, or since its texts read so."""
    if values.dtype == pl.String:
        found = days(values)
        return bool(found.is_not_null().any())
    return values.dtype == pl.Date or isinstance(values.dtype, pl.Datetime)


def _sum(columns: list[pl.Series]) -> pl.Series:
    wide = [
        one.cast(pl.Int128) if one.dtype.is_integer() else one.cast(pl.Float64) for one in columns
    ]
    total = wide[0]
    for one in wide[1:]:
        total = total + one
    return total


def _met(apart: pl.Series, operator: str, slack: float | pl.Series) -> pl.Series:
    if operator == "=":
        return apart.abs() <= slack
    if operator == "<=":
        return apart <= slack
    if operator == ">=":
        return apart >= -slack
    return apart < -slack if operator == "<" else apart > slack

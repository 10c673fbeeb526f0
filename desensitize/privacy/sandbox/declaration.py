"""What a seller declares of a table before anybody asks: persons, bounds and public values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from desensitize.errors import DesensitizeError, nearest
from desensitize.exact_numbers import exact
from desensitize.privacy.differential import Contribution

MOST_COLUMNS = 40
MOST_VALUES = 200
LONGEST_VALUE = 120
MOST_ROWS = 1000
MOST_DECIMALS = 6
# Whole numbers above this are no exact floats.
GREATEST_BOUND = 2**53


@dataclass(frozen=True)
class Number:
    """Say between which numbers a column's values lie, and on which grid of decimal places.

    What lies outside is moved to the nearest bound. The bounds must be known without looking at
    the table.
    """

    low: Decimal
    high: Decimal
    decimals: int = 0

    @property
    def grid(self) -> int:
        """Return how many steps make one."""
        return int(10**self.decimals)

    @property
    def bounds(self) -> tuple[int, int]:
        """Return both bounds in steps."""
        return int(self.low * self.grid), int(self.high * self.grid)

    def steps(self, value: str) -> int:
        """Return a number of decimal notation in steps.

        Raises:
            ValueError: it is no number on the grid.
        """
        number = exact(value) * self.grid
        steps = int(number)
        if steps != number:
            raise ValueError(value)
        return steps

    def written(self, steps: int) -> str:
        """Write steps in decimal notation."""
        return f"{Decimal(steps) / self.grid:.{self.decimals}f}"


@dataclass(frozen=True)
class Declaration:
    """Hold what the answers of a sandbox rest on.

    person: the column that tells persons apart; None where each row is a person.
    rows: how many rows of one person count.
    numbers: the columns that can be added up, by name. categories: the columns that can be grouped
    by, with the values that everybody may know they have, or None where nobody listed them: then a
    group is shown only when its noisy count reaches a threshold.

    Raises:
        DesensitizeError: `bad-contribution`, `bad-bounds`, `bad-decimals`, `bad-values`,
            `nothing-declared`, `too-much-declared`, `unit-declared`.
    """

    person: str | None = None
    rows: int = 1
    numbers: Mapping[str, Number] = field(default_factory=dict)
    categories: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.contribution.rows > MOST_ROWS:
            raise DesensitizeError("bad-contribution")
        if not self.columns:
            raise DesensitizeError("nothing-declared")
        if len(self.columns) > MOST_COLUMNS:
            raise DesensitizeError("too-much-declared", limit=MOST_COLUMNS)
        if self.person in self.columns:
            raise DesensitizeError("unit-declared", column=str(self.person))
        for name, number in self.numbers.items():
            _check_number(name, number)
        for name, values in self.categories.items():
            if values is not None and not _are_values(values):
                raise DesensitizeError("bad-values", column=name, limit=MOST_VALUES)

    @property
    def columns(self) -> frozenset[str]:
        """Return every column that can be asked about."""
        return frozenset(self.numbers) | frozenset(self.categories)

    @property
    def contribution(self) -> Contribution:
        """Return how rows belong to persons."""
        return Contribution(self.person, self.rows)

    def check_columns(self, names: Iterable[str]) -> None:
        """Raise `unknown-column` unless a table with these columns has all that is declared."""
        check_present(self.columns | ({self.person} if self.person is not None else set()), names)

    def number(self, name: str) -> Number:
        """Return the bounds of a column; raise `not-declared` where it has none."""
        if name not in self.numbers:
            raise DesensitizeError("not-declared", column=name)
        return self.numbers[name]

    def category(self, name: str) -> tuple[str, ...] | None:
        """Return the values of a column; raise `not-declared` where it is not to group by."""
        if name not in self.categories:
            raise DesensitizeError("not-declared", column=name)
        return self.categories[name]

    def as_json(self) -> dict[str, Any]:
        """Return plain values, of which two declarations of the same have the same."""
        return {
            "person": self.person,
            "rows": self.rows,
            "numbers": {
                name: {
                    "low": number.written(number.bounds[0]),
                    "high": number.written(number.bounds[1]),
                    "decimals": number.decimals,
                }
                for name, number in sorted(self.numbers.items())
            },
            "categories": {
                name: None if values is None else list(values)
                for name, values in sorted(self.categories.items())
            },
        }

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Read what `as_json` wrote, or a person typed.

        Raises:
            DesensitizeError: `bad-declaration`, and what a declaration raises.
        """
        try:
            person, rows = values.get("person"), values.get("rows", 1)
            numbers = {name: _number(given) for name, given in values.get("numbers", {}).items()}
            categories = {
                name: None if given is None else tuple(given)
                for name, given in values.get("categories", {}).items()
            }
            if not (person is None or isinstance(person, str)) or set(values) - _NAMES:
                raise TypeError(person)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise DesensitizeError("bad-declaration") from error
        return cls(person=person, rows=rows, numbers=numbers, categories=categories)

    def canonical(self) -> str:
        """Return the one text of this declaration."""
        return json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)


def check_present(wanted: Iterable[str], names: Iterable[str]) -> None:
    """Raise `unknown-column` for the first of the wanted columns that a table has not."""
    present = list(names)
    for name in sorted(wanted):
        if name not in present:
            found = nearest(name, present)
            raise DesensitizeError("unknown-column", column=name, nearest=found)


_NAMES = frozenset({"person", "rows", "numbers", "categories"})


def _number(given: Any) -> Number:
    try:
        low, high = exact(given["low"]), exact(given["high"])
    except ValueError as error:
        raise DesensitizeError("bad-bounds") from error
    return Number(low, high, given.get("decimals", 0))


def _check_number(name: str, number: Number) -> None:
    decimals = number.decimals
    if isinstance(decimals, bool) or not isinstance(decimals, int):
        raise DesensitizeError("bad-decimals", column=name)
    if not 0 <= decimals <= MOST_DECIMALS:
        raise DesensitizeError("bad-decimals", column=name)
    both = (number.low, number.high)
    if not all(bound.is_finite() and abs(bound) <= GREATEST_BOUND for bound in both):
        raise DesensitizeError("bad-bounds")
    low, high = number.bounds
    on_grid = (
        Decimal(low) == number.low * number.grid and Decimal(high) == number.high * number.grid
    )
    if not on_grid or low >= high or max(abs(low), abs(high)) > GREATEST_BOUND:
        raise DesensitizeError("bad-bounds")


def _are_values(values: tuple[str, ...]) -> bool:
    texts = all(isinstance(one, str) and 0 < len(one) <= LONGEST_VALUE for one in values)
    return texts and 0 < len(values) <= MOST_VALUES and len(set(values)) == len(values)

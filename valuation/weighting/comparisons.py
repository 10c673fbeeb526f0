"""A matrix of pairwise judgements, checked, with its weights and its consistency.

Source: T. L. Saaty, The Analytic Hierarchy Process (1980): `A w = lambda_max w`,
`CI = (lambda_max - n) / (n - 1)`, `CR = CI / RI(n)`, acceptable below 0.10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from
from valuation.lists import as_items, items
from valuation.rounding import to_decimal
from valuation.weighting.eigenvector import placed, principal_eigenvector

_TABLE: Final = "0 0 0.58 0.90 1.12 1.24 1.32 1.41 1.45 1.49 1.51 1.48 1.56 1.57 1.59"

RANDOM_INDEX: Final = tuple(Fraction(text) for text in _TABLE.split())
"""Saaty's random index for 1 to 15 items."""

ACCEPTABLE: Final = Fraction(1, 10)
MOST_ITEMS: Final = 30
_RECIPROCAL_SLACK: Final = Fraction(1, 100)
"""What writing 0.33 for 1/3 may cost; more is a slip."""

_QUOTIENT = re.compile(r"\s*([0-9]{1,18})\s*/\s*([0-9]{1,18})\s*")


@dataclass(frozen=True)
class Comparisons:
    """Weights that add up to 1, with how consistent the judgements behind them are.

    `ratio` (CR) is 0 for one or two items, which cannot contradict each other.
    """

    weights: tuple[Decimal, ...]
    lambda_max: Decimal
    index: Decimal
    ratio: Decimal
    random_index: Decimal

    @property
    def acceptable(self) -> bool:
        """Return whether CR is below 0.10."""
        return Fraction(self.ratio) < ACCEPTABLE


def comparisons_from(
    fields: Fields, field: str, *, random_index: Fraction | None = None
) -> Comparisons:
    """Read a matrix of judgements from a field and weigh its items.

    Entries are numbers above 0 or quotients such as `1/3`. `random_index` stands in for Saaty's.

    Raises:
        ValuationError: `not-square`, `not-positive`, `not-reciprocal`, `random-index-unknown`, or
            an entry is no number.
    """
    name = fields.name(field)
    rows = items(fields, field, "Give one row of judgements an item.", most=MOST_ITEMS)
    if not rows:
        raise ValuationError("not-square", field=name, rows=0, row=1, columns=0)
    matrix = []
    for number, row in enumerate(rows, start=1):
        entries = as_items(row, f"{name}[{number}]")
        if len(entries) != len(rows):
            raise ValuationError(
                "not-square", field=name, rows=len(rows), row=number, columns=len(entries)
            )
        matrix.append(
            [
                _judgement(entry, f"{name}[{number}][{place}]")
                for place, entry in enumerate(entries, start=1)
            ]
        )
    _refuse_not_reciprocal(matrix, rows, name)
    return weigh(matrix, random_index)


def weigh(matrix: list[list[Fraction]], random_index: Fraction | None = None) -> Comparisons:
    """Weigh the items of a reciprocal matrix of positive judgements."""
    count = len(matrix)
    weights, lambda_max = principal_eigenvector(matrix)
    chosen = random_index
    if chosen is None:
        chosen = RANDOM_INDEX[count - 1] if count <= len(RANDOM_INDEX) else Fraction(0)
    if count > 2 and chosen <= 0:
        raise ValuationError("random-index-unknown", given=count)
    index = Fraction(lambda_max - count) / (count - 1) if count > 1 else Fraction(0)
    ratio = index / chosen if count > 2 else Fraction(0)
    return Comparisons(weights, lambda_max, _placed(index), _placed(ratio), to_decimal(chosen))


def _placed(value: Fraction) -> Decimal:
    return placed(to_decimal(value))


def _judgement(entry: object, field: str) -> Fraction:
    quotient = _QUOTIENT.fullmatch(entry) if isinstance(entry, str) else None
    if quotient is not None and int(quotient[2]):
        value = Fraction(int(quotient[1]), int(quotient[2]))
    else:
        value = Fraction(decimal_from(entry, field))
    if value <= 0:
        raise ValuationError("not-positive", field=field, given=entry)
    return value


def _refuse_not_reciprocal(matrix: list[list[Fraction]], rows: list[object], name: str) -> None:
    for row in range(len(matrix)):
        for column in range(row + 1):
            product = matrix[row][column] * matrix[column][row]
            if abs(product - 1) > _RECIPROCAL_SLACK:
                raise ValuationError(
                    "not-reciprocal",
                    field=name,
                    row=column + 1,
                    column=row + 1,
                    given=as_items(rows[column], name)[row],
                    other=as_items(rows[row], name)[column],
                )

"""Rules that compare what stands in a row: `end>=start`, `amount=price*quantity`, patterns of text.

A side of a comparison is a sum of products of columns and numbers. Cells that are both dates are
compared as dates. A row with a cell that cannot be read fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Final

from valuation.quality.cells import date_in, number_in
from valuation.quality.counts import Check, Table

_COMPARISON = re.compile(r"\s*([^<>=!]+?)\s*(<=|>=|!=|==|<|>|=)\s*([^<>=!]+?)\s*")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_PIECE = r"(?:\[[^\[\]]{1,40}\]|\\[dw.]|[A-Za-z0-9_@:/-])"
_PATTERN = re.compile(rf"\^?(?:{_PIECE}(?:\{{[0-9]{{1,3}}(?:,[0-9]{{1,3}})?\}}|[+*?])?){{1,40}}\$?")
_VARIABLE = re.compile(r"\{[0-9]+,[0-9]+\}|[+*?](?![^\[]*\])")
_MOST_VARIABLE: Final = 2
_LONGEST_CELL: Final = 200

Row = Mapping[str, object]


def comparison_of(rule: str, table: Table) -> Callable[[Row], bool] | None:
    """Read a comparison whose names are all columns, or return None."""
    found = _COMPARISON.fullmatch(rule)
    if found is None:
        return None
    sides = [_side(found[place], table.columns) for place in (1, 3)]
    left, right = sides
    if left is None or right is None:
        return None
    sign = found[2]

    def passes(row: Row) -> bool:
        dates = [date_in(row.get(found[place])) for place in (1, 3)]
        if dates[0] is not None and dates[1] is not None:
            return _holds(sign, (dates[0] - dates[1]).days)
        values = [_evaluated(side, row) for side in (left, right)]
        if values[0] is None or values[1] is None:
            return False
        with localcontext(prec=80):
            return _holds(sign, values[0] - values[1])

    return passes


def pattern_of(pattern: str) -> Callable[[object], bool] | None:
    """Read a pattern of plain pieces, such as `[A-Z]{2}[0-9]{4}`, or return None.

    Groups and alternatives are not read, and at most two pieces may vary in length: whatever the
    cells hold, such a pattern is decided quickly.
    """
    if not _PATTERN.fullmatch(pattern) or len(_VARIABLE.findall(pattern)) > _MOST_VARIABLE:
        return None
    try:
        compiled = re.compile(pattern.removeprefix("^").removesuffix("$"))
    except re.error:
        return None
    return lambda cell: (
        isinstance(cell, str)
        and len(cell) <= _LONGEST_CELL
        and compiled.fullmatch(cell) is not None
    )


def each_row(table: Table, dimension: str, rule: str, passes: Callable[[Row], bool]) -> Check:
    """Count the rows that pass, and name those that do not."""
    answers = [passes(dict(zip(table.columns, row, strict=True))) for row in table.rows]
    failing = tuple(number for number, passed in enumerate(answers, start=1) if not passed)
    return Check(dimension, rule, sum(answers), len(answers), failing)


def _side(text: str, columns: Sequence[str]) -> list[tuple[int, list[str]]] | None:
    """Split a side into its products with their signs; a whole column may have any name."""
    if text in columns:
        return [(1, [text])]
    products = []
    parts = ["+", *re.split(r"([+-])", text)]
    for sign_text, part in zip(parts[::2], parts[1::2], strict=True):
        sign = -1 if sign_text == "-" else 1
        factors = [factor.strip() for factor in part.split("*")]
        if not all(factor in columns or _NUMBER.fullmatch(factor) for factor in factors):
            return None
        products.append((sign, factors))
    return products


def _evaluated(side: list[tuple[int, list[str]]], row: Row) -> Decimal | None:
    total = Decimal(0)
    with localcontext(prec=80):
        for sign, factors in side:
            product = Decimal(sign)
            for factor in factors:
                value = number_in(row[factor]) if factor in row else Decimal(factor)
                if value is None:
                    return None
                product *= value
            total += product
    return total


def _holds(sign: str, difference: Decimal | int) -> bool:
    if sign in ("=", "=="):
        return difference == 0
    if sign == "!=":
        return difference != 0
    if sign.startswith("<"):
        return difference < 0 or (difference == 0 and sign == "<=")
    return difference > 0 or (difference == 0 and sign == ">=")

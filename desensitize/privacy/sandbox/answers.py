"""Answer a question of a declared table with noise, and say how far off the answer may be.

What is computed of the data is bounded before: rows a person by `Contribution`, numbers by
clamping them to the declared bounds on a grid of whole steps, groups by the declared values. All
noise is discrete Laplace noise of OpenDP on whole numbers (Canonne, Kamath, Steinke, 2020), so that
no digits of floats can leak (Mironov, 2012). Everything after the noise is post-processing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, floor, log
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget
from desensitize.privacy.differential.counts import Categories, cell_key, cell_keys, key_values
from desensitize.privacy.differential.noise import laplace, thresholded
from desensitize.privacy.sandbox.declaration import Declaration, Number, check_present
from desensitize.privacy.sandbox.questions import COUNT, HISTOGRAM, MEAN, SUM, Condition, Question

SURE = 0.95
"""The share of answers whose true figure lies in their band."""

# No column of a table can be named so, since names are stripped of blanks.
VALUE, PLACE, ROWS = " value ", " place ", " rows "
# Sums are held below this; with noise they stay below 2^63.
GREATEST_TOTAL = 2**62

Measured = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Cell:
    """A figure in decimal notation, with the group it is of and its band of 95 %."""

    group: tuple[str, ...]
    figure: str
    low: str
    high: str


@dataclass(frozen=True)
class Answer:
    """Hold the noisy figures; nothing in it is exact. `columns` names what the groups are."""

    columns: tuple[str, ...]
    cells: tuple[Cell, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "columns": list(self.columns),
            "cells": [
                {
                    "group": list(cell.group),
                    "figure": cell.figure,
                    "low": cell.low,
                    "high": cell.high,
                }
                for cell in self.cells
            ],
        }


def answer(
    table: pl.DataFrame, question: Question, declaration: Declaration, budget: Budget
) -> Answer:
    """Answer a question of a table for the whole of `budget`, which the caller has accounted.

    The table must be in memory: a lazy one would be read in parts that depend on the condition,
    and the time would tell of it. δ is needed only for groups whose values nobody listed.

    Raises:
        DesensitizeError: as `Question.canonical`, `unknown-column`, `delta-needed`, or
            `bad-privacy-budget` where no noise fits; none depends on a value of the table.
    """
    asked = question.canonical(declaration)
    check_present(asked.columns(declaration), table.columns)
    # Made before anything is measured: one that cannot be made looks at nothing.
    release = _release(asked, declaration, budget)
    return release(_measured(table, asked, declaration))


def half_width(*, sensitivity: int, epsilon: float, sure: float = SURE) -> int:
    """Return the least w for which discrete Laplace noise lies in ±w in that share of draws.

    P(|X| > w) = 2 a^(w + 1) / (1 + a) with a = exp(-ε / sensitivity).
    """
    decay = epsilon / sensitivity
    return max(0, ceil(log(2 / ((1 + exp(-decay)) * (1 - sure))) / decay) - 1)


def _release(
    question: Question, declaration: Declaration, budget: Budget
) -> Callable[[Measured], Answer]:
    if question.is_thresholded(declaration):
        return _large_groups(question, declaration, budget)
    if question.figure in (COUNT, HISTOGRAM):
        return _counts(question, declaration, float(budget.epsilon))
    if question.figure == SUM:
        return _sums(question, declaration, float(budget.epsilon))
    return _means(question, declaration, float(budget.epsilon))


def _counts(question: Question, declaration: Declaration, epsilon: float) -> Callable[..., Answer]:
    noisy = laplace(sensitivity=declaration.rows, epsilon=epsilon)
    width = half_width(sensitivity=declaration.rows, epsilon=epsilon)
    keys = _keys(question, declaration)

    def release(found: Measured) -> Answer:
        counts = noisy([found.get(key, (0, 0))[0] for key in keys])
        return _answered(question, declaration, dict(zip(keys, counts, strict=True)), width)

    return release


def _large_groups(
    question: Question, declaration: Declaration, budget: Budget
) -> Callable[..., Answer]:
    if not budget.delta:
        raise DesensitizeError("delta-needed", column=question.by[0])
    shown = thresholded(rows=declaration.rows, budget=budget)
    width = half_width(sensitivity=declaration.rows, epsilon=float(budget.epsilon))

    def release(found: Measured) -> Answer:
        counts = shown({key: rows for key, (rows, _) in found.items()})
        return _answered(question, declaration, dict(sorted(counts.items())), width)

    return release


def _sums(question: Question, declaration: Declaration, epsilon: float) -> Callable[..., Answer]:
    number = declaration.number(question.column)
    sensitivity = declaration.rows * max(map(abs, number.bounds))
    noisy = laplace(sensitivity=sensitivity, epsilon=epsilon)
    width, keys = half_width(sensitivity=sensitivity, epsilon=epsilon), _keys(question, declaration)

    def release(found: Measured) -> Answer:
        totals = noisy([found.get(key, (0, 0))[1] for key in keys])
        cells = [
            Cell(
                key_values(key),
                number.written(total),
                number.written(total - width),
                number.written(total + width),
            )
            for key, total in zip(keys, totals, strict=True)
        ]
        return Answer(question.by, tuple(cells))

    return release


def _means(question: Question, declaration: Declaration, epsilon: float) -> Callable[..., Answer]:
    """Half of ε goes to the sum of distances from the middle of the bounds, half to the count."""
    number = declaration.number(question.column)
    low, high = number.bounds
    middle, half = (low + high) // 2, epsilon / 2
    reach = declaration.rows * (high - middle)
    noisy_total = laplace(sensitivity=reach, epsilon=half)
    noisy_count = laplace(sensitivity=declaration.rows, epsilon=half)
    # Both lie in their bands in 95 % of answers when each does in 97.5 %.
    each = (1 + SURE) / 2
    wide = half_width(sensitivity=reach, epsilon=half, sure=each)
    many = half_width(sensitivity=declaration.rows, epsilon=half, sure=each)
    keys = _keys(question, declaration)

    def release(found: Measured) -> Answer:
        rows = [found.get(key, (0, 0)) for key in keys]
        totals = noisy_total([total for _, total in rows])
        counts = noisy_count([count for count, _ in rows])
        cells = []
        for key, total, count in zip(keys, totals, counts, strict=True):
            ends = [
                Fraction(total + sign * wide, max(1, count + part * many))
                for sign in (-1, 1)
                for part in (-1, 1)
            ]
            three = (
                round(Fraction(total, max(1, count))),
                floor(min(ends)),
                ceil(max(ends)),
            )
            figures = [number.written(min(max(middle + steps, low), high)) for steps in three]
            cells.append(Cell(key_values(key), *figures))
        return Answer(question.by, tuple(cells))

    return release


def _answered(
    question: Question, declaration: Declaration, counts: Mapping[str, int], width: int
) -> Answer:
    columns, spans = question.by, {}
    if question.figure == HISTOGRAM:
        number = declaration.number(question.column)
        columns = (f"{question.column} ≥", f"{question.column} <")
        edges = _edges(number, question.bins)
        spans = {
            cell_key((str(place),)): (
                number.written(edges[place]),
                number.written(edges[place + 1]),
            )
            for place in range(question.bins)
        }
    cells = [
        Cell(
            spans.get(key) or key_values(key),
            str(max(0, count)),
            str(max(0, count - width)),
            str(max(0, count + width)),
        )
        for key, count in counts.items()
    ]
    return Answer(columns, tuple(cells))


def _groups(question: Question, declaration: Declaration) -> Categories:
    if question.figure == HISTOGRAM:
        return {PLACE: [str(place) for place in range(question.bins)]}
    return {name: declaration.category(name) for name in question.by}


def _keys(question: Question, declaration: Declaration) -> list[str]:
    return cell_keys(_groups(question, declaration))


def _edges(number: Number, bins: int) -> list[int]:
    low, high = number.bounds
    return [low + (high - low) * place // bins for place in range(bins + 1)]


def _measured(table: pl.DataFrame, question: Question, declaration: Declaration) -> Measured:
    """Return rows and total of each group; the only place that looks at the data."""
    groups = _groups(question, declaration)
    rows = table.lazy().filter(*[_holds(each, declaration) for each in question.where])
    # A person's rows are bounded after the condition, which asks each row by itself.
    rows = declaration.contribution.bounded(rows)
    value = pl.lit(0, dtype=pl.Int64)
    if question.column:
        value = _steps(question.column, declaration.number(question.column))
    texts = [pl.col(name).cast(pl.String, strict=False) for name in question.by]
    if question.figure == HISTOGRAM:
        edges = _edges(declaration.number(question.column), question.bins)
        place = pl.sum_horizontal((value >= edge).cast(pl.Int64) for edge in edges[1:-1])
        texts = [place.cast(pl.String).alias(PLACE)]
    if question.figure == MEAN:
        low, high = declaration.number(question.column).bounds
        value = value - (low + high) // 2
    rows = rows.with_columns(value.alias(VALUE), *texts).drop_nulls(VALUE)
    for name, values in groups.items():
        if values is not None:
            rows = rows.filter(pl.col(name).is_in(list(values)))
    total = pl.col(VALUE).cast(pl.Int128).sum().clip(-GREATEST_TOTAL, GREATEST_TOTAL)
    figures = [pl.len().cast(pl.Int64).alias(ROWS), total.cast(pl.Int64).alias(VALUE)]
    names = list(groups)
    cells = rows.group_by(names).agg(figures) if names else rows.select(figures)
    return {
        cell_key(row[: len(names)]): (int(row[-2]), int(row[-1])) for row in cells.collect().rows()
    }


def _holds(condition: Condition, declaration: Declaration) -> pl.Expr:
    column = pl.col(condition.column)
    if condition.values:
        return column.cast(pl.String, strict=False).is_in(list(condition.values))
    number = declaration.number(condition.column)
    ends = number.steps(condition.low), number.steps(condition.high)
    return _steps(condition.column, number).is_between(*ends)


def _steps(name: str, number: Number) -> pl.Expr:
    value = pl.col(name).cast(pl.Float64, strict=False).fill_nan(None)
    return (value * number.grid).round().clip(*number.bounds).cast(pl.Int64)

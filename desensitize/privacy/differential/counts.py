"""Count persons' rows under differential privacy."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from math import isfinite

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential.contributions import check_column
from desensitize.privacy.differential.noise import laplace, thresholded
from desensitize.privacy.differential.spending import Spending

COUNT = "count"
# No column of a table can be named so, since names are stripped of blanks.
BIN, ROWS = " bin ", " rows "

Categories = Mapping[str, Sequence[str | None] | None]


def private_counts(table: pl.LazyFrame, by: Categories, spending: Spending) -> pl.DataFrame:
    """Count the rows of each cell, with noise; the answer has the columns of `by` and `count`.

    `by` names the columns, each with the values that it can have, known without looking at the
    table, or None. With all values known every cell is shown, also the empty ones, and no δ is
    needed; else only cells whose noisy count reaches a threshold. Values are compared as text;
    rows with a value that is not listed are not counted. Noisy counts below 0 are shown as 0.

    Raises:
        DesensitizeError: `unknown-column`, `delta-needed`, `privacy-budget-spent`.
    """
    for name in by:
        check_column(table, name)
    unknown = [name for name, values in by.items() if values is None]
    if unknown and not spending.budget.delta:
        raise DesensitizeError("delta-needed", column=unknown[0])
    rows = spending.contribution.bounded(table)
    what = f"count by {', '.join(by)}" if by else "count"
    if unknown:
        shown = thresholded(rows=spending.rows, budget=spending.budget)
        spending.ledger.spend(spending.budget, what)
        cells = dict(sorted(shown(_found(rows, by)).items()))
    else:
        noisy = laplace(sensitivity=spending.rows, epsilon=spending.epsilon)
        spending.ledger.spend(spending.budget, what)
        found, keys = _found(rows, by), cell_keys(by)
        cells = dict(zip(keys, noisy([found.get(key, 0) for key in keys]), strict=True))
    counts = [max(0, count) for count in cells.values()]
    return cell_frame(by, list(cells), pl.Series(COUNT, counts, dtype=pl.Int64))


def private_histogram(
    table: pl.LazyFrame,
    column: str,
    edges: Sequence[float],
    spending: Spending,
) -> pl.DataFrame:
    """Count the rows whose number falls into each half-open bin [edge, next edge), with noise.

    The edges must be chosen without looking at the table. What is no number, or lies outside, is
    not counted. The answer has the columns `from`, `to` and `count`.

    Raises:
        DesensitizeError: `bad-bounds`, and what `private_counts` raises.
    """
    bounds = [float(edge) for edge in edges]
    rising = all(low < high for low, high in pairwise(bounds))
    if len(bounds) < 2 or not rising or not all(map(isfinite, bounds)):
        raise DesensitizeError("bad-bounds")
    check_column(table, column)
    number = pl.col(column).cast(pl.Float64, strict=False)
    # Not NaN, which polars sorts above all numbers.
    place = pl.when(number.is_finite()).then(
        pl.sum_horizontal(number >= edge for edge in bounds).cast(pl.Int64) - 1
    )
    last = len(bounds) - 2
    bins = table.with_columns(place.alias(BIN)).with_columns(pl.col(BIN).cast(pl.String))
    places = {BIN: [str(place) for place in range(last + 1)]}
    counted = private_counts(bins, places, spending)
    return pl.DataFrame({"from": bounds[:-1], "to": bounds[1:], COUNT: counted[COUNT]})


def cell_key(values: Sequence[str | None]) -> str:
    """Return the text by which a combination of values is known."""
    return json.dumps(list(values), ensure_ascii=False)


def key_values(key: str) -> tuple[str, ...]:
    """Return the values of a combination by its text; "" where one is missing."""
    return tuple("" if value is None else str(value) for value in json.loads(key))


def cell_keys(by: Categories) -> list[str]:
    """Return the key of every combination of the listed values."""
    lists = [list(dict.fromkeys(values or ())) for values in by.values()]
    return [cell_key(values) for values in product(*lists)]


def cell_frame(by: Categories, keys: Sequence[str], figures: pl.Series) -> pl.DataFrame:
    """Return the cells' values as columns of text, and their figures.

    Where a column of the table has the figures' name, they are called “noisy …”.
    """
    values = [json.loads(key) for key in keys]
    if figures.name in by:
        figures = figures.alias(f"noisy {figures.name}")
    columns = [
        pl.Series(name, [row[place] for row in values], dtype=pl.String)
        for place, name in enumerate(by)
    ]
    return pl.DataFrame([*columns, figures])


def _found(rows: pl.LazyFrame, by: Categories) -> dict[str, int]:
    if not by:
        count = rows.select(pl.len()).collect(engine="streaming").item()
        return {cell_key(()): int(count)}
    cells = (
        rows.select(pl.col(name).cast(pl.String) for name in by)
        .group_by(list(by))
        .agg(pl.len().cast(pl.Int64).alias(ROWS))
        .collect(engine="streaming")
    )
    return {cell_key(row[:-1]): int(row[-1]) for row in cells.rows()}

"""Sums and means under differential privacy."""

from fractions import Fraction
from math import isfinite

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential.contributions import check_column
from desensitize.privacy.differential.counts import Categories, cell_frame, cell_key, cell_keys
from desensitize.privacy.differential.noise import laplace
from desensitize.privacy.differential.spending import Spending

VALUE, ROWS = " value ", " rows "
# Sums are held below this; with noise they stay below 2^63.
GREATEST_TOTAL = 2**62
# Whole numbers above this are no exact floats.
GREATEST_BOUND = 2**53


def private_sums(
    table: pl.LazyFrame,
    column: str,
    bounds: tuple[float, float],
    by: Categories,
    spending: Spending,
    *,
    decimals: int = 2,
) -> pl.DataFrame:
    """Add up a column in each cell, with noise; the answer has the columns of `by` and `sum`.

    Numbers are rounded to `decimals` and clamped to `bounds`, so that all adding is of whole
    numbers and exact: noise on sums of floats is known to leak (Mironov, 2012). What is no number
    adds nothing. `by` lists for each column the values that it can have; empty for one sum.

    Raises:
        DesensitizeError: `bad-bounds`, `delta-needed` (a column without its values),
            `unknown-column`, `privacy-budget-spent`.
    """
    grid = 10**decimals
    low, high = _on_grid(bounds, grid)
    rows = _clamped(table, column, (low, high), grid, by, spending)
    noisy = laplace(sensitivity=spending.rows * max(abs(low), abs(high)), epsilon=spending.epsilon)
    spending.ledger.spend(spending.budget, _said("sum", column, by))
    found, keys = _totals(rows, by), cell_keys(by)
    sums = [total / grid for total in noisy([found.get(key, (0, 0))[0] for key in keys])]
    return cell_frame(by, keys, pl.Series("sum", sums, dtype=pl.Float64))


def private_means(
    table: pl.LazyFrame,
    column: str,
    bounds: tuple[float, float],
    by: Categories,
    spending: Spending,
    *,
    decimals: int = 2,
) -> pl.DataFrame:
    """Return the mean of a column in each cell, from a noisy sum and a noisy count.

    Half of ε goes to each. Distances from the middle of the bounds are summed, which needs half
    the noise; the mean is clamped to the bounds. Otherwise as `private_sums`, with column `mean`.

    Raises:
        DesensitizeError: as `private_sums`.
    """
    grid = 10**decimals
    low, high = _on_grid(bounds, grid)
    middle = (low + high) // 2
    rows = _clamped(table, column, (low, high), grid, by, spending)
    half = spending.epsilon / 2
    noisy_total = laplace(sensitivity=spending.rows * (high - middle), epsilon=half)
    noisy_count = laplace(sensitivity=spending.rows, epsilon=half)
    spending.ledger.spend(spending.budget, _said("mean", column, by))
    found, keys = _totals(rows.with_columns(pl.col(VALUE) - middle), by), cell_keys(by)
    cells = [found.get(key, (0, 0)) for key in keys]
    totals = noisy_total([total for total, _ in cells])
    counts = noisy_count([count for _, count in cells])
    means = [
        float(min(max(middle + Fraction(total, max(1, count)), low), high) / grid)
        for total, count in zip(totals, counts, strict=True)
    ]
    return cell_frame(by, keys, pl.Series("mean", means, dtype=pl.Float64))


def _on_grid(bounds: tuple[float, float], grid: int) -> tuple[int, int]:
    if not all(map(isfinite, bounds)):
        raise DesensitizeError("bad-bounds")
    low, high = (round(Fraction(str(bound)) * grid) for bound in bounds)
    if low >= high or max(abs(low), abs(high)) > GREATEST_BOUND:
        raise DesensitizeError("bad-bounds")
    return low, high


def _clamped(
    table: pl.LazyFrame,
    column: str,
    bounds: tuple[int, int],
    grid: int,
    by: Categories,
    spending: Spending,
) -> pl.LazyFrame:
    for name in (column, *by):
        check_column(table, name)
    for name, values in by.items():
        if values is None:
            raise DesensitizeError("delta-needed", column=name)
    number = pl.col(column).cast(pl.Float64, strict=False).fill_nan(None)
    value = (number * grid).round().clip(*bounds).cast(pl.Int64).alias(VALUE)
    texts = (pl.col(name).cast(pl.String) for name in by)
    # Bounded before values are looked at, so that a person's rows do not depend on them.
    return spending.contribution.bounded(table).select(value, *texts).drop_nulls(VALUE)


def _totals(rows: pl.LazyFrame, by: Categories) -> dict[str, tuple[int, int]]:
    total = pl.col(VALUE).cast(pl.Int128).sum().clip(-GREATEST_TOTAL, GREATEST_TOTAL)
    figures = [total.cast(pl.Int64), pl.len().cast(pl.Int64).alias(ROWS)]
    names = list(by)
    cells = rows.group_by(names).agg(figures) if names else rows.select(figures)
    found = cells.collect(engine="streaming").rows()
    return {cell_key(row[: len(names)]): (int(row[-2]), int(row[-1])) for row in found}


def _said(figure: str, column: str, by: Categories) -> str:
    return f"{figure} of {column} by {', '.join(by)}" if by else f"{figure} of {column}"

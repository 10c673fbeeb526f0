"""Measure how far the values of a column have moved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from desensitize.privacy.hierarchy import Hierarchy

VALUE, SHARE = "value", "share"


@dataclass(frozen=True)
class Distances:
    """Hold how far a column's distribution lies from the one before; each from 0 to 1.

    `total_variation` is the share of rows that would have to change their value (null counts as a
    value). `kolmogorov_smirnov` is the greatest difference of the cumulative shares and
    `wasserstein` the mean way that a row moves, in parts of the range before; both are None where
    the values are no numbers or dates.
    """

    total_variation: float
    kolmogorov_smirnov: float | None
    wasserstein: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return the distances as plain values."""
        return asdict(self)


def distribution(table: pl.LazyFrame, column: str) -> pl.DataFrame:
    """Return each different value of a column, as text, with its share of the rows."""
    counts = (
        table.group_by(pl.col(column).cast(pl.String).alias(VALUE))
        .agg(pl.len().cast(pl.Int64).alias(SHARE))
        .sort(VALUE)
        .collect(engine="streaming")
    )
    return counts.with_columns(pl.col(SHARE) / pl.col(SHARE).sum())


def spread(labels: pl.DataFrame, hierarchy: Hierarchy) -> pl.DataFrame:
    """Share each label's rows out evenly among the values that it stands for.

    This is what a reader of the labels can say about the values. Labels that the hierarchy does
    not have stay as they are.
    """
    under: dict[str, list[str]] = {}
    for row in hierarchy.rows:
        for label in set(row):
            under.setdefault(label, []).append(row[0])
    shares: dict[str | None, float] = {}
    for label, share in labels.select(VALUE, SHARE).iter_rows():
        leaves = under.get(label, [label])
        for leaf in leaves:
            shares[leaf] = shares.get(leaf, 0.0) + share / len(leaves)
    return pl.DataFrame(
        {VALUE: list(shares), SHARE: list(shares.values())},
        schema={VALUE: pl.String, SHARE: pl.Float64},
    )


def distances(before: pl.DataFrame, after: pl.DataFrame, dtype: pl.DataType) -> Distances:
    """Compare two distributions; `dtype` is the type of the values before."""
    joined = (
        before.join(after, on=VALUE, how="full", coalesce=True, nulls_equal=True)
        .sort(VALUE)
        .select(
            VALUE,
            pl.col(SHARE).fill_null(0.0),
            pl.col(f"{SHARE}_right").fill_null(0.0).alias("then"),
        )
    )
    variation = float(joined.select((pl.col(SHARE) - pl.col("then")).abs().sum() / 2).item())
    placed = joined.select(_place(dtype), SHARE, "then").filter(pl.col("place").is_finite())
    values = joined.filter(pl.col(VALUE).is_not_null()).height
    if not dtype.is_numeric() and not dtype.is_temporal():
        return Distances(min(1.0, variation), None, None)
    if not values or placed.height < values:
        return Distances(min(1.0, variation), None, None)
    ordered = placed.sort("place")
    first, then = (ordered[name].to_numpy() for name in (SHARE, "then"))
    if not first.sum() or not then.sum():
        return Distances(min(1.0, variation), None, None)
    gaps = np.abs(np.cumsum(first / first.sum()) - np.cumsum(then / then.sum()))
    places = ordered["place"].to_numpy()
    measured = places[first > 0]
    extent = float(measured.max() - measured.min())
    moved = float((gaps[:-1] * np.diff(places)).sum())
    return Distances(
        min(1.0, variation),
        min(1.0, float(gaps.max())),
        moved / extent if extent else (0.0 if not moved else None),
    )


def label_loss(labels: pl.DataFrame, hierarchy: Hierarchy) -> float:
    """Return the mean loss of a column's rows, from 0 to 1.

    A label that the hierarchy does not have, or a null that was there before, counts as kept.
    """
    known: Mapping[str, float] = hierarchy.losses
    return float(
        sum(share * known.get(label, 0.0) for label, share in labels.select(VALUE, SHARE).rows())
    )


def _place(dtype: pl.DataType) -> pl.Expr:
    text = pl.col(VALUE)
    if dtype.is_temporal():
        moment: pl.Expr = (
            text.str.to_time(strict=False)
            if dtype == pl.Time
            else (
                text.str.to_date(strict=False)
                if dtype == pl.Date
                else text.str.to_datetime(strict=False)
            )
        )
        return moment.to_physical().cast(pl.Float64).alias("place")
    return text.cast(pl.Float64, strict=False).alias("place")

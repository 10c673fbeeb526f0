"""Measure how far the sensitive values of a class lie from those of the whole table."""

import polars as pl


def ordinary_distance(cells: pl.LazyFrame, keys: list[str], private: str, count: str) -> float:
    """Answer the greatest distance of a class, from 0 to 1, all different values equally far.

    `cells` holds the count of each (class, sensitive value). The earth mover's distance with equal
    ground distance is half the sum of absolute differences (Li, Li and Venkatasubramanian, 2007,
    section 3.1); over the values that a class lacks the sum is what the others leave of 1.
    """
    whole = cells.group_by(private).agg(pl.col(count).sum().alias("whole"))
    whole = whole.with_columns(pl.col("whole") / pl.col("whole").sum())
    sizes = cells.group_by(keys).agg(pl.col(count).sum().alias("size"))
    shares = (
        cells.join(sizes, on=keys, nulls_equal=True)
        .join(whole, on=private, nulls_equal=True)
        .with_columns((pl.col(count) / pl.col("size")).alias("share"))
    )
    distances = shares.group_by(keys).agg(
        (((pl.col("share") - pl.col("whole")).abs().sum() + 1 - pl.col("whole").sum()) / 2).alias(
            "distance"
        )
    )
    farthest = distances.select(pl.col("distance").max().fill_null(0.0))
    return float(farthest.collect(engine="streaming").item())

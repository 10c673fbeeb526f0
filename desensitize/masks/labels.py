"""Cast the labels of a column to the narrowest type that holds them all."""

from collections.abc import Iterable

import polars as pl


def type_of_labels(labels: Iterable[str], dtype: pl.DataType) -> pl.DataType:
    """Return a number's or date's type where the column has one and all labels are of it.

    Else they stay text, as does what would read back otherwise than it is written, so that each
    label is still found in its hierarchy.
    """
    written = pl.Series("", sorted(set(labels)), dtype=pl.String).to_frame()
    kinds: tuple[pl.DataType, ...] = ()
    if dtype.is_numeric():
        kinds = (pl.Int64(), pl.Float64())
    elif dtype == pl.Date:
        kinds = (pl.Date(),)
    for kind in kinds:
        read = written.select(typed_labels(pl.col(""), kind).cast(pl.String))
        if len(written) and read.equals(written):
            return kind
    return pl.String()


def typed_labels(labels: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Return labels as values of a type; null where one is none, such as “*” among numbers."""
    if kind == pl.Date:
        return labels.str.to_date("%Y-%m-%d", strict=False)
    return labels.cast(kind, strict=False)

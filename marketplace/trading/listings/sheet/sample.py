"""The sample rows of a sheet as a file."""

import io
from collections.abc import Mapping
from typing import Any

import polars as pl

from marketplace.catalog.dataset.choices import ColumnType


def sample_parquet(sheet: Mapping[str, Any]) -> bytes:
    """Return the sample rows of a frozen sheet as Parquet."""
    sample = sheet["sample"]
    kinds = {column["name"]: column["dtype"] for column in sheet["columns"]}
    names = sample["columns"]
    table = pl.DataFrame(sample["rows"], schema=dict.fromkeys(names, pl.String), orient="row")
    buffer = io.BytesIO()
    table.select(_typed(name, kinds.get(name, "")) for name in names).write_parquet(buffer)
    return buffer.getvalue()


def _typed(name: str, kind: str) -> pl.Expr:
    """Read a column of texts back; what is exact or has a zone stays a text."""
    text = pl.col(name)
    if kind == ColumnType.INTEGER:
        return text.cast(pl.Int64, strict=False)
    if kind == ColumnType.FLOAT:
        return text.cast(pl.Float64, strict=False)
    return text.str.to_date("%Y-%m-%d", strict=False) if kind == ColumnType.DATE else text

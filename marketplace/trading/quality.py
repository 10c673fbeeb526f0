"""What is measured of the quality of the bytes to deliver, by characteristics of GB/T 36344-2018.

Counted on the stored file itself, never estimated. Accuracy and accessibility cannot be counted
without an outside reference or a buyer, so nothing is said of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow.parquet as pq
from django.utils import timezone

from desensitize.tables import type_name
from marketplace.catalog.models import Column, DatasetVersion
from marketplace.vault.services.files import open_stored


def measured_quality(
    version: DatasetVersion, columns: Sequence[Column]
) -> tuple[dict[str, Any], dict[str, float]]:
    """Answer the quality of a version for its sheet, and the filled share of each column.

    `dimensions` holds what was counted, as `passed` of `total`, or the `day` that matters.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        rows, names = table.metadata.num_rows, table.schema_arrow.names
        nulls = {name: _nulls(table, position) for position, name in enumerate(names)}
        schema = pl.Schema(table.schema_arrow)
    filled = {name: 1 - count / rows if rows else 0.0 for name, count in nulls.items()}
    explained = sum(bool(column.meaning) for column in columns)
    as_described = sum(
        column.name in schema and type_name(schema[column.name]) == column.dtype
        for column in columns
    )
    cells = rows * len(nulls)
    quality = {
        "filled": _mean(list(filled.values())),
        "explained": _mean([1.0 if column.meaning else 0.0 for column in columns]),
        "complete_columns": sum(share == 1.0 for share in filled.values()),
        "dimensions": [
            {"code": "completeness", "passed": cells - sum(nulls.values()), "total": cells},
            {"code": "normativity", "passed": explained, "total": len(columns)},
            {"code": "consistency", "passed": as_described, "total": len(columns)},
            {
                "code": "timeliness",
                "day": timezone.localdate(version.source.created_at).isoformat(),
            },
        ],
    }
    return quality, filled


def _nulls(table: pq.ParquetFile, position: int) -> int:
    """Count the empty cells of a column: from the footer, else by reading the column."""
    count = 0
    for number in range(table.num_row_groups):
        statistics = table.metadata.row_group(number).column(position).statistics
        if statistics is not None and statistics.has_null_count:
            count += statistics.null_count
        else:
            name = table.schema_arrow.names[position]
            count += table.read_row_group(number, columns=[name]).column(0).null_count
    return count


def _mean(shares: list[float]) -> float:
    return float(round(Decimal(sum(shares)) / len(shares), 6)) if shares else 0.0

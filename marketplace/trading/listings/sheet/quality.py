"""What is measured of the quality of the bytes to deliver, by characteristics of GB/T 36344-2018.

Counted on the stored file itself, never estimated. Accuracy and accessibility cannot be counted
without an outside reference or a buyer, so nothing is said of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from desensitize.risk.completeness import unknown_cells
from desensitize.tables import type_name
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.preparation.column.selectors import codes_of, missing_codes
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.vault.services import open_stored

TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)


def measured_quality(
    version: DatasetVersion, columns: Sequence[Column]
) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the quality of a version for its sheet, and the filled share of each column.

    `dimensions` holds what was counted, as `passed` of `total`, or the `day` that matters. Filled
    is a cell that says something: neither a code for what is not known, nor what a mask left the
    same in every row.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    policy, described = policy_that_made(version), {column.name: column for column in columns}
    same = () if policy is None else policy.one_value
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        rows, names = table.metadata.num_rows, table.schema_arrow.names
        empty = {
            # What says the same in every row fills a cell with nothing.
            name: rows if name in same else _empty(table, name, described.get(name))
            for name in names
        }
        schema = pl.Schema(table.schema_arrow)
    filled = {name: 1 - count / rows if rows else 0.0 for name, count in empty.items()}
    explained = sum(bool(column.meaning) for column in columns)
    as_described = sum(
        column.name in schema and type_name(schema[column.name]) == column.dtype
        for column in columns
    )
    cells = rows * len(empty)
    quality = {
        "filled": _mean(list(filled.values())),
        "explained": _mean([1.0 if column.meaning else 0.0 for column in columns]),
        "complete_columns": sum(share == 1.0 for share in filled.values()),
        "dimensions": [
            {"code": "completeness", "passed": cells - sum(empty.values()), "total": cells},
            {"code": "normativity", "passed": explained, "total": len(columns)},
            {"code": "consistency", "passed": as_described, "total": len(columns)},
            {
                "code": "timeliness",
                "day": timezone.localdate(version.source.created_at).isoformat(),
            },
        ],
    }
    return quality, filled


def _empty(table: pq.ParquetFile, name: str, column: Column | None) -> int:
    """Count the cells of a column that say nothing: empty ones, and codes for what is not known."""
    position = table.schema_arrow.names.index(name)
    codes = {} if column is None else codes_of(column)
    missing = () if column is None else missing_codes(column)
    kind = table.schema_arrow.field(position).type
    if not missing and not (any(is_text(kind) for is_text in TEXTS)):
        return _nulls(table, position)
    count = 0
    for number in range(table.num_row_groups):
        values = pl.Series(name, table.read_row_group(number, columns=[name]).column(0))
        count += unknown_cells(values, missing=missing, known=codes.keys() - set(missing))
    return count


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

"""What is measured of the quality of the bytes to deliver, by characteristics of GB/T 36344-2018.

Counted on the stored file itself, never estimated. Accessibility cannot be counted without a
buyer, so nothing is said of it.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils import timezone

from desensitize.policy import Policy
from desensitize.risk.completeness import unknown_cells
from marketplace.catalog.quality.models import QualityResult, RuleReason
from marketplace.catalog.quality.selectors import characteristics_of, newest_check, results_of
from marketplace.catalog.version.code_lists import codes_of, missing_codes
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.preparation.report.selectors import report_of, without_detail
from marketplace.vault.services import open_stored

NO_RULES: dict[str, Any] = {"digest": "", "number": 0, "of": []}


TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)


def measured_quality(
    version: DatasetVersion, columns: Sequence[Column]
) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the quality of a version for its sheet, and the filled share of each column.

    `dimensions` holds what was counted, as `passed` of `total`: completeness of every cell, the
    others by the rules of the dataset (see `catalog.quality`), which stand in `rules`. Filled is a
    cell that says something: neither a code for what is not known, nor what a mask left the
    same in every row.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    policy, described = policy_that_made(version), {column.name: column for column in columns}
    same = _same_everywhere(version, policy)
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        rows, names = table.metadata.num_rows, table.schema_arrow.names
        pairs = {} if policy is None else _pairs(policy, names)
        empty = {
            # What says the same in every row fills a cell with nothing.
            name: rows if name in same else _silent(table, name, described.get(name), pairs)
            for name in names
        }
    filled = {name: 1 - count / rows if rows else 0.0 for name, count in empty.items()}
    cells = rows * len(empty)
    quality = {
        "filled": _mean(list(filled.values())),
        "explained": _mean([1.0 if column.meaning else 0.0 for column in columns]),
        "complete_columns": sum(share == 1.0 for share in filled.values()),
        "dimensions": [
            {"code": "completeness", "passed": cells - sum(empty.values()), "total": cells},
            *_characteristics(version),
        ],
        "received": timezone.localdate(version.source.created_at).isoformat(),
        "rules": _rules(version),
    }
    return quality, filled


def _same_everywhere(version: DatasetVersion, policy: Policy | None) -> frozenset[str]:
    """Name the columns that a mask, or the search for levels, left the same in every row."""
    if policy is None:
        return frozenset()
    report = report_of(version.pk)
    gone = () if report is None else without_detail(report)
    return frozenset(policy.one_value).union(*(policy.rule(one).released_as for one in gone))


def quality_of_model(columns: Sequence[Column]) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the quality of a model for its sheet: it has no cells, only explained columns."""
    explained = _mean([1.0 if column.meaning else 0.0 for column in columns])
    return {"explained": explained, "dimensions": [], "rules": NO_RULES}, {}


def _characteristics(version: DatasetVersion) -> list[dict[str, Any]]:
    """Return what the rules measured besides completeness, which every cell is counted for."""
    check = newest_check(version)
    found = characteristics_of(check) if check is not None else []
    return [
        {"code": one.code, "passed": one.passed, "total": one.total}
        for one in found
        if one.code != "completeness"
    ]


def _rules(version: DatasetVersion) -> dict[str, Any]:
    """Return the rules that the version was asked, with what each found, for strangers to read.

    Of a column that is left out nothing is said, of a masked one not what its rule asks: that is
    about values which nobody gets. Rows that fail are the holder's alone.
    """
    check = newest_check(version)
    if check is None:
        return NO_RULES
    results = [one for one in results_of(check) if one.reason != RuleReason.NOT_DELIVERED]
    return {
        "digest": check.rules_digest,
        "number": check.rules.number,
        "of": [_public(result) for result in results],
    }


def _public(result: QualityResult) -> dict[str, Any]:
    rule = dict(result.rule)
    if result.reason == RuleReason.MASKED:
        rule["parameters"] = {}
    elif rule["kind"] == "exists":
        # Which other dataset it is, is no business of a stranger.
        rule["parameters"] = {"dataset": "-", "column": "-"}
    return {
        "key": result.key,
        "rule": rule,
        "outcome": result.outcome,
        "reason": result.reason,
        "checked": result.checked,
        "failing": result.failing,
    }


def _pairs(policy: Policy, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return for each column that is one end of intervals both ends, where both are there."""
    pairs = {name: policy.released_rule(name).released_as for name in policy.ends}
    return {name: pair for name, pair in pairs.items() if {*pair}.issubset(names)}


def _silent(
    table: pq.ParquetFile,
    name: str,
    column: Column | None,
    pairs: Mapping[str, tuple[str, ...]],
) -> int:
    """Count the cells of a column that say nothing; an interval without one end says something."""
    if name not in pairs:
        return _empty(table, name, column)
    count = 0
    for number in range(table.num_row_groups):
        ends = table.read_row_group(number, columns=[*pairs[name]])
        low, high = (pc.is_null(ends.column(end)) for end in pairs[name])
        count += pc.sum(pc.and_(low, high)).as_py() or 0
    return count


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

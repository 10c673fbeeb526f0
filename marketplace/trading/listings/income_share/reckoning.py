"""Reckon what each source of data brings: its Shapley value by the records that it covers."""

import hashlib
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from marketplace.catalog.version.models import DatasetVersion
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.listings.income_share.models import FINEST
from marketplace.vault.services import open_stored
from valuation.shapley import coverage_game, exact_shapley

RECORD, SOURCES, COUNT = "record", "sources", "count"


def read_sources(version: DatasetVersion, source: str, key: str) -> pl.DataFrame:
    """Read from the written bytes of a version who each row came from, and which record it is."""
    columns = list(dict.fromkeys(name for name in (source, key) if name))
    with open_stored(version.file) as stored:
        table = pl.from_arrow(pq.read_table(pa.PythonFile(stored), columns=columns))
    assert isinstance(table, pl.DataFrame)
    return table


def values_of(
    table: pl.DataFrame, *, source: str, key: str, names: Sequence[str]
) -> tuple[Fraction, ...]:
    """Return the Shapley value of each source, in records.

    A coalition is worth the records that it covers: rows with one value of `key` are one record,
    and without a key each row is. What one source alone has is its own; what several have is shared
    among them. Rows of other sources, and those without a key, count for nobody.
    """
    record = pl.int_range(pl.len()).cast(pl.String) if not key else pl.col(key).cast(pl.String)
    rows = table.select(pl.col(source).cast(pl.String), record.alias(RECORD))
    rows = rows.filter(pl.col(source).is_in(list(names)) & pl.col(RECORD).is_not_null())
    covered = rows.group_by(RECORD).agg(pl.col(source).unique().sort().alias(SOURCES))
    alike = covered.group_by(SOURCES).agg(pl.len().alias(COUNT)).sort(COUNT)
    held = [(set(one[SOURCES]), Fraction(one[COUNT])) for one in alike.to_dicts()]
    covers = [[str(place) for place, (who, _n) in enumerate(held) if name in who] for name in names]
    game = coverage_game(
        covers, {str(place): n for place, (_who, n) in enumerate(held)}, Fraction(0)
    )
    return exact_shapley([game(one) for one in range(1 << len(names))], len(names))


def rates_of(values: Sequence[Fraction], percent: Decimal) -> list[Decimal]:
    """Divide a percentage of the income in proportion to values, rounded down to a millionth."""
    whole = sum(values, Fraction(0))
    parts = [Fraction(percent) / 100 * value / whole for value in values]
    return [
        (Decimal(one.numerator) / Decimal(one.denominator)).quantize(FINEST, rounding=ROUND_DOWN)
        for one in parts
    ]


def digest_of(reckoning: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of how shares came about."""
    return hashlib.sha256(canonical_bytes(reckoning)).hexdigest()

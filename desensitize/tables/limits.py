"""What one uploaded table may cost, and what is known of it once it is read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bound the reading of one file: sizes in bytes, time in seconds of wall clock."""

    max_bytes: int = 512 * 1024**2
    max_rows: int = 20_000_000
    max_columns: int = 500
    max_memory_bytes: int = 1024**3
    max_seconds: float = 300.0


@dataclass(frozen=True)
class ColumnInfo:
    """Name a column and its type: text, integer, decimal, float, boolean, date, …"""

    name: str
    dtype: str


@dataclass(frozen=True)
class TableInfo:
    """Describe a converted table; `sha256` and `bytes` are of the written Parquet file.

    `encoding` is that of the text that was read, None for Parquet.
    """

    rows: int
    columns: tuple[ColumnInfo, ...]
    encoding: str | None
    sha256: str
    bytes: int

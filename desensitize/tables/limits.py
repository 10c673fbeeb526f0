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
class FileForm:
    """Tell in what form a table came; a word is "" where it does not apply.

    `kind` is csv, xlsx or parquet; `compression` gzip, zip, zstd, bzip2 or xz. `sheet` is the one
    that was read of `sheets`; `error_cells` of it (#N/A, #REF! and so on) were read as empty.
    """

    kind: str
    compression: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: int = 0
    error_cells: int = 0


@dataclass(frozen=True)
class TableInfo:
    """Describe a converted table; `sha256` and `bytes` are of the written Parquet file.

    `form` is that of the file that was read, None when the library wrote it itself.
    """

    rows: int
    columns: tuple[ColumnInfo, ...]
    sha256: str
    bytes: int
    form: FileForm | None = None

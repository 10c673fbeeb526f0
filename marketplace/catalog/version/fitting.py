"""Tell what the values of two tables say of columns that differ. Pure: no models.

A column that is missing and a new one may be the same under another name; of a column that changed
its type, some rows show why.
"""

from collections.abc import Callable, Mapping, Sequence
from io import IOBase
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.quality.cells import is_of_type

LOOKED_ROWS = 20_000
"""So many rows of each table are looked at to tell whether a column was renamed."""
SEARCHED_ROWS = 200_000
"""Among so many rows those are searched that do not read as the former type."""
NAMED_ROWS = 5
BATCH_ROWS = 65_536
LEAST_SHARED = 0.5
"""So many of the new cells stood in the former column."""
LEAST_ALIKE = 0.9
"""So many of the new cells have a form that stood there, as two letters and six digits have."""
DAYS_APART = 366

File = Path | BinaryIO | IOBase


def renamed_columns(
    before: File, after: File, *, missing: Sequence[str], new: Sequence[str]
) -> dict[str, str]:
    """Return by the name of a new column that of the missing one whose values it goes on with.

    Both are of one kind, and each fits the other best; where two fit alike, nothing is said.
    """
    if not missing or not new:
        return {}
    olds, news = _cells(before, missing), _cells(after, new)
    fits = {(name, former): _fit(olds[former], news[name]) for name in news for former in olds}
    best_of_new = {name: _best({f: fits[name, f] for f in olds}) for name in news}
    best_of_old = {former: _best({n: fits[n, former] for n in news}) for former in olds}
    return {
        name: former
        for name, former in best_of_new.items()
        if former is not None and best_of_old[former] == name
    }


def unread_rows(table: File, name: str, rule_type: str) -> tuple[int, ...]:
    """Return the first rows whose value in a column does not read as a type, counted from 1.

    `rule_type` is one of the quality rule `type`. A code for what is not known reads as no type.
    """
    found: list[int] = []
    start = 0
    with _opened(table) as parquet:
        for batch in parquet.iter_batches(BATCH_ROWS, columns=[name]):
            cells = _table_of(batch)[name]
            failing = cells.is_not_null() & ~is_of_type(cells, rule_type).fill_null(False)
            found += [start + int(place) + 1 for place in failing.arg_true().head(NAMED_ROWS)]
            start += len(cells)
            if len(found) >= NAMED_ROWS or start >= SEARCHED_ROWS:
                break
    return tuple(found[:NAMED_ROWS])


def _opened(file: File) -> pq.ParquetFile:
    if isinstance(file, Path):
        return pq.ParquetFile(file)
    file.seek(0)
    return pq.ParquetFile(pa.PythonFile(file, mode="r"))


def _table_of(batch: pa.RecordBatch) -> pl.DataFrame:
    table = pl.from_arrow(pa.Table.from_batches([batch]))
    assert isinstance(table, pl.DataFrame)
    return table.with_columns(pl.col(pl.Categorical).cast(pl.String))


def _cells(file: File, names: Sequence[str]) -> dict[str, pl.Series]:
    """Return the filled cells of some columns, among the first rows."""
    with _opened(file) as parquet:
        batch = next(parquet.iter_batches(LOOKED_ROWS, columns=list(names)), None)
    if batch is None:
        return {}
    table = _table_of(batch)
    return {name: table[name].drop_nulls() for name in names}


def _best(fits: Mapping[str, float]) -> str | None:
    """Return what fits best, None where nothing fits or two fit alike."""
    ranked = sorted(fits, key=lambda name: fits[name], reverse=True)
    if not ranked or not fits[ranked[0]]:
        return None
    is_alone = len(ranked) == 1 or fits[ranked[1]] < fits[ranked[0]]
    return ranked[0] if is_alone else None


def _fit(old: pl.Series, new: pl.Series) -> float:
    """Return from 0 to 1 how well the cells of a column go on with those of another."""
    kinds = _kind(old), _kind(new)
    if kinds[0] != kinds[1] or not len(old) or not len(new):
        return 0.0
    return FITS[kinds[0]](old, new)


def _kind(cells: pl.Series) -> str:
    if cells.dtype.is_numeric():
        return "number"
    if cells.dtype in (pl.Date, pl.Datetime):
        return "day"
    if cells.dtype == pl.Time:
        return "time"
    return "boolean" if cells.dtype == pl.Boolean else "text"


def _of_numbers(old: pl.Series, new: pl.Series) -> float:
    """Compare where the middle halves lie: single numbers far out change nothing."""
    (low, high), (lower, higher) = (
        (_quantile(cells, 0.25), _quantile(cells, 0.75)) for cells in (old, new)
    )
    common = min(high, higher) - max(low, lower)
    whole = max(high, higher) - min(low, lower)
    if common < 0:
        return 0.0
    return max(common / whole, 0.01) if whole else 1.0


def _quantile(cells: pl.Series, share: float) -> float:
    found = cells.cast(pl.Float64).quantile(share, "nearest")
    return float(found) if found is not None else 0.0


def _of_days(old: pl.Series, new: pl.Series) -> float:
    """Days go on: those that are new lie near the former ones."""
    ends = [
        cells.cast(pl.Date).to_physical().cast(pl.Float64).quantile(share)
        for cells in (old, new)
        for share in (0.0, 1.0)
    ]
    low, high, lower, higher = (float(end) if end is not None else 0.0 for end in ends)
    apart = max(lower - high, low - higher, 0.0)
    return 1 - apart / (2 * DAYS_APART) if apart <= DAYS_APART else 0.0


def _of_texts(old: pl.Series, new: pl.Series) -> float:
    """Compare values, and forms that say more than that there are words."""
    shared = _share(new, old)
    if shared >= LEAST_SHARED:
        return shared
    told = [_forms(cells) for cells in (old, new)]
    says_something = told[1].str.contains(r"[^a ]").mean()
    alike = _share(told[1], told[0])
    is_alike = isinstance(says_something, float) and says_something >= LEAST_ALIKE
    return alike / 2 if is_alike and alike >= LEAST_ALIKE else 0.0


def _share(cells: pl.Series, known: pl.Series) -> float:
    found = cells.is_in(known.unique().implode()).mean()
    return float(found) if isinstance(found, int | float) else 0.0


def _forms(cells: pl.Series) -> pl.Series:
    """Write 9 for each digit, and a for each run of letters."""
    digits = cells.cast(pl.String).str.strip_chars().str.replace_all(r"\d", "9")
    return digits.str.replace_all(r"\p{L}+", "a").str.replace_all(r"\s+", " ")


FITS: Mapping[str, Callable[[pl.Series, pl.Series], float]] = {
    "number": _of_numbers,
    "day": _of_days,
    "time": lambda _old, _new: 0.5,
    "boolean": lambda _old, _new: 0.5,
    "text": _of_texts,
}

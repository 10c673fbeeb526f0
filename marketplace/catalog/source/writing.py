"""Write streamed rows as clean Parquet, a batch at a time."""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desensitize.errors import TableError
from desensitize.tables import Limits
from desensitize.tables.header import checked_names
from marketplace.catalog.source.drivers.contract import Row, SourceColumn
from marketplace.catalog.source.drivers.errors import SourceError

BATCH_ROWS = 8_192
BATCH_BYTES = 16 * 1024**2
WORDS = {"t": "true", "f": "false"}


@dataclass(frozen=True)
class Drawn:
    """What was written: `blanked` counts the values that no calendar or number can say."""

    rows: int
    blanked: int


def refuse_unfit(columns: Sequence[SourceColumn], limits: Limits) -> None:
    """Refuse columns that no table here can hold, by the rules for uploads.

    Raises:
        TableError: as for an upload; `nested-column` and `unsupported-column-type` name one.
    """
    checked_names([column.name for column in columns], limits)
    for column in columns:
        if column.kind is None:
            shown = {"type": column.type} if column.refusal == "unsupported-column-type" else {}
            raise TableError(column.refusal, column=column.name, **shown)


def write_rows(
    rows: Iterable[Row],
    columns: Sequence[SourceColumn],
    target: Path,
    *,
    limits: Limits,
    progress: Callable[[int], None],
    may_be_empty: bool = False,
) -> Drawn:
    """Write the rows into a Parquet file; `progress` is told how many there are so far.

    Raises:
        SourceError: `no-rows` or `timed-out`.
        TableError: there are too many rows or bytes.
    """
    names = checked_names([column.name for column in columns], limits)
    schema = pa.schema([(name, column.kind) for name, column in zip(names, columns, strict=True)])
    deadline = time.monotonic() + limits.max_seconds
    count = blanked = 0
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in _batches(rows, limits):
            count += len(batch)
            if count > limits.max_rows:
                raise TableError("too-many-rows", limit=limits.max_rows)
            if time.monotonic() > deadline:
                raise SourceError("timed-out")
            arrays = []
            for field, texts in zip(schema, zip(*batch, strict=True), strict=True):
                array, lost = typed(texts, field.type)
                arrays.append(array)
                blanked += lost
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            progress(count)
    if count == 0 and not may_be_empty:
        raise SourceError("no-rows")
    return Drawn(count, blanked)


def typed(texts: Sequence[str | None], kind: pa.DataType) -> tuple[pa.Array, int]:
    """Give texts their type; a value that it cannot say becomes empty and is counted.

    Such are zero dates, dates before the year 1 and `infinity`, and NaN among decimals.
    """
    array = pa.array(texts, pa.string())
    if kind == pa.string():
        return array, 0
    if pa.types.is_boolean(kind):
        array = pa.array([WORDS.get(text, text) if text else None for text in texts], pa.string())
    if pa.types.is_timestamp(kind) and kind.tz:
        # Arrow wants a zone in each text; the session's is UTC.
        array = pc.replace_substring_regex(array, r"\+00(:00)?$", "")
        array = pc.binary_join_element_wise(array, "Z", "")
    if pa.types.is_time(kind):
        # Arrow reads no time of day without a day.
        array = pc.binary_join_element_wise("1970-01-01", array, " ")
    try:
        return _cast(array, kind), 0
    except pa.ArrowInvalid:
        values = [_one(text, kind) for text in array.to_pylist()]
        lost = sum(
            value is None and text is not None for value, text in zip(values, texts, strict=True)
        )
        return pa.array(values, kind), lost


def _cast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_time(kind):
        array = pc.cast(array, pa.timestamp("us"))
    return pc.cast(array, kind)


def _one(text: str | None, kind: pa.DataType) -> object:
    if text is None:
        return None
    if pa.types.is_floating(kind):
        return _float(text)
    try:
        return _cast(pa.array([text], pa.string()), kind)[0].as_py()
    except (pa.ArrowInvalid, OverflowError, ValueError):
        return None


def _float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) or text.strip("+-").lower() in _ENDLESS else None


_ENDLESS = frozenset({"nan", "infinity", "inf"})


def _batches(rows: Iterable[Row], limits: Limits) -> Iterator[list[Row]]:
    batch: list[Row] = []
    held = received = 0
    for row in rows:
        batch.append(row)
        held += sum(len(text) for text in row if text)
        if len(batch) >= BATCH_ROWS or held >= BATCH_BYTES:
            received += held
            if received > limits.max_bytes:
                raise TableError("result-too-large", limit=limits.max_bytes)
            yield batch
            batch, held = [], 0
    if batch:
        yield batch

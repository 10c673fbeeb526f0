"""Check quickly whether a CSV file is so plain that polars can scan it as it is.

What is not plain may still be right, or wrong in a way that has a sentence: `CsvRows` tells.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from desensitize.errors import TableError
from desensitize.tables.csv_rows import separator_of
from desensitize.tables.header import checked_names
from desensitize.tables.limits import Limits

CHUNK_BYTES = 256 * 1024
# Longer lines may hold longer fields than are read.
LONGEST_BYTES = 64 * 1024
MARK = b"\xef\xbb\xbf"
FEED, RETURN, QUOTE = 10, 13, 34


@dataclass(frozen=True)
class PlainCsv:
    """A CSV file whose records all have as many fields as its header, with rightly set quotes."""

    path: Path
    names: tuple[str, ...]
    separator: str
    rows: int
    is_quoted: bool

    def scan(self) -> pl.LazyFrame:
        """Scan the rows as text, with null for each empty field.

        Collecting raises `polars.exceptions.ComputeError` when a byte is not UTF-8.
        """
        table = pl.scan_csv(
            self.path,
            has_header=False,
            skip_lines=1,
            separator=self.separator,
            quote_char='"' if self.is_quoted else None,
            schema=dict.fromkeys(self.names, pl.String),
            # A quoted empty field is not one of these.
            empty_string_is_null=not self.is_quoted,
            glob=False,
        )
        if not self.is_quoted:
            return table
        return table.with_columns(
            pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in self.names
        )


def plain_csv(path: Path, limits: Limits, separator: str = "") -> PlainCsv | None:
    """Return a CSV file in UTF-8 that polars reads exactly as the strict reader does, else None.

    Reads the whole file once, at several hundred megabytes a second.

    Raises:
        TableError: `too-many-rows`, or what is wrong with the names of the header.
    """
    with path.open("rb") as file:
        first = file.readline(LONGEST_BYTES)
        header = first.removeprefix(MARK)
        if not header.isascii():
            try:
                header.decode("utf-8")
            except UnicodeDecodeError:
                return None
        text = header.decode("utf-8").removesuffix("\n").removesuffix("\r")
        if not first.endswith(b"\n") or not text or set(text) & {"\0", "\r"}:
            return None
        separator = separator or separator_of(text)
        try:
            [fields] = csv.reader([text], delimiter=separator, strict=True)
        except csv.Error:
            return None
        if not _plain_records(header, ord(separator), len(fields)):
            return None
        names = checked_names(fields, limits)
        rows = 0
        is_quoted = False
        for chunk in _records(iter(lambda: file.read(CHUNK_BYTES), b"")):
            found = 0 if chunk is None else _plain_records(chunk, ord(separator), len(names))
            if chunk is None or not found:
                return None
            rows += found
            is_quoted = is_quoted or QUOTE in chunk
            if rows > limits.max_rows:
                raise TableError("too-many-rows", limit=limits.max_rows)
    return PlainCsv(path, names, separator, rows, is_quoted)


def _records(blocks: Iterator[bytes]) -> Iterator[bytes | None]:
    # Cut the file behind line ends that are outside quotes; None where that cannot be done.
    rest = b""
    for block in blocks:
        chunk = rest + block
        cut = _last_end(chunk)
        chunk, rest = chunk[:cut], chunk[cut:]
        if len(rest) > LONGEST_BYTES:
            yield None
            return
        if chunk:
            yield chunk
    if rest:
        rest += b"\n"
        yield rest if _last_end(rest) == len(rest) else None


def _last_end(chunk: bytes) -> int:
    if QUOTE not in chunk:
        return chunk.rfind(b"\n") + 1
    ends, _ = _outside(chunk, FEED)
    return int(ends[-1]) + 1 if ends.size else 0


def _outside(chunk: bytes, *wanted: int) -> tuple[np.ndarray, np.ndarray]:
    # Places and values of the wanted bytes that stand outside quotes.
    values = np.frombuffer(chunk, np.uint8)
    mask = values == QUOTE
    for byte in wanted:
        mask |= values == byte
    places = np.flatnonzero(mask)
    found = values[places]
    quotes = found == QUOTE
    outside = ~(np.logical_xor.accumulate(quotes) | quotes)
    return places[outside], found[outside]


def _plain_records(chunk: bytes, separator: int, width: int) -> int:
    # How many records of the right width a chunk holds, 0 if it holds anything else.
    if 0 in chunk or not _has_short_lines(chunk):
        return 0
    if RETURN in chunk and not _has_plain_returns(chunk):
        return 0
    if QUOTE in chunk:
        if not _has_plain_quotes(chunk, separator):
            return 0
        marks = _outside(chunk, separator, FEED)[1].tobytes()
    else:
        others = bytes(byte for byte in range(256) if byte not in (separator, FEED))
        marks = chunk.translate(None, others)
    record = bytes([separator]) * (width - 1) + b"\n"
    records = len(marks) // len(record)
    return records if marks == record * records else 0


def _has_short_lines(chunk: bytes) -> bool:
    starts = range(0, len(chunk), LONGEST_BYTES)
    return all(chunk.find(b"\n", start, start + LONGEST_BYTES) >= 0 for start in starts)


def _has_plain_returns(chunk: bytes) -> bool:
    values = np.frombuffer(chunk, np.uint8)
    returns = np.flatnonzero(values == RETURN)
    if not (values[returns + 1] == FEED).all():
        return False
    quotes = np.flatnonzero(values == QUOTE)
    return bool((np.searchsorted(quotes, returns) % 2 == 0).all())


def _has_plain_quotes(chunk: bytes, separator: int) -> bool:
    values = np.frombuffer(chunk, np.uint8)
    quotes = np.flatnonzero(values == QUOTE)
    opening, closing = quotes[0::2], quotes[1::2]
    if opening.size != closing.size:
        return False
    before = np.where(opening == 0, FEED, values[opening - 1])
    after = values[closing + 1]
    # A return is followed by a line feed here.
    return bool(
        np.isin(before, (separator, FEED, QUOTE)).all()
        and np.isin(after, (separator, FEED, RETURN, QUOTE)).all()
    )

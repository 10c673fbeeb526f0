"""Find the rows of one person by keyed codes of what identifies them, and write tables without.

Codes are AES-CMAC (NIST SP 800-38B) of a normal form under a key of the caller's: nobody without
the key can tell from a code whose it is, and no value has to be kept in clear to find it again.
A row is a person's where a whole cell of it has one of their codes; what stands inside a longer
text is not found.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.crypto import aes_cmac

BATCH_ROWS = 65_536
SHORTEST = 5
"""So many signs of its normal form an identifier has at least: shorter ones are of many people."""
BETWEEN = r"[\s\p{Cf}\p{Pd}()]+"
"""What people write between the digits of a number: it does not tell numbers apart."""
MOBILE = r"^(?:\+|00)?86(1\d{10})$"
"""A mobile number of mainland China with its country code, which many tables leave out."""


def is_identifier(text: str) -> bool:
    """Return whether a text can tell one person from others."""
    return len(_normal(pl.Series([text]))[0]) >= SHORTEST


def code_of(identifier: str, key: bytes) -> str:
    """Return the code of an identifier: 32 hexadecimal digits. The key has 16, 24 or 32 bytes."""
    code: str = aes_cmac(_normal(pl.Series([identifier])), key)[0]
    return code


def count_rows(source: Path, codes: Collection[str], key: bytes) -> int:
    """Return how many rows of a Parquet file have one of the codes."""
    return sum(int(found.sum() or 0) for _batch, found in _batches(source, codes, key))


def rows_with(source: Path, codes: Collection[str], key: bytes, *, most: int) -> pl.DataFrame:
    """Return the first rows of a Parquet file that have one of the codes."""
    rows = pl.DataFrame(pq.read_schema(source).empty_table())
    for batch, found in _batches(source, codes, key):
        if found.any():
            rows = rows.vstack(pl.DataFrame(batch).filter(found))
        if len(rows) >= most:
            break
    return rows.head(most)


def write_without(source: Path, target: Path, codes: Collection[str], key: bytes) -> int:
    """Write a Parquet file without the rows that have one of the codes; return how many those are.

    The other rows keep their order, the columns their types.
    """
    left_out = 0
    with pq.ParquetWriter(target, pq.read_schema(source), compression="zstd") as writer:
        for batch, found in _batches(source, codes, key):
            left_out += int(found.sum() or 0)
            kept = batch.filter(pa.array((~found).to_list(), pa.bool_()))
            if kept.num_rows:
                writer.write_batch(kept)
    return left_out


def _batches(
    source: Path, codes: Collection[str], key: bytes
) -> Iterator[tuple[pa.RecordBatch, pl.Series]]:
    """Yield the rows of a file in parts, and which of them have one of the codes."""
    wanted = pl.Series(sorted(codes), dtype=pl.String)
    with pq.ParquetFile(source) as table:
        for batch in table.iter_batches(batch_size=BATCH_ROWS):
            frame = pl.DataFrame(batch)
            found = pl.repeat(value=False, n=len(frame), dtype=pl.Boolean, eager=True)
            for column in frame.iter_columns():
                if _can_identify(column.dtype):
                    coded = aes_cmac(_normal(column), key)
                    found = found | coded.is_in(wanted.implode()).fill_null(value=False)
            yield batch, found


def _can_identify(kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind in (pl.String, pl.Categorical, pl.Enum)


def _normal(values: pl.Series) -> pl.Series:
    """Return texts as they are compared: one width of signs, capitals, nothing in between."""
    if values.dtype.is_float() or values.dtype.is_decimal():
        # Whole numbers with gaps are read as decimals.
        values = values.set((values != values.round(0)).fill_null(value=True), None)
        values = values.cast(pl.Int64, strict=False)
    texts = values.cast(pl.String).str.normalize("NFKC").str.to_uppercase()
    return texts.str.replace_all(BETWEEN, "").str.replace(MOBILE, "$1")

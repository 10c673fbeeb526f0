"""Recognize rows of a table in another one, whatever its columns are called."""

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.crypto import cmac_words

Digests = npt.NDArray[np.uint64]

# Longer ones are numbers of people and things, which must not be rounded.
NUMBER = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,15})?$"


def normalized(cells: pl.Series) -> pl.Series:
    """Return the cells as texts that are equal where a reader takes them for equal.

    Case, width, blanks around and the way a number or a time is written say nothing; what has no
    text is null.
    """
    if cells.dtype.is_nested() or cells.dtype in (pl.Binary, pl.Object, pl.Null):
        return pl.repeat(None, len(cells), dtype=pl.String, eager=True)
    texts = cells.cast(pl.String)
    if cells.dtype == pl.String or cells.dtype in (pl.Categorical, pl.Enum):
        texts = texts.str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    elif cells.dtype.is_temporal():
        # A day is the same with the midnight at which it begins.
        return texts.str.replace(r"[ T]00:00:00(\.0+)?([+]00:?00|utc|z)?$", "")
    is_number = texts.str.contains(NUMBER)
    numbers = texts.set(~is_number.fill_null(False), None).cast(pl.Float64, strict=False)
    numbers = numbers.set((numbers == 0).fill_null(False), 0.0)
    found = pl.select(
        pl.when(pl.lit(is_number)).then(pl.lit(numbers.cast(pl.String))).otherwise(pl.lit(texts))
    ).to_series()
    return found.set((found == "").fill_null(False), None)


def cell_digests(cells: pl.Series, key: bytes) -> Digests:
    """Return 64 bits of the AES-CMAC of each cell; 0 where there is nothing."""
    texts = normalized(cells)
    different = texts.unique()
    if 4 * len(different) < len(texts):
        codes = pl.Series(cmac_words(different.fill_null(""), key)[:, 0])
        codes = codes.set(different.is_null(), 0)
        return texts.replace_strict(different, codes, return_dtype=pl.UInt64).to_numpy()
    digests = cmac_words(texts.fill_null(""), key)[:, 0].copy()
    digests[texts.is_null().to_numpy()] = 0
    return digests


def row_digests(table: pl.DataFrame, key: bytes) -> tuple[Digests, Digests]:
    """Return a digest of each row, and those of the row without each of its cells.

    A digest is the sum of those of the cells: neither order nor names of columns matter, and two
    rows that differ in one cell agree without it. The second has a line for each row and a column
    for each cell.
    """
    cells = np.empty((table.height, table.width), dtype=np.uint64)
    for number, column in enumerate(table):
        cells[:, number] = cell_digests(column, key)
    whole: Digests = cells.sum(axis=1, dtype=np.uint64)
    # In place, since a million rows of many columns take hundreds of megabytes.
    return whole, np.subtract(whole[:, None], cells, out=cells)

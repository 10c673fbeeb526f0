"""Random numbers that belong to a key and a row number, wherever the row is computed."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.crypto.aes_blocks import AesBlocks, Words

MANTISSA = 53


def row_words(rows: pl.Series, key: bytes) -> Words:
    """Return two random words for each row number: AES of the number, as in counter mode."""
    blocks = np.zeros((len(rows), 2), dtype=np.uint64)
    blocks[:, 0] = rows.cast(pl.UInt64).to_numpy()
    return AesBlocks(key, len(rows)).encrypted(blocks)


def uniform(words: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return numbers above 0 and below 1 that the words spread evenly."""
    whole = (words >> np.uint64(64 - MANTISSA)).astype(np.float64)
    answer: NDArray[np.float64] = (whole + 0.5) * 2.0**-MANTISSA
    return answer

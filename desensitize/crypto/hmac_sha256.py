"""HMAC-SHA256 over a column (FIPS 198-1, RFC 2104)."""

import polars as pl
import polars_hash as plh

SAMPLE = 1_000
FEW = 4


def hmac_sha256(values: pl.Series, key: str) -> pl.Series:
    """Return the code of each text as 64 hexadecimal digits; nulls stay null.

    The key counts as its UTF-8 bytes. A column of few distinct texts costs a code for each of
    those only. Call it from inside a plan (`map_batches`): the expression that does the work here
    would show its key to whoever serializes it.
    """
    sample = values.slice(len(values) // 2, SAMPLE)
    if len(sample) == SAMPLE and sample.n_unique() * FEW < SAMPLE:
        distinct = values.drop_nulls().unique()
        if len(distinct) * FEW < len(values):
            return values.replace_strict(
                distinct, _codes(distinct, key), default=None, return_dtype=pl.String
            )
    return _codes(values, key)


def _codes(values: pl.Series, key: str) -> pl.Series:
    column = values.alias("text").to_frame()
    return column.select(plh.col("text").chash.hmac_sha256(key=key)).to_series().alias(values.name)

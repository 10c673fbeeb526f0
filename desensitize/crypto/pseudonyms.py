"""Keyed pseudonyms over a column: HMAC-SHA256 (FIPS 198-1, RFC 2104)."""

import hashlib

import polars as pl

BLOCK_BYTES = 64
INNER = bytes(value ^ 0x36 for value in range(256))
OUTER = bytes(value ^ 0x5C for value in range(256))


class HmacSha256:
    """Compute HMAC-SHA256 with both key blocks hashed once, for many short messages."""

    def __init__(self, key: bytes) -> None:
        block = hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key
        block = block.ljust(BLOCK_BYTES, b"\0")
        self._inner = hashlib.sha256(block.translate(INNER))
        self._outer = hashlib.sha256(block.translate(OUTER))

    def hexdigest(self, message: bytes) -> str:
        """Answer the 64 hexadecimal digits of the code of `message`."""
        inner = self._inner.copy()
        inner.update(message)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.hexdigest()


def pseudonyms(values: pl.Series, key: bytes, *, digits: int) -> pl.Series:
    """Replace each text by the first `digits` hexadecimal digits of its code; nulls stay null."""
    code = HmacSha256(key)
    distinct = values.drop_nulls().unique()
    answers = [code.hexdigest(value.encode("utf-8"))[:digits] for value in distinct.to_list()]
    return values.replace_strict(
        distinct, pl.Series(answers, dtype=pl.String), default=None, return_dtype=pl.String
    ).alias(values.name)

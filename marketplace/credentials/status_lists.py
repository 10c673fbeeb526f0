"""Bitstring Status Lists: one bit a credential, packed, so that a reader asks about all at once.

Source: W3C Bitstring Status List 1.0.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable

BITS = 131_072
"""The fewest that a list may have, so that who asks for it does not tell about whom."""

REVOCATION = "revocation"
SUSPENSION = "suspension"
PURPOSES = (REVOCATION, SUSPENSION)


def encoded_list(indices: Iterable[int]) -> str:
    """Pack a list in which the bits at some indices are set: GZIP, then multibase base64url.

    Index 0 is the leftmost bit of the first byte. The same bits always give the same text.

    Raises:
        IndexError: an index lies beyond the list.
    """
    bits = bytearray(BITS // 8)
    for index in indices:
        if index < 0:
            raise IndexError(index)
        bits[index // 8] |= 1 << (7 - index % 8)
    packed = gzip.compress(bytes(bits), compresslevel=9, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

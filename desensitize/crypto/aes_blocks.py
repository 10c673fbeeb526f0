"""Encrypt many AES blocks in one call."""

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from numpy.typing import NDArray

BLOCK = 16
Words = NDArray[np.uint64]


class AesBlocks:
    """Encrypt blocks, each a line of two words that hold its bytes in order."""

    def __init__(self, key: bytes, rows: int) -> None:
        self._encryptor = Cipher(AES(key), ECB()).encryptor()
        self._room = np.empty(rows * BLOCK + BLOCK, dtype=np.uint8)

    def encrypted(self, blocks: Words) -> Words:
        """Return the encrypted blocks; the next call writes over them.

        `blocks` are contiguous, and not more than the rows that room was made for.
        """
        size = blocks.size * blocks.itemsize
        self._encryptor.update_into(blocks.reshape(-1).view(np.uint8).data, self._room.data)
        return self._room[:size].view(np.uint64).reshape(-1, 2)

    def block(self, content: bytes) -> bytes:
        """Encrypt one block."""
        return self._encryptor.update(content)

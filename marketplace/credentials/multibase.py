"""Keys and signatures as texts: base58btc multibase, and the Multikey form of Ed25519 keys.

Source: W3C Controlled Identifiers 1.0, sections 2.4 and 2.2.2.
"""

from __future__ import annotations

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"
"""The multicodec prefix of an Ed25519 public key."""


def base58btc(data: bytes) -> str:
    """Write bytes in base58 with the alphabet of Bitcoin, after the multibase letter `z`."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    zeros = len(data) - len(data.lstrip(b"\x00"))
    return "z" + ALPHABET[0] * zeros + digits


LONGEST = 128
"""More letters than a key or a signature comes to; to read base58 costs the square of them."""


def from_base58btc(text: str) -> bytes:
    """Read what `base58btc` writes of a key or a signature.

    Raises:
        ValueError: it is written otherwise, or is too long to be either.
    """
    if text[:1] != "z" or len(text) > LONGEST:
        raise ValueError("This is no base58btc multibase text of a key or a signature.")
    number = 0
    for character in text[1:]:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - 1 - len(text[1:].lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(public_key: str) -> str:
    """Write an Ed25519 public key, given in hexadecimal digits, as a Multikey: `z6Mk…`."""
    return base58btc(ED25519_PUBLIC + bytes.fromhex(public_key))

"""The standards, read plainly with Python's whole numbers, for one value at a time."""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def aes(key: bytes, block: bytes) -> bytes:
    encryptor = Cipher(AES(key), ECB()).encryptor()
    return encryptor.update(block) + encryptor.finalize()


def xor(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(first, second, strict=True))


def cmac(key: bytes, message: bytes) -> bytes:
    """NIST SP 800-38B, 6.1 and 6.2."""

    def doubled(block: bytes) -> bytes:
        number = int.from_bytes(block, "big") << 1
        if block[0] & 0x80:
            number ^= (1 << 128) | 0x87
        return number.to_bytes(16, "big")

    first = doubled(aes(key, bytes(16)))
    second = doubled(first)
    count = max(1, (len(message) + 15) // 16)
    head, tail = message[: 16 * (count - 1)], message[16 * (count - 1) :]
    if len(tail) == 16:
        last = xor(first, tail)
    else:
        last = xor(second, tail + b"\x80" + bytes(15 - len(tail)))
    state = bytes(16)
    for place in range(0, len(head), 16):
        state = aes(key, xor(state, head[place : place + 16]))
    return aes(key, xor(state, last))


def number_of(numerals: str, radix: int) -> int:
    number = 0
    for character in numerals:
        number = number * radix + ALPHABET.index(character)
    return number


def numerals_of(number: int, radix: int, length: int) -> str:
    numerals = ""
    for _ in range(length):
        number, numeral = divmod(number, radix)
        numerals = ALPHABET[numeral] + numerals
    return numerals


def ff1(key: bytes, tweak: bytes, radix: int, text: str, *, encrypt: bool) -> str:
    """NIST SP 800-38G, algorithms 7 and 8."""
    n, t = len(text), len(tweak)
    u, v = n // 2, n - n // 2
    a, b = text[:u], text[u:]
    # The bytes that the largest half needs: ceil(ceil(v * log2(radix)) / 8), without floats.
    width = ((radix**v - 1).bit_length() + 7) // 8
    d = 4 * -(-width // 4) + 4
    p = (
        b"\x01\x02\x01" + radix.to_bytes(3, "big") + b"\x0a" + bytes([u % 256])
        + n.to_bytes(4, "big") + t.to_bytes(4, "big")
    )  # fmt: skip

    def y(i: int, half: str) -> int:
        q = tweak + bytes((-t - width - 1) % 16) + bytes([i])
        q += number_of(half, radix).to_bytes(width, "big")
        r = bytes(16)
        for place in range(0, len(p + q), 16):
            r = aes(key, xor(r, (p + q)[place : place + 16]))
        s = r
        for j in range(1, -(-d // 16)):
            s += aes(key, xor(r, j.to_bytes(16, "big")))
        return int.from_bytes(s[:d], "big")

    if encrypt:
        for i in range(10):
            m = u if i % 2 == 0 else v
            c = (number_of(a, radix) + y(i, b)) % radix**m
            a, b = b, numerals_of(c, radix, m)
    else:
        for i in reversed(range(10)):
            m = u if i % 2 == 0 else v
            c = (number_of(b, radix) - y(i, a)) % radix**m
            a, b = numerals_of(c, radix, m), a
    return a + b

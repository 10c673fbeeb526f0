"""FF1 (NIST SP 800-38G) for one numeral string whose halves are wider than 64 bits."""

from collections.abc import Iterable, Sequence

from desensitize.crypto.aes_blocks import BLOCK, AesBlocks
from desensitize.crypto.ff1_shape import ROUNDS, Shape


def long_encrypted(
    numerals: Sequence[int], cipher: AesBlocks, shape: Shape, tweak: bytes
) -> list[int]:
    """Encrypt one numeral string."""
    left, right = _halves(numerals, shape)
    for number in range(ROUNDS):
        size = shape.modulus(number)
        left, right = right, (left + _shift(number, right, cipher, shape, tweak)) % size
    return _numerals(left, shape.left, shape.radix) + _numerals(right, shape.right, shape.radix)


def long_decrypted(
    numerals: Sequence[int], cipher: AesBlocks, shape: Shape, tweak: bytes
) -> list[int]:
    """Decrypt one numeral string."""
    left, right = _halves(numerals, shape)
    for number in reversed(range(ROUNDS)):
        size = shape.modulus(number)
        left, right = (right - _shift(number, left, cipher, shape, tweak)) % size, left
    return _numerals(left, shape.left, shape.radix) + _numerals(right, shape.right, shape.radix)


def _shift(number: int, half: int, cipher: AesBlocks, shape: Shape, tweak: bytes) -> int:
    wide = shape.half_bytes
    message = shape.first_block(tweak) + shape.second_blocks(tweak)[: -wide - 1]
    message += bytes([number]) + half.to_bytes(wide, "big")
    state = bytes(BLOCK)
    for start in range(0, len(message), BLOCK):
        state = cipher.block(_xor(state, message[start : start + BLOCK]))
    stream = state
    for counter in range(1, -(-shape.taken_bytes // BLOCK)):
        stream += cipher.block(_xor(state, counter.to_bytes(BLOCK, "big")))
    return int.from_bytes(stream[: shape.taken_bytes], "big")


def _halves(numerals: Sequence[int], shape: Shape) -> tuple[int, int]:
    return _number(numerals[: shape.left], shape.radix), _number(
        numerals[shape.left :], shape.radix
    )


def _number(numerals: Iterable[int], radix: int) -> int:
    number = 0
    for numeral in numerals:
        number = number * radix + numeral
    return number


def _numerals(number: int, length: int, radix: int) -> list[int]:
    numerals = []
    for _ in range(length):
        number, numeral = divmod(number, radix)
        numerals.append(numeral)
    return numerals[::-1]


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(first, second, strict=True))

"""What FF1 derives from radix, length and tweak alone (NIST SP 800-38G, 5.2)."""

from dataclasses import dataclass

ROUNDS = 10
BLOCK = 16
LEAST_DOMAIN = 1_000_000


@dataclass(frozen=True)
class Shape:
    """Describe numeral strings of `length` numerals in `radix`."""

    radix: int
    length: int

    @property
    def large_enough(self) -> bool:
        """Return whether there are the million strings that the standard asks for."""
        # The logarithm is enough to tell, and long strings have no end of digits.
        return self.length > 20 or self.radix**self.length >= LEAST_DOMAIN

    @property
    def left(self) -> int:
        """Return the standard's u, the numerals of the left half."""
        return self.length // 2

    @property
    def right(self) -> int:
        """Return the standard's v, the numerals of the right half."""
        return self.length - self.left

    @property
    def largest(self) -> int:
        """Return how many right halves there are."""
        return int(self.radix**self.right)

    @property
    def half_bytes(self) -> int:
        """Return the standard's b, the bytes of a half as a number."""
        return ((self.largest - 1).bit_length() + 7) // 8

    @property
    def taken_bytes(self) -> int:
        """Return the standard's d, the bytes that a round takes from its pseudorandom string."""
        return 4 * ((self.half_bytes + 3) // 4) + 4

    def modulus(self, number: int) -> int:
        """Return the size of the half that round `number` changes."""
        return int(self.radix ** (self.left if number % 2 == 0 else self.right))

    def first_block(self, tweak: bytes) -> bytes:
        """Return the standard's P."""
        return (
            bytes((1, 2, 1))
            + self.radix.to_bytes(3, "big")
            + bytes((ROUNDS, self.left % 256))
            + self.length.to_bytes(4, "big")
            + len(tweak).to_bytes(4, "big")
        )

    def second_blocks(self, tweak: bytes) -> bytes:
        """Return the standard's Q for round 0 and a half that is the number 0."""
        padding = -(len(tweak) + self.half_bytes + 1) % BLOCK
        return tweak + bytes(padding + 1 + self.half_bytes)

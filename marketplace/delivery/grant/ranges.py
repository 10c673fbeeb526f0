"""Byte ranges of HTTP (RFC 9110, section 14). Pure: no models, no requests."""

import re
from dataclasses import dataclass

RANGE = re.compile(
    r"bytes[ \t]*=[ \t]*(?:,[ \t]*)*(?:(\d+)-(\d*)|-(\d+))[ \t]*(?:,[ \t]*)*", re.I | re.A
)
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class ByteRange:
    """Bytes from `first` to `last`, both counted from 0 and included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return how many bytes it holds."""
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The range lies wholly beyond the end."""


def whole(size: int) -> ByteRange:
    return ByteRange(0, size - 1)


def wanted_range(header: str, size: int) -> ByteRange | None:
    """Read a `Range` header for a representation of `size` bytes.

    None where it asks for several ranges, for another unit, or is malformed: such a header is
    ignored, and the whole is sent (section 14.2).

    Raises:
        Unsatisfiable: the one range that it asks for holds no byte (section 15.5.17).
    """
    matched = RANGE.fullmatch(header.strip())
    if matched is None:
        return None
    first_text, last_text, suffix_text = matched.groups()
    if suffix_text is not None:
        length = min(_number(suffix_text), size)
        if length == 0:
            raise Unsatisfiable
        return ByteRange(size - length, size - 1)
    first = _number(first_text)
    last = _number(last_text) if last_text else max(first, size - 1)
    if last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return ByteRange(first, min(last, size - 1))


def _number(digits: str) -> int:
    """Convert digits; beyond 18 of them, any number past every end is as good as the very one."""
    return int(digits.lstrip("0")[:LONGEST_NUMBER] or "0")

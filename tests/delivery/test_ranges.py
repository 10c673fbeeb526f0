"""Byte ranges by the rules and examples of RFC 9110, section 14."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.delivery.grant.ranges import ByteRange, Unsatisfiable, wanted_range, whole


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        # Section 14.1.2: of a representation of 10000 bytes.
        ("bytes=0-499", 0, 499),
        ("bytes=500-999", 500, 999),
        ("bytes=-500", 9500, 9999),
        ("bytes=9500-", 9500, 9999),
        ("bytes=0-0", 0, 0),
        ("bytes=-1", 9999, 9999),
        ("bytes=0-", 0, 9999),
        ("bytes=9000-20000", 9000, 9999),
        ("bytes=-20000", 0, 9999),
        ("BYTES=0-1", 0, 1),
        (" bytes=0-1 ", 0, 1),
        ("bytes=,0-1,", 0, 1),
        ("bytes=0-99999999999999999999999", 0, 9999),
        (f"bytes=-{'9' * 5000}", 0, 9999),
        (f"bytes={'0' * 5000}5-6", 5, 6),
    ],
)
def test_one_range(header: str, first: int, last: int) -> None:
    """The bytes that it asks for, as far as there are any."""
    assert wanted_range(header, 10000) == ByteRange(first, last)


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-2-3", "bytes=+1-2"),
        *("lines=0-1", "bytes=0-1,5-6", "bytes=0-0,-1", "bytes 0-1", "bytes=٣-٤", "bytes=1.5-2"),
    ],
)
def test_what_is_ignored(header: str) -> None:
    """Another unit, several ranges, or nonsense: the whole is sent."""
    assert wanted_range(header, 10000) is None


@pytest.mark.parametrize("header", ["bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=-00"])
def test_what_cannot_be_satisfied(header: str) -> None:
    """A range without a byte."""
    with pytest.raises(Unsatisfiable):
        wanted_range(header, 10000)


@given(st.text(alphabet="bytes=-, 0123456789", max_size=30), st.integers(1, 10**6))
def test_a_range_lies_within(header: str, size: int) -> None:
    """Whatever is asked, what is sent is within the file, or nothing."""
    try:
        found = wanted_range(header, size)
    except Unsatisfiable:
        return
    if found is not None:
        assert 0 <= found.first <= found.last < size
        assert found.length == found.last - found.first + 1


def test_the_whole() -> None:
    """From the first byte to the last."""
    assert whole(5) == ByteRange(0, 4)
    assert whole(5).length == 5

"""Numbers that people read to each other."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.numbers import ids_of, number_of

ROW = UUID("3c1f9a44-5d20-4b6e-9d0e-6f1d5a2b7c11")
NUMBER = "ORD-7GFSM-H2X41"


def test_a_number_is_the_beginning_of_an_id() -> None:
    """In Crockford's letters: 50 bits, five a letter."""
    assert number_of("ORD", ROW) == NUMBER
    bits = "".join(f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(one):05b}" for one in "7GFSMH2X41")
    assert f"{ROW.int:0128b}".startswith(bits)


@given(st.uuids(), st.uuids())
def test_whoever_reads_a_number_finds_its_row(one: UUID, other: UUID) -> None:
    """And no row of another number."""
    found = ids_of("ORD", number_of("ORD", one))
    assert found is not None
    first, last = found
    assert first <= one <= last
    assert number_of("ORD", first) == number_of("ORD", last) == number_of("ORD", one)
    assert (first <= other <= last) is (number_of("ORD", other) == number_of("ORD", one))


@pytest.mark.parametrize(
    "said", [NUMBER, NUMBER.lower(), "ord7gfsmh2x41", "  ORD-7GFSM-H2X41 ", "ORD 7GFSM H2X41"]
)
def test_it_is_read_as_people_write(said: str) -> None:
    assert ids_of("ORD", said) == ids_of("ORD", NUMBER) is not None


def test_letters_that_are_mistaken_are_read() -> None:
    """O for 0, I and L for 1."""
    zeros = UUID(int=1)
    assert ids_of("ORD", "ORD-OOOOO-OOOOO") == ids_of("ORD", number_of("ORD", zeros))
    assert ids_of("ORD", "ORD-1I1L1-0O0O0") == ids_of("ORD", "ORD-11111-00000")


@pytest.mark.parametrize(
    "said",
    ["", "ORD", "CON-7GFSM-H2X41", "ORD-7GFSM-H2X4", "ORD-7GFSM-H2X4U", "7GFSMH2X41"],
)
def test_what_is_no_number_of_the_kind_is_none(said: str) -> None:
    assert ids_of("ORD", said) is None

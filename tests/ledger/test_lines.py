"""The fast way to canonical JSON is the long one, byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.lines import canonical, commitment_of, leaf_hash_of, public_leaf

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
FIELDS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    TEXT, PLAIN | st.lists(TEXT) | st.dictionaries(TEXT, PLAIN)
)


@given(FIELDS)
def test_both_ways_are_one(fields: dict[str, Any]) -> None:
    """Whatever the texts, control characters and names."""
    assert canonical(fields) == rfc8785.dumps(fields)


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan")])
def test_what_has_no_canonical_form_is_refused(value: float) -> None:
    """By the long way."""
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical({"number": value})


def test_a_leaf_is_what_the_docs_say() -> None:
    """The commitment alone, without blanks; another salt is another leaf."""
    first, second = commitment_of(b"line", bytes(32)), commitment_of(b"line", bytes(31) + b"x")
    assert public_leaf(first) == rfc8785.dumps({"commitment": first, "version": 2})
    assert leaf_hash_of(first) != leaf_hash_of(second)

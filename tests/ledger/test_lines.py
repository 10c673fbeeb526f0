"""The fast way to canonical JSON is the long one, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.lines import canonical, commitment_of, leaf_hash_of, line_from, public_leaf

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
FIELDS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    TEXT, PLAIN | st.lists(TEXT) | st.dictionaries(TEXT, PLAIN)
)


@given(FIELDS)
def test_both_ways_are_one(fields: dict[str, Any]) -> None:
    """Whatever the texts, control characters and names."""
    assert canonical(fields) == rfc8785.dumps(fields)


@given(
    st.uuids(),
    TEXT,
    TEXT,
    st.lists(TEXT),
    st.none() | st.uuids(),
    st.datetimes(timezones=st.just(UTC)),
    FIELDS,
)
def test_a_line_is_canonical(
    reference: UUID,
    kind: str,
    subject: str,
    about: list[str],
    who: UUID | None,
    happened_at: datetime,
    payload: dict[str, Any],
) -> None:
    """Put together by hand, it is what the long way makes of the same fields."""
    line = line_from(reference, kind, subject, about, who, who, kind, happened_at, payload)
    assert line == rfc8785.dumps(
        {
            "reference": str(reference),
            "kind": kind,
            "subject": subject,
            "about": about,
            "person": str(who) if who else None,
            "organization": str(who) if who else None,
            "door": kind,
            "happened_at": happened_at.isoformat(timespec="microseconds"),
            "payload": payload,
        }
    )


def test_what_no_act_records_has_no_line() -> None:
    """A number that a hand on the database wrote breaks no check: it is the line of no entry."""

    def line(number: int) -> bytes:
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        payload = {"number": number}
        return line_from(UUID(int=1), "a.b", "thing:1", [], None, None, "page", moment, payload)

    assert line(2**53 - 1)
    assert line(2**53) == b""


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

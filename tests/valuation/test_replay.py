"""Replaying stored results: the same, changed figures, changed rules, changed versions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from valuation import CODES, VERSION, WARNING_CODES, ValuationError, replay, value
from valuation.errors import SENTENCES, WARNING_SENTENCES


def stored_result(**changes: Any) -> dict[str, Any]:
    """Give a result as an app stores it, with some of its fields changed afterwards."""
    result = value(
        "cost",
        {
            "currency": "CNY",
            "groups": {"construction": {"planning": 150000}, "operation": {"storage": "0.50"}},
            "delta": 0.5,
        },
    )
    stored: dict[str, Any] = json.loads(json.dumps(result.to_dict()))
    return stored | changes


def test_same() -> None:
    """An untouched result is reproduced, and says by which version."""
    outcome = replay(stored_result())
    assert (outcome.same, outcome.version_changed) == (True, False)
    assert (outcome.amount_then, outcome.amount_now) == ("75000.25", "75000.25")
    assert outcome.sentence == f"Reproduced to the cent: 75000.25 (version {VERSION})."


def test_stored_cents_that_differ_are_named() -> None:
    """A cent more in the stored amount does not pass."""
    outcome = replay(stored_result(amount="75000.26"))
    assert not outcome.same
    assert outcome.differences == ("amount",)
    assert "75000.26 was stored and 75000.25 comes out" in outcome.sentence


def test_stored_inputs_that_differ_are_named() -> None:
    """Changed inputs show in every output that they reach."""
    stored = stored_result()
    stored["inputs"]["delta"] = "0.6"
    outcome = replay(stored)
    assert outcome.differences == ("amount", "P", "delta")


def test_other_version_with_the_same_cents_is_the_same_and_says_so() -> None:
    """A new version alone is no difference, but it is named."""
    outcome = replay(stored_result(version="0.9.0"))
    assert outcome.same
    assert outcome.version_changed
    assert f"written by version 0.9.0, recomputed by {VERSION}" in outcome.sentence


def test_inputs_that_are_refused_now() -> None:
    """Inputs that today's rules refuse are no crash: the refusal is part of the answer."""
    stored = stored_result()
    stored["inputs"]["delta"] = "-1"
    outcome = replay(stored)
    assert not outcome.same
    assert outcome.amount_now is None
    assert outcome.refusal is not None
    assert outcome.refusal.code == "negative-delta"
    assert "refused now" in outcome.sentence


@pytest.mark.parametrize("missing", ["method", "amount", "currency", "version", "inputs"])
def test_what_is_no_stored_result_is_refused(missing: str) -> None:
    """A mapping without one of the needed parts is refused by name."""
    stored = stored_result()
    del stored[missing]
    with pytest.raises(ValuationError, match=missing) as raised:
        replay(stored)
    assert raised.value.code == "stored-result-unreadable"


def test_codes_are_those_with_a_sentence() -> None:
    """Apps translate by code, so every code has a sentence and no code stands in both lists."""
    assert frozenset(SENTENCES) == CODES
    assert frozenset(WARNING_SENTENCES) == WARNING_CODES
    assert not CODES & WARNING_CODES

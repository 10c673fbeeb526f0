"""What the centre asks of a valuation beyond what the library computes."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

import pytest

from marketplace.appraisal.adapters import results
from marketplace.appraisal.appraisal.limits import HeldRight
from marketplace.appraisal.appraisal.valuing import (
    digest_of,
    kept,
    remaining_years,
    valued,
    whole_years,
)
from marketplace.core.errors import Invalid
from tests.given.appraisal import COSTS, VALUE, whole_inputs
from tests.given.rights import ALL_RIGHTS

TODAY = date(2026, 11, 25)
UNTIL = date(2029, 11, 24)
"""A right of three years from today: 3.00 years are left, rounded up."""
RIGHT = HeldRight(ALL_RIGHTS, "C-1", UNTIL)


def computed(**changes: object) -> Decimal:
    """Return the value of changed inputs."""
    return valued("cost", whole_inputs(**changes), right=RIGHT, on=TODAY).amount


def test_the_value_is_the_library_s() -> None:
    """With the centre's currency, its digest and everything to compute it again."""
    found = valued("cost", whole_inputs(), right=RIGHT, on=TODAY)
    assert (found.amount, found.currency) == (Decimal(VALUE), "CNY")
    assert found.result["inputs"] == found.inputs
    assert found.inputs["currency"] == "CNY"
    assert found.digest == digest_of(found.result)
    assert len(found.digest) == 64


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"currency": "EUR"}, "invalid", "currency"),
        (
            {
                "delta": "0.9",
                **dict.fromkeys(("quality_coefficient", "remaining_life_years")),
                "total_life_years": None,
            },
            "life-missing",
            "delta",
        ),
        (
            {"remaining_life_years": "3.01", "total_life_years": "5"},
            "life-beyond-right",
            "remaining_life_years",
        ),
        ({"sources": {}}, "source-missing", "direct_source"),
        ({"components": dict.fromkeys(COSTS, "9" * 17)}, "invalid", ""),
    ],
)
def test_what_breaks_a_rule_is_refused(changes: dict[str, object], code: str, field: str) -> None:
    """Each at its field."""
    with pytest.raises(Invalid) as refused:
        computed(**changes)
    assert refused.value.code == code
    assert field in refused.value.fields or not field


def test_nothing_below_zero_is_kept() -> None:
    """Charges can exceed income; what is left then is no value of the data."""
    result = results.value("cost", {"currency": "CNY", **whole_inputs()})
    assert kept(result, amount=Decimal(0), currency="CNY").amount == 0
    with pytest.raises(Invalid) as refused:
        kept(result, amount=Decimal("-0.01"), currency="CNY")
    assert refused.value.code == "value-negative"


def test_life_may_last_as_long_as_the_right() -> None:
    """To the day, rounded up to a hundredth of a year."""
    assert computed(remaining_life_years="3.00") > Decimal(VALUE)


def test_an_input_of_nothing_needs_no_source() -> None:
    """What is 0 came from nowhere."""
    sources = whole_inputs()["sources"]
    del sources["components.tax"]
    assert computed(components={**COSTS, "tax": "0"}, sources=sources) < Decimal(VALUE)


def test_each_missing_source_is_named() -> None:
    """All at once, so that one round corrects them."""
    with pytest.raises(Invalid) as refused:
        computed(sources={"components.direct": "Voucher"})
    assert set(refused.value.fields) == {
        f"{name}_source"
        for name in (
            *("preliminary", "indirect", "opportunity", "tax"),
            *("quality_coefficient", "remaining_life_years", "total_life_years"),
        )
    }


@pytest.mark.parametrize("text", ["a\x00b", "half a pair \ud800"])
def test_a_text_that_no_database_keeps_is_refused(text: str) -> None:
    """Before it gets there."""
    sources = {**whole_inputs()["sources"], "components.direct": text}
    with pytest.raises(Invalid, match="characters"):
        computed(sources=sources)


def test_years_are_counted_to_a_hundredth() -> None:
    """What is left is rounded down, a limit up, and nothing is left of what has passed."""
    assert remaining_years(UNTIL, TODAY) == Decimal("2.99")
    assert remaining_years(UNTIL, TODAY, rounding=ROUND_CEILING) == Decimal("3.00")
    assert remaining_years(TODAY, UNTIL) == Decimal("0.00")
    assert whole_years(TODAY, UNTIL) == Decimal("3.00")

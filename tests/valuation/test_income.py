"""The income approach: its models, its rate and life, what it refuses and what it warns of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.given.valuation import codes_of, refusal_of, without
from valuation import replay, value

GIVEN: dict[str, Any] = {"currency": "CNY", "income": [100, 200, 150], "discount_rate": "0.10"}
EXCESS: dict[str, Any] = {
    "currency": "CNY",
    "total_income": [1000, 1100],
    "contributory_assets": {"fixed": {"balance": [500, 400], "rate": "0.08"}},
    "discount_rate": "0.10",
}
STUB: dict[str, Any] = {
    "currency": "CNY",
    "valuation_date": "2025-09-30",
    "first_period_end": "2025-12-31",
    "cashflows": [100, 200],
    "discount_rate": "0.10",
}
BENEFIT: dict[str, Any] = {
    "currency": "CNY",
    "P_without_tab": 1000,
    "tax": "0.25",
    "tax_life_years": 10,
    "discount_rate": "0.10",
    "deductible": True,
}


def amount_of(inputs: dict[str, Any]) -> Decimal:
    """Give the value in money."""
    return value("income", inputs).worth


def test_direct_income_by_hand() -> None:
    """100/1.1 + 200/1.21 + 150/1.331 = 368.8955."""
    result = value("income", GIVEN)
    assert result.amount == Decimal("368.90")
    assert result.outputs["PV"] == [Decimal("90.91"), Decimal("165.29"), Decimal("112.70")]


def test_split_income_takes_the_shares_falling() -> None:
    """Under any of the names of the shares: 50/1.1 + 80/1.21 + 45/1.331."""
    shares = ["0.5", "0.4", "0.3"]
    for name in ("split_rates", "K", "K_t", "split_rate"):
        result = value("income", GIVEN | {name: shares})
        assert result.outputs["F"] == [Decimal("50.00"), Decimal("80.00"), Decimal("45.00")]
        assert result.amount == Decimal("145.38")
        assert codes_of(result) == []


def test_incremental_income_is_the_difference() -> None:
    """Income with the data less income without it: 60/1.1 + 70/1.21."""
    given = without(GIVEN, "income", income_with=[100, 120], income_without=[40, 50])
    other = without(GIVEN, "income", RY=[100, 120], RN=[40, 50])
    assert value("income", given).amount == amount_of(other) == Decimal("112.40")


def test_excess_earnings_charge_each_asset() -> None:
    """Balances and rates may be one number for all periods, and assets a list."""
    result = value("income", EXCESS)
    assert result.outputs["charges"] == [[Decimal("40.00")], [Decimal("32.00")]]
    assert result.outputs["F"] == [Decimal("960.00"), Decimal("1068.00")]
    listed = [{"name": "fixed", "balance": 500, "rate": ["0.08", "0.064"]}]
    assert amount_of(without(EXCESS, contributory_assets=listed)) == result.amount


def test_conventions() -> None:
    """Mid-year is the end-of-year value times the root of 1+i; both are always shown."""
    end, mid = (value("income", GIVEN | {"convention": name}) for name in ("end", "mid-year"))
    assert end.outputs["P_mid"] == mid.amount == Decimal("386.90")
    assert mid.outputs["P_end"] == end.amount


def test_rate_is_built_up() -> None:
    """In one object or beside each other; with income it is used, alone it is answered."""
    parts = {"rf": "0.02", "premia": {"management": "0.05", "circulation": "0.03"}}
    alone = value("income", parts)
    assert (alone.amount, alone.outputs["i"]) == (None, Decimal("0.1"))
    flat = {"rf": "0.02", "management": "0.05", "circulation": "0.03"}
    assert value("income", flat).outputs == alone.outputs
    assert amount_of(without(GIVEN, "discount_rate", **parts)) == amount_of(GIVEN)


def test_life_is_the_least_limit_and_says_which() -> None:
    """A limit of null does not limit; income after the life is left out, with a warning."""
    limits = {"legal_term": 5, "contract": None, "timeliness": 2, "product_cycle_years": 4}
    for given in (limits, {"life_limits": limits}):
        alone = value("income", given)
        assert alone.outputs == {"n": Decimal(2), "binding": "timeliness"}
        cut = value("income", GIVEN | given)
        assert cut.amount == amount_of(GIVEN | {"income": [100, 200]})
        assert codes_of(cut) == ["life-cuts-income"]
    level = value("income", GIVEN | limits | {"income": 100})
    assert level.amount == amount_of(GIVEN | {"income": [100, 100]})


def test_a_part_of_the_last_year_counts_in_part() -> None:
    """100/1.1 + half of 200/1.21."""
    result = value("income", GIVEN | {"life_limits": {"contract": "1.5"}})
    assert result.amount == Decimal("173.55")


def test_short_first_period() -> None:
    """Day counts, and the end-of-period convention."""
    for count, years in (
        ("ACT/365", "0.2520547945"),
        ("ACT/360", "0.2555555556"),
        ("30/360", "0.25"),
        ("ACT/ACT", "0.2520547945"),
    ):
        found = value("income", STUB | {"day_count": count}).outputs["t0"]
        assert isinstance(found, Decimal)
        assert round(found, 10) == Decimal(years)
    quarter = STUB | {"day_count": "30/360", "convention": "end"}
    assert amount_of(quarter) == Decimal("275.18")  # 100/1.1^0.25 + 200/1.1^1.25
    loss = value("income", STUB | {"cashflows": [-10, 200]})
    assert codes_of(loss) == ["flow-negative"]


def test_tax_benefit_only_where_deductible() -> None:
    """a(10, 10 %) = 6.144567; 1000 / (1 − 0.25 · 0.6144567) = 1181.49."""
    assert amount_of(BENEFIT) == Decimal("1181.49")
    unstated = value("income", without(BENEFIT, "deductible"))
    assert (unstated.amount, codes_of(unstated)) == (Decimal("1181.49"), ["tax-benefit-unstated"])
    barred = value("income", BENEFIT | {"deductible": False})
    assert (barred.amount, codes_of(barred)) == (Decimal("1000.00"), ["tax-benefit-not-deductible"])
    part = {"tax_rate": "0.25", "tax_life_years": 10, "deductible": True}
    with_flows = value("income", GIVEN | {"tax_amortization": part})
    assert with_flows.outputs["P_without_tab"] == Decimal("368.90")
    assert with_flows.amount == Decimal("435.85")
    assert amount_of(without(BENEFIT, discount_rate=0)) == Decimal("1333.33")


def test_sources_stand_at_their_figures() -> None:
    """The name of a list tells the source of all its values."""
    told = {"income": "plan 2026", "income[2]": "contract 7", "discount_rate": "build-up memo"}
    result = value("income", GIVEN | {"sources": told})
    sources = {node.name: node.source for _, node in result.explanation.walk() if node.source}
    assert sources == {
        "income[1]": "plan 2026",
        "income[2]": "contract 7",
        "income[3]": "plan 2026",
        "discount_rate": "build-up memo",
    }


def test_replay_gives_the_same_cents() -> None:
    """Mid-year and short periods too, whose powers are no fractions."""
    for given in (GIVEN | {"convention": "mid"}, STUB, EXCESS, BENEFIT):
        assert replay(value("income", given).to_dict()).same


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("finite-life-required", GIVEN | {"perpetual": True}),
        ("finite-life-required", GIVEN | {"periods": None}),
        ("finite-life-required", GIVEN | {"periods": "infinite"}),
        ("finite-life-required", GIVEN | {"periods": float("inf")}),
        ("finite-life-required", GIVEN | {"periods": 0}),
        ("finite-life-required", GIVEN | {"life_limits": {"contract": None}}),
        ("finite-life-required", BENEFIT | {"tax_life_years": None}),
        ("life-not-positive", GIVEN | {"contract": 0}),
        ("life-too-long", GIVEN | {"contract": 201}),
        ("life-too-long", GIVEN | {"income": 5, "periods": 10**9}),
        ("series-length", GIVEN | {"periods": 4}),
        ("series-length", GIVEN | {"split_rates": ["0.5", "0.4"]}),
        ("series-too-long", GIVEN | {"income": [1] * 201}),
        ("negative-value", GIVEN | {"income": [100, -1]}),
        ("negative-value", GIVEN | {"discount_rate": "-0.01"}),
        ("negative-value", GIVEN | {"income": -1, "periods": 2}),
        ("negative-value", without(GIVEN, "discount_rate", rf="0.02", premia={"x": "-0.1"})),
        ("share-out-of-range", GIVEN | {"split_rates": "1.01"}),
        ("share-out-of-range", BENEFIT | {"tax": 1}),
        ("income-missing", {"currency": "CNY", "discount_rate": "0.1"}),
        ("field-missing", without(GIVEN, "discount_rate")),
        ("field-missing", without(GIVEN, income=[])),
        ("field-missing", without(GIVEN, income=100)),
        ("field-missing", without(EXCESS, "contributory_assets")),
        ("field-missing", without(STUB, "first_period_end")),
        ("field-twice", GIVEN | {"R": [1]}),
        ("field-twice", GIVEN | {"cashflows": [1]}),
        ("field-twice", GIVEN | {"rf": "0.02"}),
        ("field-twice", GIVEN | {"contract": 3, "life_limits": {"contract": 3}}),
        ("field-unknown", GIVEN | {"incme": 1}),
        ("dates-reversed", STUB | {"first_period_end": "2025-09-30"}),
        ("date-unreadable", STUB | {"valuation_date": "2025-02-30"}),
        ("first-period-too-long", STUB | {"first_period_end": "2027-12-31"}),
        ("not-one-of", GIVEN | {"convention": "start"}),
        ("not-a-truth", BENEFIT | {"deductible": "perhaps"}),
        ("income-beyond-right", GIVEN | {"right_held": "use", "income_rights": ["operate"]}),
        ("tax-basis-mismatch", GIVEN | {"flow_basis": "pre_tax", "rate_basis": "post_tax"}),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule."""
    assert refusal_of("income", inputs).code == code


@pytest.mark.parametrize(
    ("code", "sentence", "inputs"),
    [
        ("split-rate-constant", "stays the same in all periods", GIVEN | {"K": "0.4"}),
        ("split-rate-rises", "rises in period 3", GIVEN | {"K": ["0.4", "0.3", "0.35"]}),
        ("flow-negative", "periods 2", EXCESS | {"total_income": [1000, 10]}),
        ("tax-basis-half-stated", "Only flow_basis", GIVEN | {"flow_basis": "pre_tax"}),
        (
            "quality-twice",
            "lowers the value twice",
            without(
                GIVEN,
                "discount_rate",
                rf="0.02",
                premia={"quality": "0.01"},
                quality_coefficient="0.9",
            ),
        ),
        ("currency-unstated", "no money", without(GIVEN, "currency")),
    ],
)
def test_warning(code: str, sentence: str, inputs: dict[str, Any]) -> None:
    """A trap that may be meant is warned of in words."""
    result = value("income", inputs)
    assert codes_of(result) == [code]
    assert sentence in result.warnings[0].sentence


def test_flows_worth_less_than_nothing_are_explained() -> None:
    """The figure stands, and the reader is told that it is no value."""
    result = value("income", EXCESS | {"total_income": [10, 10]})
    assert result.worth < 0
    assert codes_of(result) == ["flow-negative", "value-negative"]

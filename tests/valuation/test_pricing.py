"""Prices of data: the worked cases, the attacks that are shown, and random attacks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation_cases import answered, assert_like, cases
from valuation import ValuationError, value
from valuation.pricing import Buyers, Offer, attacks, best_single, best_versions, cheapest_cover
from valuation.pricing.arbitrage import Search
from valuation.pricing.versions import sold_at


@pytest.mark.parametrize("case", cases("pricing"), ids=lambda case: str(case["id"]))
def test_worked_case(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The form is told from the fields that are given."""
    answer = answered("pricing", case["inputs"], tmp_path, capsys)
    assert_like(answer, case["expected"], case["tolerance"]["abs"])


def test_the_attack_is_told_in_a_sentence() -> None:
    """And a menu that is for sale is refused with it."""
    (menu,) = (case["inputs"] for case in cases("pricing") if case["id"] == "pricing-01")
    [warning] = value("pricing", menu).warnings
    assert warning.sentence.startswith(
        "The offer variance 1 at 200 can be had for 50 by buying 10 × variance 10."
    )
    with pytest.raises(ValuationError, match="Lower its price to 50 at most") as refused:
        value("pricing", menu | {"for_sale": True})
    assert refused.value.code == "menu-arbitrage"


def test_menu_of_quantities() -> None:
    """A large bundle dearer than its parts, by a mixture; the safe prices mend it."""
    menu = {"10": 10, "25": 24, "60": 70}
    outputs = value("pricing", {"prices": menu}).outputs
    assert outputs["arbitrage"] is True
    assert outputs["monotone"] is True
    assert outputs["attack"] == {
        "buy_quantity": Decimal(10),
        "copies": 6,
        "cost": Decimal(60),
        "get_quantity": Decimal(60),
        "list_price": Decimal(70),
    }
    assert outputs["safe_prices"] == [Decimal(10), Decimal(24), Decimal(58)]
    mended = [{"rows": n, "price": p} for n, p in ((10, 10), (25, 24), (60, 58))]
    assert value("pricing", {"menu": mended}).outputs["arbitrage"] is False
    mixed = [{"rows": n, "price": p} for n, p in ((10, 10), (25, 24), (60, 59))]
    attack = value("pricing", {"menu": mixed}).outputs["attack"]
    assert isinstance(attack, dict)
    assert attack["buy"] == [
        {"rows": Decimal(25), "copies": 2},
        {"rows": Decimal(10), "copies": 1},
    ]


def test_more_precise_and_cheaper_is_an_arbitrage() -> None:
    """A price that falls with precision is undercut by one copy."""
    menu = [{"variance": 10, "price": 7}, {"variance": 1, "price": 5}]
    outputs = value("pricing", {"menu": menu}).outputs
    assert outputs["monotone"] is False
    assert isinstance(outputs["attack"], dict)
    assert outputs["attack"]["copies"] == 1


def test_price_by_variance_is_never_undercut() -> None:
    """`c / variance` is additive in precision."""
    outputs = value("pricing", {"c": 100, "variances": [10, 4, 1]}).outputs
    assert outputs["prices"] == [Decimal(10), Decimal(25), Decimal(100)]
    menu = [{"variance": v, "price": Decimal(100) / v} for v in (10, 4, 1)]
    assert value("pricing", {"menu": menu}).outputs["arbitrage"] is False
    listed = [{"variance": 10}, {"variance": 4, "price": 24}, {"variance": 1}]
    mixed = value("pricing", {"c": 100, "menu": listed}).outputs
    assert mixed["safe_prices"] == [Decimal(10), Decimal(24), Decimal(96)]
    assert value("pricing", {"c": 100, "variance": 8}).outputs["price"] == Decimal("12.5")


def test_tiers_charge_on_the_margin() -> None:
    """Only the units inside a tier cost its price; a fixed fee is added."""
    tiers = [{"up_to": 100, "price": "0.50"}, {"up_to": 1000, "price": "0.30"}, {"price": "0.10"}]
    inputs = {"tiers": tiers, "usage": 1500, "fixed_fee": 20, "currency": "CNY"}
    result = value("pricing", inputs)
    assert result.amount == Decimal("390.00")
    assert result.outputs["marginal_price"] == Decimal("0.1")
    assert result.outputs["average_price"] == Decimal("0.26")
    rising = [{"up_to": 10, "price": 1}, {"price": 2}]
    assert value("pricing", {"tiers": rising, "calls": 5}).warnings[0].code == "tier-price-rises"


def test_price_by_query_and_row() -> None:
    """Both are added, and a minimum may stand."""
    inputs = {"price_per_query": 2, "queries": 10, "price_per_row": "0.01", "rows": 500}
    assert value("pricing", inputs).outputs["total"] == 25
    assert value("pricing", inputs | {"minimum": 40}).outputs["total"] == 40


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({}, "pricing-form-missing"),
        ({"menu": []}, "too-many-items"),
        ({"menu": [{"variance": 0, "price": 1}]}, "not-positive"),
        ({"menu": [{"variance": 1, "price": -1}]}, "negative-value"),
        ({"menu": [{"variance": 1, "rows": 1, "price": 1}]}, "field-unknown"),
        ({"c": 1, "variances": [0]}, "not-positive"),
        ({"view_prices": {"A": 1}, "queries": ["AB"]}, "query-not-covered"),
        ({"view_prices": {"A": 1}, "queries": ["ABCDEFGHIJKLMNO"]}, "too-many-items"),
        (
            {
                "view_prices": dict.fromkeys("ABCDEFGHIJKLMN", 1),
                "queries": ["ABCDEFGHIJKLMN"] * 20,
            },
            "too-many-items",
        ),
        ({"buyers": []}, "too-many-items"),
        ({"buyers": [{"n": 0, "high": 1, "low": 1}]}, "not-positive"),
        ({"buyers": [{"n": 1, "high": 1, "low": 2}]}, "high-below-low"),
        ({"tiers": [{"up_to": 5, "price": 1}], "usage": 6}, "usage-beyond-tiers"),
        ({"tiers": [{"price": 1}, {"price": 2}], "usage": 6}, "tiers-not-rising"),
        (
            {"tiers": [{"up_to": 5, "price": 1}, {"up_to": 5, "price": 1}], "usage": 1},
            "tiers-not-rising",
        ),
        ({"price_per_query": 1}, "field-missing"),
    ],
)
def test_refusals(inputs: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("pricing", inputs)
    assert refused.value.code == code


def test_a_menu_too_intricate_is_refused() -> None:
    """The search ends by itself, and says so."""
    menu = [Offer(Fraction(10007 + 2 * n * n), Fraction(10007 + 2 * n * n)) for n in range(60)]
    with pytest.raises(ValuationError) as refused:
        Search(menu).cheapest(Fraction(10**9 + 1, 3))
    assert refused.value.code == "menu-too-intricate"


def test_views_by_name_and_undercut_views() -> None:
    """Columns with names of several letters; a view dearer than its parts is warned of."""
    result = value(
        "pricing",
        {
            "view_prices": {"age": 10, "city": 15, "age+city": 30},
            "queries": ["age+city", ["city"]],
        },
    )
    assert result.outputs["age+city"] == {"price": Decimal(25), "views": ["age", "city"]}
    assert result.outputs["city"] == {"price": Decimal(15), "views": ["city"]}
    assert [warning.code for warning in result.warnings] == ["view-undercut"]


OFFERS = st.lists(
    st.builds(
        Offer,
        st.integers(1, 40).map(Fraction),
        st.integers(0, 60).map(Fraction),
    ),
    min_size=1,
    max_size=5,
)


@given(OFFERS, st.lists(st.integers(0, 6), min_size=5, max_size=5))
def test_a_menu_without_attack_withstands_random_ones(menu: list[Offer], copies: list[int]) -> None:
    """No collection of offers beats a menu that is said to be free of arbitrage, or safe prices."""
    free = not attacks(menu)
    search = Search(menu)
    safe = [Offer(offer.size, search.cheapest(offer.size)[1]) for offer in menu]
    assert not attacks(safe)
    for prices, holds in ((menu, free), (safe, True)):
        bought = list(zip(prices, copies, strict=False))
        size = sum((offer.size * count for offer, count in bought), Fraction(0))
        cost = sum((offer.price * count for offer, count in bought), Fraction(0))
        if holds:
            assert all(offer.price <= cost for offer in prices if offer.size <= size)


@given(OFFERS)
def test_a_shown_attack_works(menu: list[Offer]) -> None:
    """It reaches the size and costs less."""
    for attack in attacks(menu):
        size = sum((menu[place].size * n for place, n in attack.copies.items()), Fraction(0))
        cost = sum((menu[place].price * n for place, n in attack.copies.items()), Fraction(0))
        assert size >= menu[attack.target].size
        assert cost == attack.cost < menu[attack.target].price


@given(
    st.dictionaries(
        st.sets(st.sampled_from("ABCD"), min_size=1).map(lambda s: "".join(sorted(s))),
        st.integers(1, 50),
        min_size=1,
        max_size=7,
    ),
    st.sets(st.sampled_from("ABCD"), min_size=1),
)
def test_cover_is_the_cheapest(prices: dict[str, int], query: set[str]) -> None:
    """As going through all sets of views says."""
    views = {name: (frozenset(name), Fraction(price)) for name, price in prices.items()}
    found = [
        sum(prices[name] for name in names)
        for size in range(1, len(views) + 1)
        for names in combinations(views, size)
        if query <= set("".join(names))
    ]
    if not found:
        with pytest.raises(ValuationError):
            cheapest_cover(frozenset(query), views)
        return
    assert cheapest_cover(frozenset(query), views)[0] == min(found)


@given(
    st.lists(
        st.builds(
            lambda count, low, more: Buyers(Fraction(count), Fraction(low + more), Fraction(low)),
            st.integers(1, 5),
            st.integers(0, 8),
            st.integers(0, 8),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_pair_of_whole_prices_brings_more(buyers: list[Buyers]) -> None:
    """Whole valuations have whole best prices; two versions bring at least what one does."""
    best = best_versions(buyers)
    every = [
        sold_at(buyers, Fraction(high), Fraction(low)).revenue
        for high in range(18)
        for low in range(10)
    ]
    assert best.revenue == max(every)
    assert best.revenue >= best_single(buyers)[1]

"""Price plans: what they cost, what they refuse, and that they come back from their values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.errors import Invalid
from marketplace.trading.listings.plans import (
    Band,
    Due,
    Free,
    Instalments,
    Menu,
    Metered,
    Once,
    Plan,
    Subscription,
    Tier,
    is_comparable,
    plan_of,
)

D = Decimal
amounts = st.decimals(min_value="0.01", max_value="1000000", places=2)
unit_prices = st.decimals(min_value="0.000001", max_value="100", places=6)
METERED = Metered(
    unit="row",
    bands=(Band(1000, D("0.002")), Band(10_000, D("0.001"))),
    base=D("50.00"),
    cap=D("100.00"),
)
MENU = Menu(
    tiers=(
        Tier(code="small", label="Small", rows=2, amount=D("40.00")),
        Tier(code="full", label="Full", rows=4, amount=D("70.00")),
    )
)
HALVES = Instalments(parts=(Due(0, D("6000.00")), Due(6, D("6000.00"))))
YEARLY = Subscription(amount=D("100.00"), period_months=1, periods=12)
PLANS: list[Plan] = [
    Once(amount=D("12000.00")),
    Once(amount=D("40.00"), tier="Small", rows=2),
    Free(),
    YEARLY,
    HALVES,
    METERED,
    replace(METERED, cap=None, base=D("0.00")),
    MENU,
]


@st.composite
def metered(draw: Any) -> Metered:
    """Draw bands that fall, with or without base and cap."""
    above = sorted(draw(st.sets(st.integers(0, 100_000), min_size=1, max_size=6)))
    prices = sorted(draw(st.lists(unit_prices, min_size=len(above), max_size=len(above))))[::-1]
    return Metered(
        unit=draw(st.sampled_from(["row", "call"])),
        bands=tuple(Band(*both) for both in zip(above, prices, strict=True)),
        cap=draw(st.none() | amounts),
    )


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.brief("CNY"))
def test_plan_comes_back_from_its_values(plan: Plan) -> None:
    """The values hold texts and numbers alone, and every plan of the list stands."""
    assert plan_of(plan.as_json()) == plan
    assert plan.problems() == {}
    assert all(sentence.strip() for sentence in plan.describe("CNY"))


@pytest.mark.parametrize(
    ("plan", "price", "first", "most", "brief"),
    [
        (Once(amount=D("12000.00")), "12000.00", "12000.00", "12000.00", "12,000.00 CNY"),
        (Free(), "0.00", "0.00", "0.00", "Free"),
        (YEARLY, "1200.00", "100.00", "1200.00", "100.00 CNY a month"),
        (HALVES, "12000.00", "6000.00", "12000.00", "12,000.00 CNY in 2 instalments"),
        (METERED, "50.00", "50.00", "1350.00", "50.00 CNY and 0.002 CNY a row"),
        (MENU, "40.00", "40.00", "70.00", "from 40.00 CNY"),
    ],
)
def test_what_a_plan_costs(plan: Plan, price: str, first: str, most: str, brief: str) -> None:
    """All that is sure, what comes before delivery, and the most of a licence of a year."""
    assert (plan.price, plan.amount_due_first, plan.most(12)) == (D(price), D(first), D(most))
    assert plan.brief("CNY") == brief


def test_only_a_cap_bounds_what_use_costs() -> None:
    """Without a cap nobody can say what an order costs at most."""
    assert replace(METERED, cap=None).most(12) is None


@pytest.mark.parametrize(
    ("units", "cost"),
    [
        *((0, "0.00"), (1000, "0.00"), (1001, "0.00"), (1003, "0.01"), (10_000, "18.00")),
        *((11_000, "19.00"), (92_000, "100.00"), (10**9, "100.00")),
    ],
)
def test_use_is_charged_on_the_margin(units: int, cost: str) -> None:
    """1,000 rows are included, 9,000 cost 0.002 each, those beyond 0.001, and 100 at most."""
    assert METERED.charge(units) == D(cost)


@given(plan=metered(), units=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_more_use_never_costs_less(plan: Metered, units: int, more: int) -> None:
    """A charge is never negative, never falls with use, and never passes the cap."""
    assert plan.problems() == {}
    assert D(0) <= plan.charge(units) <= plan.charge(units + more)
    if plan.cap is not None:
        assert plan.charge(units + more) <= plan.cap


@given(plan=metered(), units=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_no_unit_beyond_costs_more_than_the_first(plan: Metered, units: int, more: int) -> None:
    """No use of a month costs more than its units at the first band's price, to the cent."""
    beyond = plan.charge(units + more) - plan.charge(units)
    assert beyond <= more * plan.bands[0].unit_price + D("0.01")


@given(
    price=amounts,
    months=st.integers(1, 12),
    periods=st.integers(1, 60),
)
def test_subscription_adds_up(price: Decimal, months: int, periods: int) -> None:
    """What falls due is the price of each period, the first before delivery."""
    plan = Subscription(amount=price, period_months=months, periods=periods)
    due = plan.schedule()
    assert (plan.price, plan.amount_due_first) == (price * periods, price)
    assert [one.months for one in due] == [months * number for number in range(periods)]
    assert (plan.problems() == {}) == (plan.months <= 60)


@given(
    tiers=st.lists(
        st.tuples(st.integers(1, 12), amounts), min_size=2, max_size=4, unique_by=lambda one: one[0]
    )
)
def test_menu_stands_only_without_a_way_round(tiers: list[tuple[int, Decimal]]) -> None:
    """Against every collection of up to twelve purchases, tried one by one by amount."""
    menu = Menu(
        tiers=tuple(
            Tier(code=f"t{number}", label=f"T{number}", rows=rows, amount=amount)
            for number, (rows, amount) in enumerate(tiers)
        )
    )
    cheapest: list[Decimal] = [D(0)]
    for wanted in range(1, 13):
        cheapest.append(min(amount + cheapest[max(0, wanted - rows)] for rows, amount in tiers))
    stands = all(cheapest[rows] == amount for rows, amount in tiers)
    assert (menu.problems() == {}) == stands


@pytest.mark.parametrize(
    ("field", "plan"),
    [
        ("price", Once(amount=D("0.00"))),
        ("price", Once(amount=D("NaN"))),
        ("price", replace(YEARLY, amount=D("-1"))),
        ("period_months", replace(YEARLY, period_months=13)),
        ("periods", replace(YEARLY, periods=0)),
        ("periods", replace(YEARLY, period_months=12, periods=6)),
        ("parts", Instalments(parts=(Due(0, D(1)),))),
        ("parts", Instalments(parts=(Due(1, D(1)), Due(2, D(1))))),
        ("parts", Instalments(parts=(Due(0, D(1)), Due(0, D(1))))),
        ("parts", Instalments(parts=(Due(0, D(1)), Due(61, D(1))))),
        ("parts", Instalments(parts=(Due(0, D(1)), Due(1, D("0.001"))))),
        ("unit", replace(METERED, unit="byte")),
        ("base", replace(METERED, base=D(-1))),
        ("cap", replace(METERED, cap=D(0))),
        ("bands", replace(METERED, bands=())),
        ("bands", replace(METERED, bands=(Band(-1, D(1)),))),
        ("bands", replace(METERED, bands=(Band(0, D(0)),))),
        ("bands", replace(METERED, bands=(Band(0, D("0.0000001")),))),
        ("bands", replace(METERED, bands=(Band(0, D(1)), Band(0, D(1))))),
        ("bands", replace(METERED, bands=(Band(0, D(1)), Band(9, D(2))))),
        ("tiers", replace(MENU, tiers=MENU.tiers[:1])),
        ("tiers", replace(MENU, tiers=(MENU.tiers[0], MENU.tiers[0]))),
        ("tiers", replace(MENU, tiers=(MENU.tiers[0], replace(MENU.tiers[1], code="A b")))),
        ("tiers", replace(MENU, tiers=(MENU.tiers[0], replace(MENU.tiers[1], label=" ")))),
        ("tiers", replace(MENU, tiers=(MENU.tiers[0], replace(MENU.tiers[1], rows=0)))),
    ],
)
def test_plan_that_breaks_a_rule(field: str, plan: Plan) -> None:
    """Each rule names its field."""
    assert list(plan.problems()) == [field]


def test_menu_shows_the_way_round() -> None:
    """Two small ones for 80 replace the full one for 90."""
    menu = replace(MENU, tiers=(MENU.tiers[0], replace(MENU.tiers[1], amount=D("90.00"))))
    (sentence,) = menu.problems()["tiers"]
    assert "“Full” for 90.00" in sentence
    assert "2 × “Small” costs 80.00" in sentence


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", {}),
        ("kind", {"kind": "barter"}),
        ("kind", {"kind": ["once"]}),
        ("price", {"kind": "once"}),
        ("plan", {"kind": "once", "price": "much"}),
        ("plan", {"kind": "once", "price": True}),
        ("cap", {"kind": "once", "price": "1.00", "cap": "1.00"}),
        ("price", {"kind": "subscription", "period_months": 1, "periods": 1}),
        ("plan", {"kind": "subscription", "price": "1.00", "period_months": 1.5, "periods": 1}),
        ("plan", {"kind": "instalments", "parts": 3}),
        ("months", {"kind": "instalments", "parts": [{"price": "1.00"}]}),
        ("plan", {"kind": "metered", "unit": "row", "bands": ["x"]}),
        ("tiers", {"kind": "menu"}),
    ],
)
def test_unreadable_plan(field: str, values: dict[str, Any]) -> None:
    """What cannot be read is refused with the part that is wrong."""
    with pytest.raises(Invalid) as refused:
        plan_of(values)
    assert (refused.value.code, list(refused.value.fields)) == ("plan-unreadable", [field])


def test_only_whole_prices_compare() -> None:
    """A size, a subscription and use tell nothing of what the whole of the data costs."""
    assert [is_comparable(plan) for plan in PLANS] == [
        *(True, False, True, False, True),
        *(False, False, False),
    ]

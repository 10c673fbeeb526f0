"""Prices of use are amended for what is still to be used; whatever is invoiced stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.core import clock
from marketplace.core.errors import Invalid, WrongState
from marketplace.core.months import months_after
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import UNKNOWN, Refused
from marketplace.trading.listings.plans import (
    Band,
    Due,
    Free,
    Instalments,
    Metered,
    Once,
    Plan,
    Subscription,
)
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.selectors import amendment_document, plan_in_month
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contract_document
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.services import bill_usage
from tests.conftest import ApiClients, PageClients
from tests.given import amendments, ceilings
from tests.given import trading as given
from tests.given.world import World
from tests.trading.listings.test_plans import METERED

D = Decimal
CHEAPER = replace(METERED, bands=(Band(1000, D("0.001")),), cap=D("80.00"))


def by_use(world: World, plan: Plan = METERED) -> Order:
    """Return a paid order."""
    return given.paid(world, given.placed(world, given.published(world, plan=plan)))


def month(number: int) -> str:
    """Return the calendar month so many months from now."""
    return f"{months_after(clock.today().replace(day=1), number):%Y-%m}"


def test_other_prices_hold_from_the_next_month(world: World) -> None:
    """The month of the signatures is billed as before, also when its bill comes later."""
    order = by_use(world)
    amendment = amendments.proposed(world, order, plan=CHEAPER)
    assert "0.002" in amendment.text
    assert "the first day of the calendar month after" in amendment.text
    amendments.signed(world, amendment, "buyer")
    assert plan_in_month(order, month(1)) == METERED, "one side alone agreed"
    before = list(Charge.objects.values())
    amendments.signed(world, amendment, "officer")
    assert list(Charge.objects.values()) == before
    order = Order.objects.get()
    assert (order.agreed_plan, order.price) == (CHEAPER, D("50.00"))
    for number, plan in ((-1, METERED), (0, METERED), (1, CHEAPER), (2, CHEAPER)):
        assert plan_in_month(order, month(number)) == plan
        charge = bill_usage(order.pk, period=month(number), units=20_000, by=given.SYSTEM)
        assert charge is not None
        assert charge.amount == plan.charge(20_000)
    assert METERED.charge(20_000) != CHEAPER.charge(20_000)


def test_prices_are_amended_again(world: World) -> None:
    """Each month has the plan that both had signed before it began."""
    order = by_use(world)
    amendments.in_force(world, amendments.proposed(world, order, plan=CHEAPER))
    amendments.in_force(world, amendments.proposed(world, order, audit="report"))
    dearer = replace(METERED, cap=D("200.00"))
    today = clock.today()
    later = clock.now() + timedelta(days=(months_after(today.replace(day=1), 1) - today).days + 2)
    with clock.stopped_at(later):
        amendments.in_force(world, amendments.proposed(world, order, plan=dearer))
    order = Order.objects.get()
    found = [plan_in_month(order, month(number)) for number in range(4)]
    assert found == [METERED, CHEAPER, dearer, dearer]
    assert [each.number for each in Amendment.objects.order_by("number")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("agreed", "wanted", "field", "says"),
    [
        (METERED, replace(METERED, base=D("60.00")), "base", "base fee stay"),
        (METERED, replace(METERED, unit="call"), "unit", "base fee stay"),
        (METERED, Once(amount=D("1.00")), "plan", "base fee stay"),
        (
            Subscription(amount=D("9.00"), period_months=1, periods=12),
            Subscription(amount=D("8.00"), period_months=1, periods=12),
            "plan",
            "subscribe anew",
        ),
        (
            Instalments(parts=(Due(0, D("5.00")), Due(3, D("4.00")))),
            Instalments(parts=(Due(0, D("5.00")), Due(3, D("3.00")))),
            "plan",
            "instalments were invoiced",
        ),
        (Once(amount=D("9.00")), Free(), "plan", "as a whole"),
        (METERED, replace(METERED, bands=()), "bands", "Give 1 to 6 price bands."),
    ],
)
def test_what_is_invoiced_stays(
    world: World, agreed: Plan, wanted: Plan, field: str, says: str
) -> None:
    """Each says what to do instead, and nothing is kept."""
    order = by_use(world, agreed)
    with pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, plan=wanted)
    assert says in refused.value.fields[field][0]
    assert not Amendment.objects.exists()


def test_the_same_is_proposed_once(world: World) -> None:
    """And the prices that hold already are no amendment."""
    order = by_use(world)
    with pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, plan=METERED)
    assert refused.value.code == "amendment-unchanged"
    first = amendments.proposed(world, order, plan=CHEAPER)
    assert amendments.proposed(world, order, plan=CHEAPER) == first
    with pytest.raises(WrongState) as waits:
        amendments.proposed(world, order, plan=replace(CHEAPER, cap=D("70.00")))
    assert waits.value.code == "amendment-waiting"


@pytest.mark.parametrize("changes", [{"plan": CHEAPER}, {"licence_months": 24}])
def test_the_ceiling_is_asked_at_each_signature(world: World, changes: dict[str, Any]) -> None:
    """One that ended since the proposal stops what would cost more or last longer."""
    order = by_use(world)
    amendment = amendments.proposed(world, order, **changes)
    amendments.signed(world, amendment, "buyer")
    ceilings.closed(world, PriceCeiling.objects.get())
    with pytest.raises(WrongState) as refused:
        amendments.signed(world, amendment, "officer")
    assert refused.value.code == "ceiling-missing"
    assert "Decline or withdraw it to propose another." in str(refused.value)
    assert AmendmentSignature.objects.count() == 1
    assert Order.objects.get().agreed_plan == METERED


def test_without_a_ceiling_other_terms_are_signed(world: World) -> None:
    """They cost the buyer nothing."""
    order = by_use(world)
    amendment = amendments.proposed(world, order, audit="report")
    ceilings.closed(world, PriceCeiling.objects.get())
    assert amendments.in_force(world, amendment).state == "in_force"


def test_a_price_above_the_ceiling_is_not_proposed(world: World) -> None:
    """Without a cap a month could cost anything."""
    order = by_use(world)
    with pytest.raises(WrongState) as refused:
        amendments.proposed(world, order, plan=replace(METERED, cap=None))
    assert refused.value.code == "ceiling-exceeded"


def test_pages_and_api(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """The form begins with the prices of now; the order's page tells from when others hold."""
    order = by_use(world)
    address = reverse("contract_amend", args=[order.contract.pk])
    buyer = page_of("buyer")
    page = buyer.get(address).content.decode()
    assert "1000: 0.002" in page
    assert "Other prices of use hold from the calendar month after" in page
    terms = order.agreed_terms.as_json()
    sent = {name: value for name, value in terms.items() if value not in (False, [])}
    for bands, says in (
        ("", "required"),
        ("1000", "separate 2 values"),
        ("5: x", "cannot be read"),
    ):
        refused = buyer.post(address, sent | {"bands": bands, "cap": "80.00"})
        assert refused.status_code == 422
        assert says in refused.content.decode()
    assert not Amendment.objects.exists()
    buyer.post(address, sent | {"bands": "1000: 0.001", "cap": "80.00"})
    amendment = Amendment.objects.get()
    assert amendment.agreed["plan_change"] == [METERED.as_json(), CHEAPER.as_json()]
    assert amendment.agreed["changes"] == {}
    read = buyer.get(reverse("amendment_detail", args=[amendment.pk])).content.decode()
    assert "0.001 CNY" in read
    amendments.in_force(world, amendment)
    shown = buyer.get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "0.002 CNY" in shown
    assert "as amended" in shown
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        assert "as amended" not in buyer.get(reverse("order_detail", args=[order.pk])).text
        assert "0.002 CNY" not in buyer.get(reverse("order_detail", args=[order.pk])).text
    answer = api_of("officer").post(
        reverse("api_propose_amendment", args=[order.contract.pk]),
        {"terms": terms, "plan": METERED.as_json()},
        format="json",
        headers={"Idempotency-Key": '"one"'},
    )
    assert answer.status_code == 201, answer.json()
    assert answer.json()["agreed"]["plan_change"][1] == METERED.as_json()


def test_anybody_checks_the_chain_of_prices(world: World) -> None:
    """Each amendment goes on from the plan before it, and the last line tells that of now."""
    order = by_use(world)
    amendments.in_force(world, amendments.proposed(world, order, plan=CHEAPER))
    contract = contract_document(Contract.objects.get())
    first = amendment_document(Amendment.objects.get())
    outcome = verify.check_amended(contract, [first])
    assert outcome.code == UNKNOWN
    assert "As amended the price plan is:" in outcome.lines[-1]
    assert '"cap":"80.00"' in outcome.lines[-1]
    # The centre itself changes the plan and binds that: the next amendment gives it away.
    given.agreed_otherwise(order.pk, plan=replace(METERED, cap=D("90.00")).as_json())
    second = amendments.in_force(world, amendments.proposed(world, order, plan=METERED))
    with pytest.raises(Refused, match="does not go on from the price plan before it"):
        verify.check_amended(contract, [first, amendment_document(second)])


def test_plans_compare_by_value() -> None:
    """A price written with other zeros is the same price."""
    assert Metered(unit="row", bands=(Band(0, D("0.50")),)) == Metered(
        unit="row", bands=(Band(0, D("0.5")),)
    )

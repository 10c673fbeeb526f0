"""What is owed: by the schedule of a plan, and for what was used."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.plans import Due, Instalments
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.invoicing import tax_within
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.trading.orders.settlement.services import bill_usage
from tests.given import money
from tests.given import trading as given
from tests.given.world import World
from tests.trading.listings.test_plans import METERED

D = Decimal
PARTS = Instalments(parts=(Due(0, D("6000.00")), Due(3, D("4000.00")), Due(6, D("2000.00"))))


def pay(world: World, charge: Charge, reference: str) -> None:
    """Pay a charge by the bank."""
    content = money.statement(money.line(reference, charge.amount, charge.reference))
    assert money.book(world, content).allocated == 1


def test_instalments(world: World) -> None:
    """The first opens the delivery; each is invoiced, held or released as the order stands."""
    listing = given.published(world, price=D("0.00"), plan=PARTS)
    order = given.signed(world, given.placed(world, listing))
    first, second, third = Charge.objects.filter(order=order).order_by("number")
    assert [str(each.amount) for each in (first, second, third)] == [
        "6000.00",
        "4000.00",
        "2000.00",
    ]
    assert first.due_on < second.due_on < third.due_on
    numbers = list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == [1, 2, 3]
    pay(world, first, "TX-1000")
    mark_delivered(order.pk, by=given.SYSTEM)
    pay(world, second, "TX-2000")
    held = Account.objects.get(kind=AccountKind.HELD, held_for=order.pk)
    assert held.balance == D("10000.00")
    accept_delivery(order.pk, by=world.actor("buyer"))
    pay(world, third, "TX-3000")
    held.refresh_from_db()
    assert held.balance == 0
    assert Account.objects.get(kind=AccountKind.SELLER).balance == D("11760.00")
    assert Account.objects.get(kind=AccountKind.FEE).balance == D("240.00")


def test_use_is_billed_once_a_month(world: World) -> None:
    """By the bands of the agreed plan; again it is the same charge, whatever is counted then."""
    listing = given.published(world, price=D("0.00"), plan=METERED)
    order = given.signed(world, given.placed(world, listing))
    if order.due_first:
        pay(world, money.charge_of(order), "TX-BASE")
    charge = bill_usage(order.pk, period="2026-03", units=20_000, by=given.SYSTEM)
    assert charge is not None
    assert charge.amount == METERED.charge(20_000)
    again = bill_usage(order.pk, period="2026-03", units=1, by=given.SYSTEM)
    assert again == charge
    assert bill_usage(order.pk, period="2026-04", units=0, by=given.SYSTEM) is None
    assert Charge.objects.filter(order=order, kind="usage").count() == 1
    for period, units in (("2026-13", 1), ("2026-05", -1)):
        with pytest.raises(Invalid):
            bill_usage(order.pk, period=period, units=units, by=given.SYSTEM)
    with pytest.raises(NotAllowed):
        bill_usage(order.pk, period="2026-05", units=1, by=world.actor("treasurer"))


def test_a_fixed_price_has_no_bill_of_use(world: World) -> None:
    """Nor has an order that was never paid."""
    order = given.paid(world)
    with pytest.raises(WrongState):
        bill_usage(order.pk, period="2026-03", units=5, by=given.SYSTEM)
    assert Order.objects.get(pk=order.pk).state == "paid"


def test_tax_is_within_the_amount() -> None:
    """At 6 %: 6.00 of 106.00, and not 6.36; rounded half up to cents."""
    assert tax_within(Decimal("106.00"), Decimal("0.06")) == Decimal("6.00")
    assert tax_within(Decimal("12000.00"), Decimal("0.06")) == Decimal("679.25")
    assert tax_within(Decimal("0.08"), Decimal("0.06")) == Decimal("0.00")
    assert tax_within(Decimal("0.09"), Decimal("0.06")) == Decimal("0.01")

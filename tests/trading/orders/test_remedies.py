"""An objection is an offer to mend: the seller answers with a sum or without, the buyer decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.plans import Due, Instalments
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.delivery.services import accept_delivery, object_to_delivery
from marketplace.trading.orders.dispute.services import withdraw_dispute
from marketplace.trading.orders.objection.services import (
    accept_remedy,
    decline_remedy,
    offer_remedy,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.remedy.states import RemedyState
from marketplace.trading.orders.settlement.models import Charge, Invoice, InvoiceKind
from tests.conftest import PageClients
from tests.given import disputes, limits, remedies
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

D = Decimal


def balances(world: World) -> dict[str, Decimal]:
    """Return what buyer and seller have, and what is held."""
    rows = Account.objects.exclude(balance_cents=0)
    return {
        row.kind: row.balance
        for row in rows
        if row.kind in (AccountKind.BUYER, AccountKind.SELLER, AccountKind.HELD, AccountKind.FEE)
    }


def test_a_sum_goes_back_and_the_rest_is_released(world: World) -> None:
    """The fee is taken of what the seller keeps; a credit note corrects the invoice."""
    remedy = remedies.accepted(world)
    order = Order.objects.get(pk=remedy.order_id)
    assert (order.state, remedy.state) == (OrderState.COMPLETED, RemedyState.ACCEPTED)
    assert balances(world) == {
        "buyer": D("2000.00"),
        "seller": D("9800.00"),
        "fee": D("200.00"),
    }
    note = Invoice.objects.get(order=order, kind=InvoiceKind.CREDIT_NOTE)
    assert (note.amount, note.content["for"]) == (D("2000.00"), "remedy")
    assert not Deletion.objects.filter(order=order).exists()


def test_an_explanation_gives_nothing_back(world: World) -> None:
    """What was held is released as by an acceptance."""
    remedies.accepted(world, refund="0.00")
    assert balances(world) == {"seller": D("11760.00"), "fee": D("240.00")}
    assert not Invoice.objects.filter(kind=InvoiceKind.CREDIT_NOTE).exists()


def test_all_the_money_back_ends_the_contract(world: World) -> None:
    """And the buyer owes a statement that the data is deleted."""
    remedy = remedies.accepted(world, refund="12000.00")
    order = Order.objects.get(pk=remedy.order_id)
    assert order.state == OrderState.REFUNDED
    assert balances(world) == {"buyer": D("12000.00")}
    assert Deletion.objects.filter(order=order).exists()


@pytest.mark.parametrize("refund", ["12000.01", "-0.01", "0.001", "1E+30"])
def test_a_sum_that_is_not_held_is_refused(refund: str, world: World) -> None:
    """Nothing is offered, and nothing is told."""
    order, before = remedies.objected(world), Entry.objects.count()
    with pytest.raises(Invalid) as refusal:
        offer_remedy(order.pk, text="So be it.", refund=D(refund), by=world.actor("officer"))
    assert refusal.value.code == "refund-too-high"
    assert not Remedy.objects.exists()
    assert Entry.objects.count() == before


def test_a_newer_answer_takes_the_place_of_the_one_that_waits(world: World) -> None:
    """So the buyer cannot accept a sum that was taken back, and the same twice is one."""
    first = remedies.offered(world)
    order_id, seller, buyer = first.order_id, world.actor("officer"), world.actor("buyer")
    same = offer_remedy(order_id, text=remedies.TEXT, refund=D("2000.00"), by=seller)
    assert same.pk == first.pk
    second = offer_remedy(order_id, text="We looked again.", refund=D("500.00"), by=seller)
    with pytest.raises(WrongState):
        accept_remedy(first.pk, by=buyer)
    assert Order.objects.get(pk=order_id).state == OrderState.OBJECTED
    accept_remedy(second.pk, by=buyer)
    assert balances(world)["buyer"] == D("500.00")
    with pytest.raises(WrongState):
        accept_remedy(second.pk, by=buyer)
    assert balances(world)["buyer"] == D("500.00")


def test_what_waits_lapses_with_the_objection(world: World) -> None:
    """Once the buyer accepts the delivery, the sum that was offered is not theirs any more."""
    remedy = remedies.offered(world)
    accept_delivery(remedy.order_id, by=world.actor("buyer"))
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.LAPSED
    with pytest.raises(WrongState) as refusal:
        accept_remedy(remedy.pk, by=world.actor("buyer"))
    assert refusal.value.code == "no-objection"
    assert "buyer" not in balances(world)


def test_what_waits_lapses_with_a_dispute(world: World) -> None:
    """A dispute that is taken back brings the objection back, and not the old offer."""
    remedy = remedies.offered(world)
    dispute = disputes.opened(world, Order.objects.get(pk=remedy.order_id))
    with pytest.raises(WrongState):
        accept_remedy(remedy.pk, by=world.actor("buyer"))
    withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.LAPSED
    with pytest.raises(WrongState):
        accept_remedy(remedy.pk, by=world.actor("buyer"))
    assert balances(world) == {"held": D("12000.00")}


def test_who_declines_says_why_and_the_money_stays_held(world: World, page_of: PageClients) -> None:
    """The seller reads it, and may offer something else."""
    remedy = remedies.declined(world)
    assert balances(world) == {"held": D("12000.00")}
    with pytest.raises(WrongState):
        decline_remedy(remedy.pk, reason="Again.", by=world.actor("buyer"))
    page = page_of("officer").get(reverse("order_detail", args=[remedy.order_id]))
    assert "Too little." in page.content.decode()
    assert Order.objects.get(pk=remedy.order_id).state == OrderState.OBJECTED


def test_nobody_gives_up_more_than_they_may_alone(world: World) -> None:
    """Who may sign for 1,000 offers no 2,000 back, in one sum."""
    order = remedies.objected(world)
    limits.limited(world, "colleague", D("1000.00"), by="officer")
    clerk, before = world.actor("colleague"), Entry.objects.count()
    with pytest.raises(NotAllowed) as refusal:
        offer_remedy(order.pk, text=remedies.TEXT, refund=D("2000.00"), by=clerk)
    assert refusal.value.code == "above-limit"
    assert (Remedy.objects.count(), Entry.objects.count()) == (0, before)
    offer_remedy(order.pk, text=remedies.TEXT, refund=D("1000.00"), by=clerk)
    assert Remedy.objects.get().refund == D("1000.00")


@pytest.mark.parametrize(("refund", "is_left"), [("1000.00", True), ("6000.00", False)])
def test_later_instalments_stay_due_unless_all_goes_back(
    refund: str, is_left: bool, world: World
) -> None:
    """A part that goes back settles one delivery; all that is held ends the contract."""
    parts = Instalments(parts=(Due(0, D("6000.00")), Due(3, D("6000.00"))))
    listing = given.published(world, price=D("0.00"), plan=parts)
    order = given.delivered(world, given.placed(world, listing))
    remedy = remedies.offered(world, remedies.objected(world, order), refund=refund)
    accept_remedy(remedy.pk, by=world.actor("buyer"))
    states = list(Charge.objects.filter(order=order).values_list("state", flat=True))
    assert (("open" in states), ("void" in states)) == (is_left, not is_left)


def test_the_sides_are_told(world: World) -> None:
    """The buyer of the answer, the seller of what became of it."""
    remedies.declined(world)
    catch_up()
    kinds = set(Notice.objects.values_list("kind", "person__organization__name"))
    buyer, seller = world.organization("buyer").name, world.organization("officer").name
    assert {("remedy_offered", buyer), ("remedy_declined", seller)} <= kinds


def test_the_page_tells_the_ways_apart(world: World, page_of: PageClients) -> None:
    """Accept, decline, dispute and terminate each in a sentence, to the buyer alone."""
    remedy = remedies.offered(world)
    address = reverse("order_detail", args=[remedy.order_id])
    page = page_of("buyer").get(address).content.decode()
    for sentence in (
        "The sum comes back to you, the rest goes to the seller, and you keep the data.",
        "Your objection stands, the money stays held, and the seller may offer something else.",
        "The centre decides between you.",
        "You give the data up and delete it.",
    ):
        assert sentence in page
    assert "Accept what is offered" not in page_of("officer").get(address).content.decode()


def test_objecting_again_after_a_remedy_is_refused(world: World) -> None:
    """What was settled is settled."""
    remedy = remedies.accepted(world)
    with pytest.raises(WrongState):
        object_to_delivery(remedy.order_id, reason="Again.", by=world.actor("buyer"))

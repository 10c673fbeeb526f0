"""Disputes: money and access stand still, and end as agreed, decided or ruled."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.delivery.access import refuse_unless_usable
from marketplace.trading.orders.delivery.services import accept_delivery, complete_silent_orders
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    appeal_dispute,
    close_due_disputes,
    decide_dispute,
    digest_of,
    propose_settlement,
    record_ruling,
    withdraw_dispute,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.trading.orders.settlement.selectors import held_of
from tests.conftest import ApiClients, PageClients
from tests.given import disputes, money
from tests.given import trading as given
from tests.given.world import World

D = Decimal


def standing() -> dict[str, Decimal]:
    """Return what stands on each account that is not empty, but for the bank."""
    return {
        account.kind: account.balance
        for account in Account.objects.exclude(kind=AccountKind.OUTSIDE)
        if account.balance
    }


def test_everything_stands_still(world: World) -> None:
    """No acceptance, no silence, no refund besides, and no access; the evidence is frozen."""
    dispute = disputes.opened(world)
    order = Order.objects.get(pk=dispute.order_id)
    assert order.state == "disputed"
    with pytest.raises(WrongState) as refused:
        refuse_unless_usable(order.pk)
    assert refused.value.code == "order-disputed"
    with pytest.raises(WrongState):
        accept_delivery(order.pk, by=world.actor("buyer"))
    with pytest.raises(WrongState):
        money.proposed_refund(world, order)
    with clock.stopped_at(clock.now() + timedelta(days=90)):
        assert complete_silent_orders(by=given.SYSTEM) == []
    assert standing() == {"held": D("12000.00")}
    assert digest_of(dispute.dossier) == dispute.dossier_digest
    kinds = {fact["kind"] for fact in dispute.dossier["facts"]}
    assert {"trading.order_placed", "trading.payment_held", "trading.order_delivered"} <= kinds
    assert dispute.dossier["contract_sha256"]
    assert disputes.opened(world, order) == dispute


def test_a_settlement_divides_the_money(world: World) -> None:
    """A third back, the rest to the seller less the fee on it, with a credit note."""
    dispute = disputes.settled(world)
    assert dispute.state == "settled"
    order = Order.objects.get(pk=dispute.order_id)
    assert order.state == "completed"
    assert standing() == {"buyer": D("4000.00"), "seller": D("7840.00"), "fee": D("160.00")}
    note = Invoice.objects.get(kind="credit")
    assert (note.amount, note.number[:2]) == (D("4000.00"), "C-")
    told = Entry.objects.get(kind="trading.order_completed").payload
    assert (told["released"], told["fee"]) == ("7840.00", "160.00")
    refuse_unless_usable(order.pk)


def test_a_proposal_that_one_side_refuses(world: World) -> None:
    """Nothing moves; the mediator may propose again."""
    dispute = disputes.proposed(world)
    answer_settlement(dispute.pk, is_agreed=True, by=world.actor("buyer"))
    answer_settlement(dispute.pk, is_agreed=False, by=world.actor("officer"))
    dispute = disputes.proposed(world, dispute, refund="1000.00")
    assert (dispute.state, dispute.buyer_agreed_at) == ("proposed", None)
    assert standing() == {"held": D("12000.00")}


def test_a_decision_waits_for_the_time_to_appeal(world: World) -> None:
    """By a second officer alone; it is carried out when nobody appealed."""
    dispute = disputes.proposed(world)
    with pytest.raises(NotAllowed):
        decide_dispute(dispute.pk, refund=D(0), reason="R.", by=world.actor("reviewer"))
    dispute = disputes.decided(world, dispute, refund="12000.00")
    assert standing() == {"held": D("12000.00")}
    assert close_due_disputes(by=given.SYSTEM) == []
    assert dispute.appeal_until is not None
    with clock.stopped_at(clock.now() + (dispute.appeal_until - clock.today())):
        assert close_due_disputes(by=given.SYSTEM) == []
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        with pytest.raises(WrongState) as refused:
            appeal_dispute(dispute.pk, text="The court.", by=world.actor("officer"))
        assert refused.value.code == "appeal-too-late"
        assert close_due_disputes(by=given.SYSTEM) == [dispute.pk]
        assert close_due_disputes(by=given.SYSTEM) == []
    assert Order.objects.get(pk=dispute.order_id).state == "refunded"
    assert standing() == {"buyer": D("12000.00")}
    with pytest.raises(WrongState) as ended:
        refuse_unless_usable(dispute.order_id)
    assert ended.value.code == "order-ended"
    with pytest.raises(NotAllowed):
        close_due_disputes(by=world.actor("reviewer"))


def test_nobody_agreed_to_what_an_officer_decided(world: World, page_of: PageClients) -> None:
    """A side agreed to the proposal; the decision is the officer's alone, and the page says so."""
    dispute = disputes.proposed(world, refund="2000.00")
    answer_settlement(dispute.pk, is_agreed=True, by=world.actor("buyer"))
    address = reverse("dispute_detail", args=[dispute.pk])
    page = page_of("buyer").get(address).content.decode()
    assert "Back to the buyer, as proposed" in page
    assert " · agreed" in page
    decided = disputes.decided(world, dispute, refund="9000.00")
    assert (decided.buyer_agreed_at, decided.seller_agreed_at) == (None, None)
    page = page_of("buyer").get(address).content.decode()
    assert "Back to the buyer, as decided" in page
    assert " · agreed" not in page


def test_an_appeal_on_the_last_day_is_in_time(world: World) -> None:
    dispute = disputes.decided(world, disputes.proposed(world), refund="12000.00")
    assert dispute.appeal_until is not None
    with clock.stopped_at(clock.now() + (dispute.appeal_until - clock.today())):
        appeal_dispute(dispute.pk, text="The court.", by=world.actor("officer"))
    dispute.refresh_from_db()
    assert dispute.state == "appealed"


def test_an_appeal_keeps_everything_still(world: World) -> None:
    """Until the ruling is recorded."""
    dispute = disputes.appealed(world)
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert close_due_disputes(by=given.SYSTEM) == []
    assert standing() == {"held": D("12000.00")}
    record_ruling(dispute.pk, refund=D(0), reason="Dismissed.", by=world.actor("reviewer"))
    assert standing() == {"seller": D("11760.00"), "fee": D("240.00")}


def test_after_acceptance_the_seller_money_is_taken_back(world: World) -> None:
    """As far as it is there, its fee with it; withdrawn, each has its part again."""
    order = given.completed(world)
    dispute = disputes.opened(world, order)
    assert standing() == {"held": D("12000.00")}
    withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    assert standing() == {"seller": D("11760.00"), "fee": D("240.00")}
    assert Order.objects.get(pk=order.pk).state == "completed"
    account = Account.objects.get(kind=AccountKind.SELLER)
    money.approved(world, money.proposed_payout(world, account, amount=D("10000.00")))
    again = disputes.opened(world, order, by="officer")
    # What came in to prove the seller's bank account waits to be returned.
    rest = {"unallocated": D("1.00")}
    assert standing() == {"held": D("1795.92"), "fee": D("204.08"), **rest}
    disputes.decided(world, disputes.proposed(world, again, refund="760.00"), refund="760.00")
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        close_due_disputes(by=given.SYSTEM)
    left = {"buyer": D("760.00"), "seller": D("1015.20"), "fee": D("224.80")}
    assert standing() == {**left, **rest}
    assert Entry.objects.filter(kind="trading.order_completed").count() == 1


@pytest.mark.parametrize("refund", ["12000.01", "-0.01", "0.001"])
def test_no_more_is_divided_than_is_held(refund: str, world: World) -> None:
    """Neither proposed nor decided."""
    dispute = disputes.opened(world)
    with pytest.raises(Invalid):
        propose_settlement(dispute.pk, refund=D(refund), reason="R.", by=world.actor("reviewer"))
    assert Dispute.objects.get().state == "open"
    disputes.proposed(world, dispute)
    with pytest.raises(Invalid):
        decide_dispute(dispute.pk, refund=D(refund), reason="R.", by=world.actor("second_reviewer"))
    assert Dispute.objects.get().state == "proposed"


def test_nobody_divides_the_money_alone(world: World, page_of: PageClients) -> None:
    """Before one officer has proposed a settlement no other decides, and no page offers it."""
    dispute = disputes.opened(world)
    page = page_of("reviewer").get(reverse("dispute_detail", args=[dispute.pk])).content.decode()
    assert "Decide the dispute" not in page
    with pytest.raises(WrongState) as refused:
        decide_dispute(dispute.pk, refund=D(0), reason="R.", by=world.actor("reviewer"))
    assert refused.value.code == "not-mediated"
    assert Dispute.objects.get().state == "open"


def test_who_mediated_never_decides(world: World, page_of: PageClients) -> None:
    """A second mediator is refused, so that the first cannot decide after them."""
    dispute = disputes.proposed(world)
    answer_settlement(dispute.pk, is_agreed=False, by=world.actor("officer"))
    with pytest.raises(NotAllowed, match="Somebody else mediates"):
        propose_settlement(dispute.pk, refund=D(0), reason="R.", by=world.actor("second_reviewer"))
    with pytest.raises(NotAllowed, match="Who mediated does not decide"):
        decide_dispute(dispute.pk, refund=D(0), reason="R.", by=world.actor("reviewer"))
    address = reverse("dispute_detail", args=[dispute.pk])
    second, first = (page_of(each).get(address) for each in ("second_reviewer", "reviewer"))
    assert "Propose to both sides" not in second.content.decode()
    assert "Decide the dispute" in second.content.decode()
    assert "Propose to both sides" in first.content.decode()
    disputes.proposed(world, dispute, refund="1000.00")
    assert disputes.decided(world, dispute).state == "decided"


def test_the_other_side_answers_in_the_dispute_that_runs(
    world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    """Other words are not dropped in silence: the answer says where they go."""
    dispute = disputes.opened(world)
    address = reverse("api_open_dispute", args=[dispute.order_id])
    for person, text in (("officer", disputes.TEXT), ("officer", "No."), ("buyer", "Worse.")):
        refused = api_of(person).post(address, {"text": text}, format="json")
        assert (refused.status_code, refused.json()["code"]) == (409, "dispute-running")
        assert "add a file there" in refused.json()["detail"]
        found = api_of(person).get(refused.json()["instead"]).json()
        assert found["id"] == str(dispute.pk)
    page = page_of("officer").post(
        reverse("dispute_open", args=[dispute.order_id]), {"text": "No."}
    )
    assert page.status_code == 409
    assert "add a file there" in page.content.decode()
    assert f'href="{reverse("dispute_detail", args=[dispute.pk])}"' in page.content.decode()
    assert Dispute.objects.get().text == disputes.TEXT


def test_an_overdue_amount_stops_access(world: World) -> None:
    """The day after it was due."""
    order = given.signed(world)
    charge = Charge.objects.get(order=order)
    refuse_unless_usable(order.pk)
    day_after = clock.now() + (charge.due_on - clock.today()) + timedelta(days=1)
    with clock.stopped_at(day_after), pytest.raises(WrongState) as refused:
        refuse_unless_usable(order.pk)
    assert refused.value.code == "payment-overdue"
    assert held_of(order) == 0

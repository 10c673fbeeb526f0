"""What is paid in part, short of what a bank kept, or beyond what is due."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.services import answer_settlement
from marketplace.trading.orders.objection.services import accept_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Allocation, Charge, Invoice
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.settlement.services import (
    remind_of_overdue_charges,
    set_off_credit,
)
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from marketplace.trading.treasury.payout.services import propose_payout
from tests.conftest import PageClients
from tests.given import disputes, money, remedies
from tests.given import trading as given
from tests.given.world import World


def on(kind: AccountKind) -> Decimal:
    """Return what stands on all accounts of a kind."""
    return sum((row.balance for row in Account.objects.filter(kind=kind)), Decimal(0))


def test_a_part_opens_nothing(world: World) -> None:
    """It is held for that amount alone, and neither order nor seller gains by it."""
    charge = money.partly_paid(world)
    order = Order.objects.get(pk=charge.order_id)
    assert (order.state, charge.state) == ("signed", "open")
    assert (charge.paid, charge.still_open) == (Decimal(5000), Decimal(7000))
    assert on(AccountKind.PART) == Decimal(5000)
    assert held_of(order) == on(AccountKind.BUYER) == on(AccountKind.UNALLOCATED) == 0
    with pytest.raises(WrongState):
        mark_delivered(order.pk, by=given.SYSTEM)
    assert Entry.objects.get(kind="trading.charge_partly_paid").payload["still_open"] == "7000.00"


def test_the_rest_opens(world: World) -> None:
    """Several payments pay one invoice; what is held is all of them."""
    charge = money.partly_paid(world)
    money.pay_in(world, charge, "3000.00")
    money.pay_in(world, charge, "4000.00")
    order = Order.objects.get(pk=charge.order_id)
    assert (order.state, held_of(order)) == ("paid", Decimal(12000))
    assert on(AccountKind.PART) == 0
    assert Allocation.objects.filter(charge=charge).count() == 3
    assert Entry.objects.get(kind="trading.payment_held").payload["amount"] == "12000.00"


def test_what_a_bank_kept_the_centre_bears(world: World) -> None:
    """The seller gets what was agreed, the cost stands on an account of its own."""
    charge = money.partly_paid(world, "11990.00")
    order = Order.objects.get(pk=charge.order_id)
    assert (order.state, charge.borne) == ("paid", Decimal(10))
    assert (held_of(order), on(AccountKind.BORNE)) == (Decimal(11990), Decimal(0))
    mark_delivered(order.pk, by=given.SYSTEM)
    accept_delivery(order.pk, by=world.actor("buyer"))
    assert on(AccountKind.SELLER) == Decimal("11760.00")
    assert on(AccountKind.BORNE) == Decimal(-10)


@pytest.mark.parametrize(
    ("most", "share", "amount", "state"),
    [
        ("20.00", "0.001", "11988.00", "paid"),
        ("20.00", "0.001", "11987.99", "signed"),
        ("5.00", "0.001", "11994.99", "signed"),
        ("5.00", "0.001", "11995.00", "paid"),
        ("0", "0.001", "11999.99", "signed"),
        ("20.00", "0", "11999.99", "signed"),
    ],
)
def test_a_bank_keeps_no_more_than_the_tolerance(
    most: str, share: str, amount: str, state: str, world: World, settings: Any
) -> None:
    """Neither the sum nor the share of what is due: a small bill is not paid by a cent."""
    settings.CENTRE = {
        **settings.CENTRE,
        "BANK_CHARGES_MOST": most,
        "BANK_CHARGES_SHARE": share,
    }
    charge = money.partly_paid(world, amount)
    assert Order.objects.get(pk=charge.order_id).state == state
    assert charge.borne == (charge.due - charge.paid if state == "paid" else 0)


def test_paying_short_gains_a_buyer_nothing(world: World) -> None:
    """What goes back is what came, although the invoice is corrected wholly."""
    charge = money.partly_paid(world, "11990.00")
    terminate_contract(charge.order_id, reason="Not needed.", by=world.actor("buyer"))
    assert on(AccountKind.BUYER) == Decimal(11990)
    assert on(AccountKind.BORNE) == on(AccountKind.SELLER) == 0
    note = Invoice.objects.get(kind="credit")
    assert note.amount == Decimal(12000)


@pytest.mark.parametrize("by_dispute", [False, True])
def test_paying_short_and_giving_back_gains_the_sides_nothing(
    by_dispute: bool, world: World
) -> None:
    """Who buys and sells to each other takes no more out than came in, whatever they agree on."""
    charge = money.partly_paid(world, "11990.00")
    order = mark_delivered(charge.order_id, by=given.SYSTEM)
    if by_dispute:
        dispute = disputes.proposed(world, disputes.opened(world, order), refund="11989.99")
        for side in ("officer", "buyer"):
            answer_settlement(dispute.pk, is_agreed=True, by=world.actor(side))
    else:
        remedy = remedies.offered(world, remedies.objected(world, order), refund="11989.99")
        accept_remedy(remedy.pk, by=world.actor("buyer"))
    assert on(AccountKind.BUYER) == Decimal("11989.99")
    assert on(AccountKind.SELLER) <= Decimal("0.01")
    assert on(AccountKind.BORNE) == 0
    invoices = Invoice.objects.filter(order=order)
    left = sum(one.amount if one.kind == "invoice" else -one.amount for one in invoices)
    assert left == Decimal("0.01")


def test_a_credit_reaches_no_bank_and_is_never_short(world: World) -> None:
    """Whoever sets off a little less than is due still owes the rest."""
    charge = money.credited(world)
    money.pay_in(world, charge, "11490.00")
    set_off_credit(charge.pk, by=world.actor("buyer"))
    charge.refresh_from_db()
    assert (charge.state, charge.still_open) == ("open", Decimal(10))


def test_fees_leave_only_beyond_what_banks_kept(world: World) -> None:
    """So that what stands for others is at the bank."""
    charge = money.partly_paid(world, "11990.00")
    mark_delivered(charge.order_id, by=given.SYSTEM)
    accept_delivery(charge.order_id, by=world.actor("buyer"))
    fees = Account.objects.get(kind=AccountKind.FEE)
    assert fees.balance == Decimal(240)
    by = world.actor("treasurer")
    with pytest.raises(Invalid) as refused:
        propose_payout(
            fees.pk, amount=Decimal("230.01"), reason="Fees.", request_key="too-much", by=by
        )
    assert refused.value.code == "amount-too-high"
    whole = propose_payout(
        fees.pk, amount=Decimal("230.00"), reason="Fees.", request_key="whole", by=by
    )
    money.approved(world, whole)
    with pytest.raises(WrongState) as empty:
        propose_payout(fees.pk, amount=Decimal(1), reason="Fees.", request_key="again", by=by)
    assert empty.value.code == "charges-uncovered"


def test_beyond_what_is_due_is_the_buyers_credit(world: World, page_of: PageClients) -> None:
    """It opens the order, is offered for return, and pays another order where the buyer wants."""
    charge = money.credited(world)
    assert on(AccountKind.BUYER) == Decimal(500)
    assert "Credits of buyers" in page_of("treasurer").get(reverse("money_desk")).content.decode()
    page = page_of("buyer").get(reverse("order_detail", args=[charge.order_id])).content.decode()
    assert "Set the credit off" in page
    set_off_credit(charge.pk, by=world.actor("buyer"))
    charge.refresh_from_db()
    assert charge.paid == on(AccountKind.PART) == Decimal(500)
    assert on(AccountKind.BUYER) == 0
    with pytest.raises(WrongState) as refused:
        set_off_credit(charge.pk, by=world.actor("buyer"))
    assert refused.value.code == "no-credit"


def test_a_part_goes_back_where_the_order_ends(world: World) -> None:
    """To the buyer's account, and the invoice is owed no more."""
    charge = money.partly_paid(world)
    terminate_contract(charge.order_id, reason="Not needed.", by=world.actor("buyer"))
    charge.refresh_from_db()
    assert (charge.state, charge.still_open) == ("void", Decimal(0))
    assert (on(AccountKind.BUYER), on(AccountKind.PART)) == (Decimal(5000), Decimal(0))


def test_reminders_tell_what_is_still_open(world: World) -> None:
    """Not what the invoice once asked for."""
    charge = money.partly_paid(world)
    with clock.stopped_at(clock.now() + timedelta(days=16)):
        assert remind_of_overdue_charges(by=given.SYSTEM) == [charge.pk]
    assert Entry.objects.get(kind="trading.charge_overdue").payload["amount"] == "7000.00"


def test_the_pages_say_what_was_paid_and_what_is_open(world: World, page_of: PageClients) -> None:
    """The invoice with each payment, the order with both sums."""
    charge = money.partly_paid(world)
    buyer = page_of("buyer")
    invoice = buyer.get(reverse("invoice_detail", args=[charge.invoices.get().pk]))
    assert "5,000.00" in invoice.content.decode()
    for page in (invoice, buyer.get(reverse("order_detail", args=[charge.order_id]))):
        assert "7,000.00" in page.content.decode()
    money.pay_in(world, charge, "6990.00")
    paid = buyer.get(reverse("invoice_detail", args=[charge.invoices.get().pk])).content.decode()
    assert "Kept by a bank" in paid
    assert "Left to pay" not in paid


def test_a_part_is_recorded_by_hand(world: World) -> None:
    """By two finance officers, as the whole is."""
    order = given.signed(world)
    by = world.actor("treasurer")
    for amount in (Decimal(0), Decimal("-1"), Decimal("0.001")):
        with pytest.raises(Invalid):
            record_payment(order.pk, reference="BANK-0001", amount=amount, by=by)
    told = record_payment(order.pk, reference="BANK-0001", amount=Decimal(9000), by=by)
    assert not Transfer.objects.exists()
    confirm_payment(told.pk, by=world.actor("second_treasurer"))
    charge = money.charge_of(order)
    assert (charge.paid, charge.still_open) == (Decimal(9000), Decimal(3000))
    rest = record_payment(order.pk, reference="BANK-0002", by=by)
    assert rest.amount == 3000
    confirm_payment(rest.pk, by=world.actor("second_treasurer"))
    assert Order.objects.get(pk=order.pk).state == "paid"


def test_the_database_knows_no_more_paid_than_due(world: World) -> None:
    """Whoever writes into it by hand, too."""
    charge = money.partly_paid(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=charge.pk).update(paid=Decimal("12000.01"))
    Charge.objects.filter(pk=charge.pk).update(paid=Decimal("12000.00"))

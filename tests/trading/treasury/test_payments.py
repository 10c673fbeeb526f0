"""Money: double entry that only grows, held until acceptance."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import record_identity
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.books.account.models import BANK_OWN
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.listings.publication.services import suspend_listing
from marketplace.trading.orders.delivery.services import (
    accept_delivery,
    complete_silent_orders,
    mark_delivered,
    object_to_delivery,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.dividing import fee_of
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    record_payment,
    reject_payment,
)
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import approve_disbursement, reject_disbursement
from tests.conftest import ApiClients, PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.rights import at
from tests.given.world import World

OPENED_WHERE_NEEDED = (AccountKind.PART, AccountKind.BORNE, *BANK_OWN)
NOTHING: dict[str, Decimal] = {
    kind.value: Decimal(0) for kind in AccountKind if kind not in OPENED_WHERE_NEEDED
}


def balances() -> dict[str, Decimal]:
    """Return what stands on the accounts of each kind that was moved, or opened for an order."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for account in Account.objects.all():
        sums[account.kind] += account.balance
    return dict(sums)


def test_payment_is_held(world: World) -> None:
    """It comes from outside through the buyer's account; the seller has nothing yet."""
    order = given.paid(world)
    assert order.state == "paid"
    price = Decimal("12000.00")
    assert balances() == NOTHING | {"outside": -price, "held": price}
    assert Entry.objects.get(kind="trading.payment_held").payload == {
        "amount": "12000.00",
        "currency": "CNY",
    }


def test_acceptance_releases(world: World) -> None:
    """Price less fee to the seller, the fee to the centre, and nothing is left."""
    order = given.completed(world)
    assert order.state == "completed"
    assert balances() == NOTHING | {
        "outside": Decimal("-12000.00"),
        "seller": Decimal("11760.00"),
        "fee": Decimal("240.00"),
    }
    assert sum(balances().values()) == 0
    assert order.completed_at is not None


@pytest.mark.parametrize(
    ("rate", "price", "fee"),
    [
        ("0.02", "0.01", "0.00"),
        ("0.02", "0.25", "0.01"),
        ("0.025", "99.99", "2.50"),
        ("0", "5", "0"),
    ],
)
def test_fee_is_rounded_to_cents(rate: str, price: str, fee: str) -> None:
    """Half away from zero, as invoices do."""
    assert fee_of(Decimal(price), Decimal(rate)) == Decimal(fee)


@pytest.mark.parametrize("rate", ["0", "1"])
def test_no_empty_transfer(rate: str, world: World, settings: Any) -> None:
    """Without a fee, or with nothing but a fee, there is no transfer of nothing."""
    settings.CENTRE = {**settings.CENTRE, "FEE_RATE": rate}
    given.completed(world)
    kinds = set(Transfer.objects.values_list("kind", flat=True))
    assert kinds == {"deposit", "allocation", "hold", "release" if rate == "0" else "fee"}


def test_what_one_officer_records_opens_nothing(world: World) -> None:
    """An invented payment moves no money and opens no data before somebody else has seen it."""
    payment = given.told_paid(world)
    assert payment.charge is not None
    order = payment.charge.order
    assert (order.state, payment.state) == ("signed", "recorded")
    assert not Transfer.objects.exists()
    with pytest.raises(NotAllowed) as refused:
        confirm_payment(payment.pk, by=world.actor("treasurer"))
    assert refused.value.code == "recorded-by-you"
    with pytest.raises(WrongState) as again:
        record_payment(order.pk, reference="BANK-OTHER", by=world.actor("second_treasurer"))
    assert again.value.code == "payment-recorded"
    confirm_payment(payment.pk, by=world.actor("second_treasurer"))
    assert Order.objects.get(pk=order.pk).state == "paid"


def test_the_order_leads_a_second_finance_officer_to_the_payment(
    world: World, page_of: PageClients
) -> None:
    """While it waits: the page offers that, and nobody else sees the way; nor to record again."""
    payment = given.told_paid(world)
    assert payment.charge is not None
    order = payment.charge.order
    page, way = reverse("order_detail", args=[order.pk]), reverse("order_payment", args=[order.pk])
    seen = page_of("second_treasurer").get(page).content.decode()
    assert way in seen
    assert reverse("payment_record", args=[order.pk]) not in seen
    assert way not in page_of("buyer").get(page).content.decode()
    led = page_of("second_treasurer").get(way)
    assert led.headers["Location"] == reverse("payment_detail", args=[payment.pk])
    confirm_payment(payment.pk, by=world.actor("second_treasurer"))
    assert way not in page_of("second_treasurer").get(page).content.decode()
    assert page_of("second_treasurer").get(way).status_code == 409


def test_a_second_account_confirms_nothing(world: World) -> None:
    """Two mailboxes, one identity document: one person, in the act and in the database."""
    payment = given.told_paid(world)
    by = world.actor("administrator")
    for name in ("treasurer", "second_treasurer"):
        record_identity(
            world.person(name).pk, document=DocumentKind.PASSPORT, number="E1234567", by=by
        )
    with pytest.raises(NotAllowed):
        confirm_payment(payment.pk, by=world.actor("second_treasurer"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(
            confirmed_by_id=world.person("second_treasurer").pk
        )


def test_the_bank_confirms_what_was_recorded(world: World) -> None:
    """Its own line is the second word; the payment is then the bank's."""
    payment = given.told_paid(world)
    content = money.statement(
        money.line(payment.reference, payment.amount, payment.claimed_reference)
    )
    imported = money.book(world, content)
    payment.refresh_from_db()
    assert (imported.allocated, payment.state, payment.channel) == (1, "allocated", "statement")


def test_where_the_bank_tells_another_amount_the_bank_is_right(world: World) -> None:
    """What came is booked and waits; the order stays unpaid, and another payment can be told."""
    payment = given.told_paid(world)
    assert payment.charge is not None
    order = payment.charge.order
    content = money.statement(money.line(payment.reference, "1.00", payment.claimed_reference))
    imported = money.book(world, content)
    payment.refresh_from_db()
    assert (imported.unallocated, payment.state, str(payment.amount)) == (1, "unallocated", "1.00")
    assert Order.objects.get(pk=order.pk).state == "signed"
    record_payment(order.pk, reference="BANK-OTHER", by=world.actor("treasurer"))


def test_a_rejected_payment_frees_order_and_reference(world: World) -> None:
    """Who recorded it may take it back too; a reason is kept."""
    payment = given.told_paid(world)
    assert payment.charge is not None
    with pytest.raises(Invalid):
        reject_payment(payment.pk, reason=" ", by=world.actor("treasurer"))
    reject_payment(payment.pk, reason="It is on no statement.", by=world.actor("treasurer"))
    again = record_payment(
        payment.charge.order_id, reference=payment.reference, by=world.actor("treasurer")
    )
    assert again.pk != payment.pk
    assert confirm_payment(again.pk, by=world.actor("second_treasurer")).state == "allocated"


def test_the_same_reference_is_one_payment(world: World) -> None:
    """Again it changes nothing; for another order it is refused."""
    order = given.paid(world)
    entries = Entry.objects.count()
    reference = f"BANK-{order.pk.hex[:12]}"
    treasurer = world.actor("treasurer")
    assert record_payment(order.pk, reference=reference, by=treasurer).state == "allocated"
    assert Entry.objects.count() == entries
    with pytest.raises(WrongState):
        record_payment(order.pk, reference="BANK-OTHER", by=treasurer)
    another = given.signed(world, given.placed(world, order.listing))
    with pytest.raises(Invalid) as refused:
        record_payment(another.pk, reference=reference, by=treasurer)
    assert refused.value.code == "reference-reused"
    assert Order.objects.get(pk=another.pk).state == "signed"


@pytest.mark.parametrize("reference", ["", "abc", "Wang Wei 138", "x" * 41, "王伟-2026"])
def test_reference_is_no_name(reference: str, world: World) -> None:
    """Letters and digits of the bank alone."""
    order = given.signed(world)
    with pytest.raises(Invalid) as refused:
        record_payment(order.pk, reference=reference, by=world.actor("treasurer"))
    assert list(refused.value.fields) == ["reference"]
    assert not Transfer.objects.exists()


def test_who_may_record_a_payment(world: World) -> None:
    """The centre's finance officer alone; the seller's sees the order and may not."""
    order = given.signed(world)
    for person in ("finance", "officer", "buyer", "reviewer", "administrator"):
        with pytest.raises(NotAllowed):
            record_payment(order.pk, reference="BANK-1234", by=world.actor(person))
    with pytest.raises(NotFound):
        record_payment(order.pk, reference="BANK-1234", by=world.actor("stranger"))
    assert not Transfer.objects.exists()


def test_payment_stops_at_a_suspended_listing(world: World) -> None:
    """No money is taken for what cannot be delivered."""
    order = given.signed(world)
    suspend_listing(order.listing_id, reason="We check it.", by=world.actor("reviewer"))
    with pytest.raises(WrongState):
        record_payment(order.pk, reference="BANK-1234", by=world.actor("treasurer"))
    assert not Transfer.objects.exists()


def test_delivery_starts_the_term(world: World) -> None:
    """Working days from the listing's terms; only the centre's software marks it, once."""
    order = given.paid(world)
    with pytest.raises(NotAllowed):
        mark_delivered(order.pk, by=world.actor("buyer"))
    with clock.stopped_at(at("2026-03-02")):  # a Monday
        marked = mark_delivered(order.pk, by=given.SYSTEM)
        assert marked.acceptance_due_on is not None
        assert marked.acceptance_due_on.isoformat() == "2026-03-09"
    entries = Entry.objects.count()
    mark_delivered(order.pk, by=given.SYSTEM)
    assert Entry.objects.count() == entries


def test_nothing_is_delivered_before_it_is_paid(world: World) -> None:
    """A signed order is not marked."""
    order = given.signed(world)
    with pytest.raises(WrongState):
        mark_delivered(order.pk, by=given.SYSTEM)


def test_who_may_accept_a_delivery(world: World) -> None:
    """The buyer, once."""
    order = given.delivered(world)
    for person in ("officer", "treasurer", "reviewer"):
        with pytest.raises(NotAllowed):
            accept_delivery(order.pk, by=world.actor(person))
    accept_delivery(order.pk, by=world.actor("second_buyer"))
    with pytest.raises(WrongState):
        accept_delivery(order.pk, by=world.actor("buyer"))
    assert Transfer.objects.filter(kind="release").count() == 1


def test_silence_is_acceptance_after_the_term(world: World) -> None:
    """Not on the last day, but after it; and the fact says that it was silent."""
    order = given.delivered(world)
    assert order.acceptance_due_on is not None
    last = clock.now() + (order.acceptance_due_on - clock.today())
    with clock.stopped_at(last):
        assert complete_silent_orders(by=given.SYSTEM) == []
    with clock.stopped_at(last + timedelta(days=1)):
        assert complete_silent_orders(by=given.SYSTEM) == [order.pk]
        assert complete_silent_orders(by=given.SYSTEM) == []
    assert Entry.objects.get(kind="trading.order_completed").payload["is_silent"] is True
    with pytest.raises(NotAllowed):
        complete_silent_orders(by=world.actor("treasurer"))


def test_silence_does_not_count_while_a_listing_is_suspended(world: World) -> None:
    """The buyer may have lost access; they can still accept by a word."""
    order = given.delivered(world)
    suspend_listing(order.listing_id, reason="A court order.", by=world.actor("reviewer"))
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        assert complete_silent_orders(by=given.SYSTEM) == []
    assert accept_delivery(order.pk, by=world.actor("buyer")).state == "completed"


def test_an_objection_stops_the_silence(world: World) -> None:
    """The money stays held until the buyer accepts, however long it takes."""
    order = given.delivered(world)
    with pytest.raises(Invalid, match="Give a reason"):
        object_to_delivery(order.pk, reason=" ", by=world.actor("buyer"))
    object_to_delivery(order.pk, reason="Half is empty.", by=world.actor("buyer"))
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        assert complete_silent_orders(by=given.SYSTEM) == []
    kinds = set(Transfer.objects.filter(belongs_to=order.pk).values_list("kind", flat=True))
    assert kinds == {TransferKind.ALLOCATION, TransferKind.HOLD}
    assert accept_delivery(order.pk, by=world.actor("buyer")).state == "completed"


def test_who_proposes_to_pay_does_not_decide(world: World) -> None:
    """Although a finance officer of the centre may let out what another one proposed."""
    proposed = money.proposed_refund(world)
    with pytest.raises(NotAllowed, match="Who proposed it"):
        approve_disbursement(proposed.pk, by=world.actor("treasurer"))
    with pytest.raises(NotAllowed, match="Who proposed it"):
        reject_disbursement(proposed.pk, reason="No.", by=world.actor("treasurer"))
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


@pytest.mark.parametrize("amount", ["-5.00", "0.00"])
def test_nothing_is_paid_out_backwards(amount: str, world: World, api_of: ApiClients) -> None:
    """What is no amount above zero is called so, and not too high."""
    given.completed(world)
    address = reverse("api_propose_payout", args=[Account.objects.get(kind=AccountKind.FEE).pk])
    body = {"amount": amount, "reason": "R.", "request_key": "backwards"}
    answer = api_of("treasurer").post(address, body, format="json")
    assert answer.status_code == 422
    assert answer.json()["code"] == "amount-not-positive"
    assert not Disbursement.objects.exists()


def test_no_account_is_overdrawn(world: World) -> None:
    """Only the bank outside goes below zero, by the act and by the database."""
    order = given.paid(world)
    books = books_of(order)
    cause = f"order:{order.pk}:acceptance:fee"
    too_much = Posting(TransferKind.FEE, books.held, books.fee, Decimal("12000.01"), cause)
    with pytest.raises(WrongState) as refused:
        book([too_much], belongs_to=order.pk)
    assert refused.value.code == "balance-too-low"
    for kind in (AccountKind.FEE, AccountKind.HELD):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(kind=kind, currency="EUR", overdraft_allowed=True)


def test_accounts_are_opened_once(world: World) -> None:
    """One of each kind for an organization and a currency, and one for what an order holds."""
    order = given.paid(world)
    assert books_of(order) == books_of(order)
    assert Account.objects.count() == 8
    for kind, about in (
        (AccountKind.FEE, {}),
        (AccountKind.BUYER, {"organization": order.buyer}),
        (AccountKind.HELD, {"held_for": order.pk}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(kind=kind, currency="CNY", **about)


def test_the_rate_is_a_setting() -> None:
    """Kept as text, so that it is a decimal and no float."""
    assert isinstance(settings.CENTRE["FEE_RATE"], str)

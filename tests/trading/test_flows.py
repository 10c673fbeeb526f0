"""The table of flows is what happens: nothing moves beside it, and nothing in it is idle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.services import take_batch
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.services import publish_labelling
from marketplace.core import clock
from marketplace.desk.reference import ACTS
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.rights.registration.services import withdraw_claim
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.books.models import TransferKind as Kind
from marketplace.trading.books.transfer.flows import FLOWS, Flow, form_of
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Due, Instalments
from marketplace.trading.listings.publication.services import withdraw_listing
from marketplace.trading.orders.delivery.services import (
    accept_delivery,
    complete_silent_orders,
    mark_delivered,
)
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    close_due_disputes,
    decide_dispute,
    open_dispute,
    record_ruling,
    withdraw_dispute,
)
from marketplace.trading.orders.objection.services import accept_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.recall.services import recall_order
from marketplace.trading.orders.right_sale.services import end_right_sale
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.services import confirm_reversal
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    confirm_statement,
    import_statement,
    record_payment,
)
from marketplace.trading.treasury.payout.services import approve_disbursement
from marketplace.trading.treasury.reconciliation.services import confirm_bank_item
from tests.given import (
    annotation,
    disputes,
    income_shares,
    leaving,
    money,
    promises,
    remedies,
    sold_rights,
)
from tests.given import trading as given
from tests.given.world import World

TWICE = Instalments(parts=(Due(0, Decimal("6000.00")), Due(3, Decimal("6000.00"))))
RATES = {"FEE_RATE": "0.02", "SHARE_RATE": "0.01", "TAX_WITHHELD_RATE": "0.01"}


@contextmanager
def moving(act: Callable[..., Any]) -> Iterator[None]:
    """Check that money moves, and that the reference names the act for each movement."""
    before = set(Transfer.objects.values_list("pk", flat=True))
    yield
    forms = {form_of(row.cause) for row in Transfer.objects.exclude(pk__in=before)}
    assert forms
    assert [form for form in forms if act not in ACTS[form]] == []


def delivered(world: World, listing: Listing) -> Order:
    """Return another order of a listing, whose data was opened."""
    order = given.paid(world, given.placed(world, listing))
    return mark_delivered(order.pk, by=given.SYSTEM)


def pay_accept_and_dispute(world: World, listing: Listing) -> Order:
    """Go the usual way, and come back from a dispute."""
    order = given.signed(world, given.placed(world, listing))
    told = record_payment(order.pk, reference="BANK-0001", by=world.actor("treasurer"))
    with moving(confirm_payment):
        confirm_payment(told.pk, by=world.actor("second_treasurer"))
    mark_delivered(order.pk, by=given.SYSTEM)
    with moving(accept_delivery):
        accept_delivery(order.pk, by=world.actor("buyer"))
    with moving(open_dispute):
        dispute = disputes.opened(world, order)
    with moving(withdraw_dispute):
        withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    return order


def mend(world: World, listing: Listing) -> None:
    """Give a part back against an objection, and release the rest."""
    remedy = remedies.offered(world, remedies.objected(world, delivered(world, listing)))
    with moving(accept_remedy):
        accept_remedy(remedy.pk, by=world.actor("buyer"))


def end_disputes(world: World, listing: Listing) -> None:
    """Settle one, have one decided and not appealed, and one ruled by a court."""
    buyer, seller = world.actor("buyer"), world.actor("officer")
    settled = disputes.proposed(world, disputes.opened(world, delivered(world, listing)))
    with moving(answer_settlement):
        answer_settlement(settled.pk, is_agreed=True, by=seller)
        answer_settlement(settled.pk, is_agreed=True, by=buyer)
    ruled = disputes.appealed(world)
    with moving(record_ruling):
        record_ruling(ruled.pk, refund=Decimal(1), reason="R.", by=world.actor("reviewer"))
    decided = disputes.proposed(world, disputes.opened(world, delivered(world, listing)))
    decide_dispute(decided.pk, refund=Decimal(1), reason="R.", by=world.actor("second_reviewer"))
    delivered(world, listing)
    with clock.stopped_at(clock.now() + timedelta(days=90)):
        with moving(close_due_disputes):
            close_due_disputes(by=given.SYSTEM)
        with moving(complete_silent_orders):
            complete_silent_orders(by=given.SYSTEM)


def pay_in_parts(world: World, listing: Listing) -> None:
    """Pay in parts, short of what a bank kept, beyond what is due, and with a credit."""
    paid, undone = (given.signed(world, given.placed(world, listing)) for _order in range(2))
    for amount in ("5000.00", "6995.00"):
        line = money.line(f"TX-{amount}", amount, money.charge_of(paid).reference)
        told = import_statement(content=money.statement(line), by=world.actor("treasurer"))
        with moving(confirm_statement):
            confirm_statement(told.pk, by=world.actor("second_treasurer"))
    mark_delivered(paid.pk, by=given.SYSTEM)
    with moving(accept_delivery):
        accept_delivery(paid.pk, by=world.actor("buyer"))
    with moving(approve_disbursement):
        money.approved(world, money.proposed_refund(world, paid, amount="100.00"))
    money.pay_in(world, money.charge_of(given.signed(world, given.placed(world, listing))), 12001)
    with moving(set_off_credit):
        set_off_credit(money.charge_of(undone).pk, by=world.actor("buyer"))
    with moving(terminate_contract):
        terminate_contract(undone.pk, reason="Not needed.", by=world.actor("buyer"))


def pay_later(world: World) -> None:
    """Pay the second instalment of what was accepted."""
    listing = given.published(world, price=Decimal("0.00"), plan=TWICE)
    order = given.paid(world, given.placed(world, listing))
    mark_delivered(order.pk, by=given.SYSTEM)
    accept_delivery(order.pk, by=world.actor("buyer"))
    charge = Charge.objects.get(order=order, number=2)
    line = money.line("TX-SECOND", charge.amount, charge.reference)
    imported = import_statement(content=money.statement(line), by=world.actor("treasurer"))
    with moving(confirm_statement):
        confirm_statement(imported.pk, by=world.actor("second_treasurer"))


def sell_a_right_in_vain(world: World) -> None:
    """Pay for a right whose transfer the buyer withdraws."""
    order = sold_rights.paid(world)
    withdraw_claim(sold_rights.joined(world, order).pk, by=world.actor("buyer"))
    with moving(end_right_sale):
        end_right_sale(order.pk, by=given.SYSTEM)


def recall_after_a_month(world: World, listing: Listing) -> None:
    """Take the verdict back on data that was bought and used for a part of its licence."""
    order = delivered(world, listing)
    accept_delivery(order.pk, by=world.actor("buyer"))
    assert listing.risk_report_id is not None
    cause = RecallCause.REIDENTIFIED
    recall_report(listing.risk_report_id, cause=cause, by=given.SYSTEM)
    with clock.stopped_at(clock.now() + timedelta(days=31)), moving(recall_order):
        recall_order(order.pk, by=given.SYSTEM)


def miss_revisions(world: World) -> None:
    """Bring none of what was promised: while the payment is held, and once it is released.

    No bill is still to come, which would take the credits first.
    """
    order = promises.promised(world, plan=replace(promises.MONTHLY, periods=1))
    with clock.stopped_at(clock.now() + timedelta(days=3)), moving(keep_promises):
        keep_promises(by=given.SYSTEM)
    accept_delivery(order.pk, by=world.actor("buyer"))
    with clock.stopped_at(clock.now() + timedelta(days=4)), moving(keep_promises):
        keep_promises(by=given.SYSTEM)


def name_what_is_the_bank_s_own(world: World) -> None:
    """Book what the bank took, gave, and has otherwise than an officer recorded, of each kind.

    Each is reversed, and booked anew.
    """
    for number, kind in enumerate(ItemKind, start=1):
        given.paid(world)
        told = Payment.objects.latest("created_at")
        money.book(world, money.statement(money.line(told.reference, told.amount + number, "")))
        own = [
            money.bank_fee(world, amount=f"-{number}.00"),
            money.interest(world, amount=f"{number}0.00"),
            BankLine.objects.get(reference=told.reference),
        ]
        with moving(confirm_bank_item):
            items = [money.booked_item(world, line, kind) for line in own]
        with moving(confirm_reversal):
            for item in items:
                money.reversed_item(world, item)
        for line in own:
            money.booked_item(world, line, kind)


def leave(world: World) -> None:
    """Leave a subscription whose data keeps to fewer rules than it did."""
    order = leaving.subscribed(world)
    leaving.weaken(world, order)
    with moving(terminate_contract):
        terminate_contract(order.pk, reason="Less than we bought.", by=world.actor("buyer"))


def label_records(world: World) -> None:
    """Set money aside for labels, pay for a batch, and take back what is left."""
    project = annotation.ready(world)
    with moving(fund_labelling):
        annotation.funded(world, project)
    publish_labelling(project.pk, by=world.actor("officer"))
    annotation.begin(world, project, "annotator")
    batch = take_batch(project.pk, by=world.actor("annotator"))
    annotation.handed_in(world, batch, by="annotator")
    with moving(inspect_batch):
        annotation.inspected(world, batch)
    with moving(close_labelling):
        close_labelling(project.pk, by=world.actor("officer"))


def send_money_out(world: World, listing: Listing, accepted: Order) -> None:
    """Give back, return, and pay out of each account that may be."""
    terminated = given.paid(world, given.placed(world, listing))
    with moving(terminate_contract):
        terminate_contract(terminated.pk, reason="Not needed.", by=world.actor("buyer"))
    going = [
        money.proposed_refund(world, given.paid(world, given.placed(world, listing))),
        money.proposed_refund(world, accepted, amount="100.00"),
        money.proposed_return(world),
    ]
    outgoing = {flow.debit for flow in FLOWS if flow.kind == Kind.PAYOUT}
    # The source of the income has no bank account yet.
    source = world.organization(income_shares.SOURCE)
    paying = Account.objects.filter(kind__in=outgoing, balance_cents__gte=100)
    for account in paying.exclude(organization=source):
        going.append(money.proposed_payout(world, account, amount=Decimal(1)))
    for disbursement in going:
        with moving(approve_disbursement):
            money.approved(world, disbursement)


def test_everything_moves_as_the_table_says(world: World, settings: Any) -> None:
    """A history of every act on money takes each way for each cause, and no other."""
    settings.CENTRE = {**settings.CENTRE, **RATES}
    listing = given.published(world)
    income_shares.agreed(world, listing)
    accepted = pay_accept_and_dispute(world, listing)
    waiting = money.unallocated(world)
    signed = given.signed(world, given.placed(world, listing))
    with moving(allocate_payment):
        allocate_payment(
            waiting.pk, charges=[money.charge_of(signed).pk], by=world.actor("treasurer")
        )
    pay_in_parts(world, listing)
    mend(world, listing)
    end_disputes(world, listing)
    pay_later(world)
    miss_revisions(world)
    leave(world)
    name_what_is_the_bank_s_own(world)
    send_money_out(world, listing, accepted)
    label_records(world)
    recall_after_a_month(world, listing)
    withdraw_listing(listing.pk, reason="Sold otherwise.", by=world.actor("officer"))
    sell_a_right_in_vain(world)
    taken: dict[Flow, set[str]] = {}
    for row in Transfer.objects.select_related("debit", "credit"):
        flow = Flow(Kind(row.kind), AccountKind(row.debit.kind), AccountKind(row.credit.kind))
        taken.setdefault(flow, set()).add(form_of(row.cause))
    assert taken == FLOWS
    assert set(ACTS) == {form for forms in FLOWS.values() for form in forms}


@pytest.mark.parametrize(
    ("kind", "payer", "cause"),
    [
        (Kind.RELEASE, "buyer", "order:1:acceptance:release"),
        (Kind.PAYOUT, "held", "disbursement:1"),
        (Kind.RELEASE, "held", "whim:1:release"),
        (Kind.RELEASE, "held", "release"),
    ],
)
def test_nothing_moves_beside_the_table(kind: Kind, payer: str, cause: str, world: World) -> None:
    """Other accounts, and other reasons, are a fault of the program."""
    order = given.paid(world)
    books = books_of(order)
    posting = Posting(kind, getattr(books, payer), books.seller, Decimal(1), cause)
    with pytest.raises(ValueError, match="No such flow"):
        book([posting], belongs_to=order.pk)
    assert not Transfer.objects.filter(credit=books.seller).exists()

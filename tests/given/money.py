"""Payments, outgoing money and statements in each state, reached by acts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from marketplace.core import clock
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge, Invoice, InvoiceKind
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.selectors import account_in_force
from marketplace.trading.treasury.bank_account.services import (
    prove_bank_account,
    state_bank_account,
    vouch_bank_account,
)
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.services import confirm_reversal, propose_reversal
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.services import confirm_match, withdraw_match
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.batch.services import make_batch, refuse_batch_line
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.closing.services import (
    confirm_closing,
    propose_closing,
    reject_closing,
)
from marketplace.trading.treasury.held_line.choices import Says
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.services import confirm_held_line, propose_held_line
from marketplace.trading.treasury.payment.booking import Imported
from marketplace.trading.treasury.payment.incoming import Incoming
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel
from marketplace.trading.treasury.payment.receiving import take
from marketplace.trading.treasury.payment.services import (
    confirm_statement,
    import_statement,
    reject_statement,
)
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import (
    approve_disbursement,
    propose_payout,
    propose_refund,
    propose_return,
    reject_disbursement,
)
from marketplace.trading.treasury.reconciliation.services import (
    confirm_bank_item,
    propose_bank_item,
)
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import World

HEADER = "transaction_id,booked_on,amount,currency,text"
REASON = "The buyer asked for it."


def charge_of(order: Order) -> Charge:
    """Return what the buyer of an order owes or owed first."""
    return Charge.objects.filter(order=order).order_by("number")[0]


def line(reference: str, amount: object, text: str, *, on: str = "2026-03-31") -> str:
    """Write a line of a bank statement."""
    return f"{reference},{on},{amount},CNY,{text}"


def statement(*lines: str) -> bytes:
    """Write a bank statement."""
    return "\n".join((HEADER, *lines, "")).encode()


def statement_of(order: Order) -> bytes:
    """Write the statement on which an order's payment stands."""
    charge = charge_of(order)
    return statement(line(f"TX-{order.pk.hex[:8]}", charge.amount, charge.reference))


def book(world: World, content: bytes) -> Imported:
    """Import a bank statement, and confirm it as a second finance officer."""
    imported = import_statement(content=content, by=world.actor("treasurer"))
    return confirm_statement(imported.pk, by=world.actor("second_treasurer"))


@kept
def waiting_statement(world: World) -> BankStatement:
    """Import a bank statement, which nobody has confirmed yet."""
    content = statement(line("TX-0815", "75.00", "Thank you"))
    return import_statement(content=content, by=world.actor("treasurer"))


@kept
def rejected_statement(world: World) -> BankStatement:
    """Reject a bank statement."""
    return reject_statement(
        waiting_statement(world).pk, reason="Not ours.", by=world.actor("second_treasurer")
    )


@kept
def unallocated(world: World, *, amount: str = "12000.00") -> Payment:
    """Import a payment that names no reference of ours."""
    reference = f"TX-{uuid4().hex[:8]}"
    content = statement(line(reference, amount, "Thank you"))
    book(world, content)
    return Payment.objects.get(reference=reference)


def told_by_provider(world: World, *, amount: str, on: str = "2026-03-31") -> Payment:
    """Let a payment provider tell of a payment that names no reference of ours."""
    told = Incoming(f"TX-{uuid4().hex[:8]}", date.fromisoformat(on), Decimal(amount), "CNY")
    take(told, channel=PaymentChannel.WEBHOOK, by=world.actor("treasurer"))
    return Payment.objects.get(reference=told.reference)


@kept
def imported_statement(world: World) -> BankStatement:
    """Import a bank statement, of which one payment waits to be allocated."""
    unallocated(world)
    return BankStatement.objects.get()


@kept
def allocated(world: World) -> Payment:
    """Allocate a payment by hand."""
    payment, order = unallocated(world), given.signed(world)
    return allocate(world, payment, charge_of(order))


def allocate(world: World, payment: Payment, *charges: Charge) -> Payment:
    """Allocate a payment that waits to amounts."""
    chosen = [charge.pk for charge in charges]
    return allocate_payment(payment.pk, charges=chosen, by=world.actor("treasurer"))


def pay_in(world: World, charge: Charge, amount: object) -> Payment:
    """Let the bank tell of a payment that names an amount, of whatever sum."""
    reference = f"TX-{uuid4().hex[:8]}"
    book(world, statement(line(reference, amount, charge.reference)))
    return Payment.objects.get(reference=reference)


@kept
def partly_paid(world: World, amount: str = "5000.00") -> Charge:
    """Pay a part of what a signed order owes."""
    charge = charge_of(given.signed(world))
    pay_in(world, charge, amount)
    return Charge.objects.get(pk=charge.pk)


@kept
def overpaid(world: World, amount: str = "12500.00") -> Charge:
    """Pay more than a signed order owes; the rest stands as the buyer's credit."""
    return partly_paid(world, amount)


@kept
def credited(world: World) -> Charge:
    """Return what a buyer owes of a further order, who has a credit of another one."""
    overpaid(world)
    listing = given.published(world)
    return charge_of(given.signed(world, given.placed(world, listing)))


@kept
def likely_line(world: World, *, amount: str = "500.00") -> BankLine:
    """Import a line that is likely a return: the same amount, on its day."""
    returned = approved(world, proposed_return(world, unallocated(world, amount=amount)))
    return line_out(world, returned)


def line_out(world: World, sent: Disbursement, *, text: str = "Payout") -> BankLine:
    """Import a line of the bank with the amount of outgoing money, on its day."""
    assert sent.decided_at is not None
    reference, day = f"OUT-{uuid4().hex[:8]}", timezone.localdate(sent.decided_at)
    content = statement(line(reference, -sent.amount, text, on=day.isoformat()))
    book(world, content)
    return BankLine.objects.get(reference=reference)


@kept
def bank_fee(world: World, *, amount: str = "-15.00") -> BankLine:
    """Import a line by which the bank takes its fee for an account."""
    book(world, statement(line("", amount, "Monthly fee")))
    return BankLine.objects.get(amount=Decimal(amount))


@kept
def interest(world: World, *, amount: str = "3.21") -> BankLine:
    """Import a line by which the bank pays interest."""
    reference = f"INT-{uuid4().hex[:8]}"
    book(world, statement(line(reference, amount, "Interest")))
    return BankLine.objects.get(reference=reference)


@kept
def proposed_item(world: World, told: BankLine | None = None, kind: str = "bank_fee") -> BankItem:
    """Say that a line is the bank's own."""
    told = told or bank_fee(world)
    return propose_bank_item(told.pk, kind=ItemKind(kind), by=world.actor("treasurer"))


@kept
def booked_item(world: World, told: BankLine | None = None, kind: str = "bank_fee") -> BankItem:
    """Book it as a second finance officer."""
    item = proposed_item(world, told, kind)
    return confirm_bank_item(item.pk, by=world.actor("second_treasurer"))


@kept
def reversing_item(world: World, item: BankItem | None = None) -> BankItem:
    """Propose to reverse what was booked of a line."""
    booked = item or booked_item(world)
    return propose_reversal(booked.pk, reason="It is interest.", by=world.actor("treasurer"))


@kept
def reversed_item(world: World, item: BankItem | None = None) -> BankItem:
    """Reverse it as a second finance officer."""
    reversing = reversing_item(world, item)
    return confirm_reversal(reversing.pk, by=world.actor("second_treasurer"))


@kept
def held_line(world: World) -> HeldLine:
    """Import a second statement of a day with the same fee, which bears no number."""
    bank_fee(world)
    book(world, statement(line("", "-15.00", "Monthly fee"), line("TX-0002", "1.00", "Interest")))
    return HeldLine.objects.get()


@kept
def said_line(world: World, says: str = "another") -> HeldLine:
    """Say what a held line is."""
    held = held_line(world)
    return propose_held_line(held.pk, says=Says(says), by=world.actor("treasurer"))


@kept
def decided_line(world: World, says: str = "another") -> HeldLine:
    """Confirm it as a second finance officer."""
    return confirm_held_line(said_line(world, says).pk, by=world.actor("second_treasurer"))


@kept
def confirmed_match(world: World) -> BankMatch:
    """Confirm that a line is a return."""
    found = likely_line(world)
    sent = Disbursement.objects.filter(amount=-found.amount, state="approved").latest("decided_at")
    return confirm_match(found.pk, disbursement=sent.pk, by=world.actor("treasurer"))


@kept
def withdrawn_match(world: World) -> BankMatch:
    """Take back what was said of a line."""
    return withdraw_match(
        confirmed_match(world).pk, reason="Another payout.", by=world.actor("treasurer")
    )


@kept
def seller_account(world: World) -> Account:
    """Return the account of a seller whose delivery was accepted, and whose bank is known."""
    given.completed(world)
    bank_account(world)
    return Account.objects.get(kind=AccountKind.SELLER)


NUMBERS = {"finance": "3500 1234 5678 9012", "buyer": "DE89 3704 0044 0532 0130 00"}
BANKS = {"finance": "102100099996", "buyer": "COBADEFFXXX"}
ELSEWHERE = "3500 9876 5432 1098"
"""The account of whoever else has one stated."""


@kept
def stated_account(world: World, by: str = "finance") -> BankAccount:
    """State where an organization's money shall go."""
    return state_bank_account(
        world.organization(by).pk,
        number=NUMBERS.get(by, ELSEWHERE),
        bank_code=BANKS.get(by, BANKS["finance"]),
        by=world.actor(by),
    )


@kept
def tried_account(world: World, by: str = "finance") -> BankAccount:
    """Send the transfer that proves it, which nobody looked at yet."""
    account = stated_account(world, by)
    reference = f"TX-{account.pk.hex[:8]}"
    book(world, statement(line(reference, "1.00", f"Proof {account.reference}")))
    return account


@kept
def vouched_account(world: World, by: str = "finance") -> BankAccount:
    """Let a finance officer see where it came from."""
    return vouch_bank_account(tried_account(world, by).pk, by=world.actor("treasurer"))


@kept
def proved_account(world: World, by: str = "finance") -> BankAccount:
    """Let a second one see it; it is in force some days later."""
    return prove_bank_account(vouched_account(world, by).pk, by=world.actor("second_treasurer"))


@kept
def bank_account(world: World, by: str = "finance") -> BankAccount:
    """Have an account in force for days."""
    vouched = vouched_account(world, by)
    with clock.stopped_at(clock.now() - timedelta(days=5)):
        return prove_bank_account(vouched.pk, by=world.actor("second_treasurer"))


@kept
def held_account(world: World) -> Account:
    """Return what is held of a paid order."""
    return Account.objects.get(kind=AccountKind.HELD, held_for=given.paid(world).pk)


@kept
def proposed_refund(
    world: World, order: Order | None = None, *, amount: str = "2000.00"
) -> Disbursement:
    """Propose to refund a part of what is held of an order."""
    return propose_refund(
        (order or given.paid(world)).pk,
        amount=Decimal(amount),
        reason=REASON,
        request_key=uuid4().hex,
        by=world.actor("treasurer"),
    )


def proposed_payout(world: World, account: Account, *, amount: Decimal) -> Disbursement:
    """Propose to pay money of an account out, to where it may go."""
    for keeper in NUMBERS:
        house = world.organization(keeper).pk
        is_paid = house == account.organization_id
        if is_paid and account_in_force(house, account.currency) is None:
            bank_account(world, keeper)
    return propose_payout(
        account.pk,
        amount=amount,
        reason=REASON,
        request_key=uuid4().hex,
        by=world.actor("treasurer"),
    )


@kept
def proposed_return(world: World, payment: Payment | None = None) -> Disbursement:
    """Propose to send a payment back."""
    return propose_return(
        (payment or unallocated(world)).pk,
        reason=REASON,
        request_key=uuid4().hex,
        by=world.actor("treasurer"),
    )


@kept
def paid_out(world: World) -> Disbursement:
    """Approve a payout of a seller, which waits for the bank."""
    account = seller_account(world)
    return approved(world, proposed_payout(world, account, amount=Decimal("1000.00")))


@kept
def fee_paper(world: World) -> Invoice:
    """Accept a delivery, of which the centre invoices its fee."""
    order = given.completed(world)
    return Invoice.objects.get(order=order, kind=InvoiceKind.FEE)


@kept
def batch(world: World) -> PayoutBatch:
    """Hand a payout to the bank."""
    paid_out(world)
    return make_batch(currency="CNY", request_key="one-batch", by=world.actor("treasurer"))


@kept
def refused_line(world: World) -> BatchLine:
    """Let the bank refuse it."""
    line = BatchLine.objects.get(batch=batch(world))
    return refuse_batch_line(line.pk, reason="Account closed.", by=world.actor("treasurer"))


@kept
def rejected(world: World) -> Disbursement:
    """Reject a refund."""
    return reject_disbursement(
        proposed_refund(world).pk, reason="Not agreed.", by=world.actor("reviewer")
    )


def approved(world: World, disbursement: Disbursement) -> Disbursement:
    """Let money out as a second person."""
    return approve_disbursement(disbursement.pk, by=world.actor("reviewer"))


@kept
def closed(world: World, day: str = "2026-03-31") -> DayClosing:
    """Close the books of a day by two."""
    confirm_closing(proposed_closing(world, day).pk, by=world.actor("second_treasurer"))
    return DayClosing.objects.get(day=day)


def proposed_closing(world: World, day: str = "2026-03-31") -> ClosingProposal:
    """Propose to close a day."""
    return propose_closing(day=date.fromisoformat(day), by=world.actor("treasurer"))


def rejected_closing(world: World) -> ClosingProposal:
    """Propose to close a day, which the second finance officer leaves open."""
    by = world.actor("second_treasurer")
    return reject_closing(proposed_closing(world).pk, reason="A payment is missing", by=by)

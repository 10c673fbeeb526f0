"""What happens to money: facts with ids, amounts and references of payments, never names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ChargeOpened(Fact):
    """A buyer owes an amount until a day; the invoice about it is numbered and digested."""

    kind = "trading.charge_opened"
    label = _("Amount to be paid, invoiced")
    charge_kind: str
    amount: str
    currency: str
    due_on: str
    reference: str
    invoice: str
    invoice_sha256: str


@dataclass(frozen=True, kw_only=True)
class ChargePaid(Fact):
    """A further amount of an order was paid and is held, or is released if nothing is awaited."""

    kind = "trading.charge_paid"
    label = _("Further payment received")
    amount: str
    currency: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class ChargeOverdue(Fact):
    """An amount that is still unpaid after its last day; who has to know at that stage is told."""

    kind = "trading.charge_overdue"
    label = _("Payment overdue")
    stage: int
    amount: str
    currency: str
    due_on: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(Fact):
    """Money came in that fits no amount owed; it waits to be allocated or returned."""

    kind = "trading.payment_received"
    label = _("Payment received, not allocated")
    channel: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentAllocated(Fact):
    """A finance officer allocated a payment to an order."""

    kind = "trading.payment_allocated"
    label = _("Payment allocated")
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class StatementImported(Fact):
    """A bank statement was read; the digest is that of its bytes."""

    kind = "trading.statement_imported"
    label = _("Bank statement imported")
    sha256: str
    rows: int
    allocated: int
    unallocated: int
    known: int


@dataclass(frozen=True, kw_only=True)
class BankMatchConfirmed(Fact):
    """A finance officer says that a line of the bank is this money that went out."""

    kind = "trading.bank_match_confirmed"
    label = _("Bank line confirmed as this outgoing money")
    line: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BankMatchDeclined(Fact):
    """A finance officer says that a line of the bank is other money than this."""

    kind = "trading.bank_match_declined"
    label = _("Bank line declined as this outgoing money")
    line: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BankMatchWithdrawn(Fact):
    """A finance officer took back what was said of a line; `said` is what it was."""

    kind = "trading.bank_match_withdrawn"
    label = _("What was said of a bank line taken back")
    line: str
    said: str


@dataclass(frozen=True, kw_only=True)
class DisbursementProposed(Fact):
    """A finance officer proposed to move money out."""

    kind = "trading.disbursement_proposed"
    label = _("Outgoing money proposed")
    disbursement_kind: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DisbursementApproved(Fact):
    """A second person approved it, and it was booked."""

    kind = "trading.disbursement_approved"
    label = _("Outgoing money approved and booked")
    disbursement_kind: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DisbursementRejected(Fact):
    """A second person rejected it."""

    kind = "trading.disbursement_rejected"
    label = _("Outgoing money rejected")
    disbursement_kind: str


@dataclass(frozen=True, kw_only=True)
class OrderRefunded(Fact):
    """What was held for an order went back to its buyer, whole, and the order ended."""

    kind = "trading.order_refunded"
    label = _("Order refunded")
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class UsageBilled(Fact):
    """The use of a period was priced; nothing is owed where the price of it is 0."""

    kind = "trading.usage_billed"
    label = _("Use of a period billed")
    period: str
    units: int
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DayClosed(Fact):
    """The books of a day were checked and closed; the digest is that of the day's totals."""

    kind = "trading.day_closed"
    label = _("Books of a day closed")
    day: str
    transfers: int
    totals_sha256: str

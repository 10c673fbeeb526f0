"""What happens to amounts owed: facts with ids, amounts and references, never names."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PaymentHeld(Fact):
    """The buyer's money came in and is held until acceptance."""

    kind = "trading.payment_held"
    label = _("Payment received and held")
    amount: str
    currency: str


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
class ChargePartlyPaid(Fact):
    """A part of an amount came in; nothing opens before the rest, `still_open`, has come too."""

    kind = "trading.charge_partly_paid"
    label = _("Payment received in part")
    amount: str
    still_open: str
    currency: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class PaymentCredited(Fact):
    """More came in than was to be paid; the rest stands on the buyer's account."""

    kind = "trading.payment_credited"
    label = _("Overpayment credited to the buyer")
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CreditSetOff(Fact):
    """The buyer let what stands on its account pay an amount that it owes."""

    kind = "trading.credit_set_off"
    label = _("Credit set off against an amount to be paid")
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
class UsageBilled(Fact):
    """The use of a period was priced; nothing is owed where the price of it is 0."""

    kind = "trading.usage_billed"
    label = _("Use of a period billed")
    period: str
    units: int
    amount: str
    currency: str

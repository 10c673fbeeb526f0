"""What happens to amounts owed: facts with ids, amounts and references, never names."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PaymentHeld(Fact, kind="trading.payment_held", label=_("Payment received and held")):
    """The buyer's money came in and is held until acceptance."""

    amount: str
    currency: str


class ChargeOpened(Fact, kind="trading.charge_opened", label=_("Amount to be paid, invoiced")):
    """A buyer owes an amount until a day; the invoice about it is numbered and digested."""

    charge_kind: str
    amount: str
    currency: str
    due_on: str
    reference: str
    invoice: str
    invoice_sha256: str


class ChargePaid(Fact, kind="trading.charge_paid", label=_("Further payment received")):
    """A further amount of an order was paid and is held, or is released if nothing is awaited."""

    amount: str
    currency: str
    reference: str


class ChargePartlyPaid(
    Fact, kind="trading.charge_partly_paid", label=_("Payment received in part")
):
    """A part of an amount came in; nothing opens before the rest, `still_open`, has come too."""

    amount: str
    still_open: str
    currency: str
    reference: str


class PaymentCredited(
    Fact, kind="trading.payment_credited", label=_("Overpayment credited to the buyer")
):
    """More came in than was to be paid; the rest stands on the buyer's account."""

    amount: str
    currency: str


class CreditSetOff(
    Fact, kind="trading.credit_set_off", label=_("Credit set off against an amount to be paid")
):
    """The buyer let what stands on its account pay an amount that it owes."""

    amount: str
    currency: str
    reference: str


class ChargeOverdue(Fact, kind="trading.charge_overdue", label=_("Payment overdue")):
    """An amount that is still unpaid after its last day; who has to know at that stage is told."""

    stage: int
    amount: str
    currency: str
    due_on: str
    reference: str


class UsageBilled(Fact, kind="trading.usage_billed", label=_("Use of a period billed")):
    """The use of a period was priced; nothing is owed where the price of it is 0."""

    period: str
    units: int
    amount: str
    currency: str

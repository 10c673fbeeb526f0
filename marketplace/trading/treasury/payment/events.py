from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(Fact):
    """Money came in that fits no amount owed; it waits to be allocated or returned."""

    kind = "trading.payment_received"
    label = _("Payment received, not allocated")
    channel: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentRecorded(Fact):
    """A finance officer said that a payment came in; nothing is booked before a second confirms."""

    kind = "trading.payment_recorded"
    label = _("Payment recorded, to be confirmed")
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentRejected(Fact):
    """A payment that was recorded by hand has not arrived."""

    kind = "trading.payment_rejected"
    label = _("Recorded payment rejected")
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentAllocated(Fact):
    """A finance officer allocated a payment to an order."""

    kind = "trading.payment_allocated"
    label = _("Payment allocated")
    amount: str
    currency: str

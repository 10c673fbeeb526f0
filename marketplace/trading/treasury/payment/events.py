from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PaymentReceived(
    Fact, kind="trading.payment_received", label=_("Payment received, not allocated")
):
    """Money came in that fits no amount owed; it waits to be allocated or returned."""

    channel: str
    amount: str
    currency: str


class PaymentRecorded(
    Fact, kind="trading.payment_recorded", label=_("Payment recorded, to be confirmed")
):
    """A finance officer said that a payment came in; nothing is booked before a second confirms."""

    amount: str
    currency: str


class PaymentRejected(Fact, kind="trading.payment_rejected", label=_("Recorded payment rejected")):
    """A payment that was recorded by hand has not arrived."""

    amount: str
    currency: str


class PaymentAllocated(Fact, kind="trading.payment_allocated", label=_("Payment allocated")):
    """A finance officer allocated a payment to an order."""

    amount: str
    currency: str

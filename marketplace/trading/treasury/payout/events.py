from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DisbursementProposed(
    Fact, kind="trading.disbursement_proposed", label=_("Outgoing money proposed")
):
    """A finance officer proposed to move money out."""

    disbursement_kind: str
    amount: str
    currency: str


class DisbursementApproved(
    Fact, kind="trading.disbursement_approved", label=_("Outgoing money approved and booked")
):
    """A second person approved it, and it was booked."""

    disbursement_kind: str
    amount: str
    currency: str


class DisbursementRejected(
    Fact, kind="trading.disbursement_rejected", label=_("Outgoing money rejected")
):
    """A second person rejected it."""

    disbursement_kind: str


class OrderRefunded(Fact, kind="trading.order_refunded", label=_("Order refunded")):
    """What was held for an order went back to its buyer, whole, and the order ended."""

    amount: str
    currency: str

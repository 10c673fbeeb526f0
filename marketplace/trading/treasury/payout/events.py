from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


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

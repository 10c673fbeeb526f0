"""What notices are about, and which of them are e-mailed to whom did not choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a notice is about."""

    CASE_OPENED = "case_opened", _("Waiting for review")
    CASE_APPROVED = "case_approved", _("Approved")
    CASE_RETURNED = "case_returned", _("Returned for correction")
    CASE_REFUSED = "case_refused", _("Refused")
    ORGANIZATION_APPLIED = "organization_applied", _("Organization applied")
    ORGANIZATION_VERIFIED = "organization_verified", _("Organization verified")
    ORGANIZATION_REFUSED = "organization_refused", _("Organization refused")
    ORGANIZATION_SUSPENDED = "organization_suspended", _("Organization suspended")
    ORGANIZATION_REINSTATED = "organization_reinstated", _("Organization reinstated")
    RUN_DONE = "run_done", _("Run finished")
    RUN_FAILED = "run_failed", _("Run failed")
    CLAIM_ANSWERED = "claim_answered", _("Claim answered")
    OBJECTION_RAISED = "objection_raised", _("Objection raised")
    OBJECTION_REFERRED = "objection_referred", _("Objection before a court or arbitrator")
    OBJECTION_DECIDED = "objection_decided", _("Objection decided")
    CERTIFICATE_CHANGED = "certificate_changed", _("Certificate changed")
    RENEWAL_OPENED = "renewal_opened", _("Renewal may be asked for")
    DUE_SOON = "due_soon", _("Due soon")
    TERM_SETTLED = "term_settled", _("Last day of a term final")
    REMARK_WAITS = "remark_waits", _("Remark waits for a second reviewer")
    TRANSFER_OPENED = "transfer_opened", _("Transfer of rights begun")
    TRANSFER_JOINED = "transfer_joined", _("Transfer joined")
    RIGHT_TRANSFERRED = "right_transferred", _("Rights transferred")
    LISTING_SUSPENDED = "listing_suspended", _("Listing suspended")
    LISTING_OFFERED = "listing_offered", _("Invited to a listing")
    LISTING_RENEWED = "listing_renewed", _("Listing of an invitation renewed")
    ORDER_PLACED = "order_placed", _("Order placed")
    ORDER_ACCEPTED = "order_accepted", _("Order accepted")
    ORDER_DECLINED = "order_declined", _("Order declined")
    ORDER_CANCELLED = "order_cancelled", _("Order cancelled")
    CONTRACT_SIGNED = "contract_signed", _("Contract signed")
    PAYMENT_AWAITED = "payment_awaited", _("Payment awaited")
    PAYMENT_HELD = "payment_held", _("Payment held")
    DATA_READY = "data_ready", _("Data ready")
    ORDER_DELIVERED = "order_delivered", _("Order delivered")
    DELIVERY_OBJECTED = "delivery_objected", _("Delivery objected to")
    ORDER_COMPLETED = "order_completed", _("Order completed")
    DEMAND_ANSWERED = "demand_answered", _("Request for data answered")
    OFFER_MADE = "offer_made", _("Offer made")
    OFFER_ACCEPTED = "offer_accepted", _("Offer accepted")
    OFFER_DECLINED = "offer_declined", _("Offer declined")
    OFFER_EXPIRED = "offer_expired", _("Offer ran out")
    CONTRACT_AMENDED = "contract_amended", _("Contract amended")
    CONTRACT_TERMINATED = "contract_terminated", _("Contract terminated")
    CHARGE_OPENED = "charge_opened", _("Amount to be paid")
    CHARGE_OVERDUE = "charge_overdue", _("Payment overdue")
    PAYMENT_ARRIVED = "payment_arrived", _("Payment arrived")
    FURTHER_PAYMENT = "further_payment", _("Further payment of a buyer")
    PAYMENT_UNALLOCATED = "payment_unallocated", _("Payment to be allocated")
    DISBURSEMENT_PROPOSED = "disbursement_proposed", _("Outgoing money waits for a second person")
    DISBURSEMENT_DECIDED = "disbursement_decided", _("Outgoing money decided on")
    MONEY_REFUNDED = "money_refunded", _("Money refunded")
    MONEY_PAID_OUT = "money_paid_out", _("Money paid out")
    DISPUTE_OPENED = "dispute_opened", _("Dispute opened")
    SETTLEMENT_PROPOSED = "settlement_proposed", _("Settlement proposed")
    SETTLEMENT_ANSWERED = "settlement_answered", _("Proposed settlement answered")
    DISPUTE_DECIDED = "dispute_decided", _("Dispute decided")
    DISPUTE_APPEALED = "dispute_appealed", _("Decision appealed")
    DISPUTE_WITHDRAWN = "dispute_withdrawn", _("Dispute withdrawn")
    DISPUTE_ENDED = "dispute_ended", _("Dispute ended")
    REIDENTIFICATION_WAITS = "reidentification_waits", _("Report of a re-identification waits")
    DATA_RECALLED = "data_recalled", _("Data recalled")
    DELETION_ASKED = "deletion_asked", _("Recalled data to be deleted")
    DELETION_OVERDUE = "deletion_overdue", _("Statement of deletion overdue")
    DELETION_STATED = "deletion_stated", _("Recalled data deleted by a buyer")


ALWAYS_EMAILED = frozenset(
    {
        NoticeKind.ORGANIZATION_REFUSED,
        NoticeKind.ORGANIZATION_SUSPENDED,
        NoticeKind.CLAIM_ANSWERED,
        NoticeKind.OBJECTION_RAISED,
        NoticeKind.OBJECTION_REFERRED,
        NoticeKind.OBJECTION_DECIDED,
        NoticeKind.CERTIFICATE_CHANGED,
        NoticeKind.DUE_SOON,
        NoticeKind.TERM_SETTLED,
        NoticeKind.RIGHT_TRANSFERRED,
        NoticeKind.DELIVERY_OBJECTED,
        NoticeKind.CONTRACT_AMENDED,
        NoticeKind.CONTRACT_TERMINATED,
        NoticeKind.CHARGE_OPENED,
        NoticeKind.CHARGE_OVERDUE,
        NoticeKind.DISPUTE_OPENED,
        NoticeKind.DISPUTE_DECIDED,
        NoticeKind.DISPUTE_APPEALED,
        NoticeKind.DISPUTE_ENDED,
        NoticeKind.DATA_RECALLED,
        NoticeKind.DELETION_ASKED,
        NoticeKind.DELETION_OVERDUE,
    }
)
"""By these a right ends, or a term begins to run, whether or not somebody looks at the site."""
EMAILED_ON_WISH = frozenset(
    {
        NoticeKind.RUN_DONE,
        NoticeKind.TRANSFER_JOINED,
        NoticeKind.ORDER_DELIVERED,
        NoticeKind.PAYMENT_AWAITED,
        NoticeKind.FURTHER_PAYMENT,
        NoticeKind.DISBURSEMENT_DECIDED,
    }
)
"""Nobody has to act on these: they are e-mailed to who asks for it. All others are, unless not."""
GROUPS: tuple[tuple[str | Promise, tuple[NoticeKind, ...]], ...] = (
    (
        _("Data, rights and valuations"),
        (
            NoticeKind.CASE_OPENED,
            NoticeKind.CASE_APPROVED,
            NoticeKind.CASE_RETURNED,
            NoticeKind.CASE_REFUSED,
            NoticeKind.RUN_DONE,
            NoticeKind.RUN_FAILED,
            NoticeKind.CLAIM_ANSWERED,
            NoticeKind.OBJECTION_RAISED,
            NoticeKind.OBJECTION_REFERRED,
            NoticeKind.OBJECTION_DECIDED,
            NoticeKind.CERTIFICATE_CHANGED,
            NoticeKind.RENEWAL_OPENED,
            NoticeKind.DUE_SOON,
            NoticeKind.TERM_SETTLED,
            NoticeKind.REMARK_WAITS,
            NoticeKind.TRANSFER_OPENED,
            NoticeKind.TRANSFER_JOINED,
            NoticeKind.RIGHT_TRANSFERRED,
        ),
    ),
    (
        _("Trading"),
        (
            NoticeKind.LISTING_SUSPENDED,
            NoticeKind.LISTING_OFFERED,
            NoticeKind.LISTING_RENEWED,
            NoticeKind.DEMAND_ANSWERED,
            NoticeKind.ORDER_PLACED,
            NoticeKind.OFFER_MADE,
            NoticeKind.OFFER_ACCEPTED,
            NoticeKind.OFFER_DECLINED,
            NoticeKind.OFFER_EXPIRED,
            NoticeKind.ORDER_ACCEPTED,
            NoticeKind.ORDER_DECLINED,
            NoticeKind.ORDER_CANCELLED,
            NoticeKind.CONTRACT_SIGNED,
            NoticeKind.CONTRACT_AMENDED,
            NoticeKind.CONTRACT_TERMINATED,
            NoticeKind.DATA_READY,
            NoticeKind.ORDER_DELIVERED,
            NoticeKind.DELIVERY_OBJECTED,
            NoticeKind.ORDER_COMPLETED,
        ),
    ),
    (
        _("Money"),
        (
            NoticeKind.CHARGE_OPENED,
            NoticeKind.CHARGE_OVERDUE,
            NoticeKind.PAYMENT_AWAITED,
            NoticeKind.PAYMENT_ARRIVED,
            NoticeKind.PAYMENT_HELD,
            NoticeKind.FURTHER_PAYMENT,
            NoticeKind.PAYMENT_UNALLOCATED,
            NoticeKind.DISBURSEMENT_PROPOSED,
            NoticeKind.DISBURSEMENT_DECIDED,
            NoticeKind.MONEY_REFUNDED,
            NoticeKind.MONEY_PAID_OUT,
        ),
    ),
    (
        _("Disputes"),
        (
            NoticeKind.DISPUTE_OPENED,
            NoticeKind.SETTLEMENT_PROPOSED,
            NoticeKind.SETTLEMENT_ANSWERED,
            NoticeKind.DISPUTE_DECIDED,
            NoticeKind.DISPUTE_APPEALED,
            NoticeKind.DISPUTE_WITHDRAWN,
            NoticeKind.DISPUTE_ENDED,
        ),
    ),
    (
        _("Recalls"),
        (
            NoticeKind.REIDENTIFICATION_WAITS,
            NoticeKind.DATA_RECALLED,
            NoticeKind.DELETION_ASKED,
            NoticeKind.DELETION_OVERDUE,
            NoticeKind.DELETION_STATED,
        ),
    ),
    (
        _("Organizations"),
        (
            NoticeKind.ORGANIZATION_APPLIED,
            NoticeKind.ORGANIZATION_VERIFIED,
            NoticeKind.ORGANIZATION_REFUSED,
            NoticeKind.ORGANIZATION_SUSPENDED,
            NoticeKind.ORGANIZATION_REINSTATED,
        ),
    ),
)
"""The kinds as they stand on the page where a person chooses."""


def kinds_to_choose() -> Sequence[tuple[str, Any]]:
    """Return every kind with its name; migrations keep this function instead of the list."""
    return NoticeKind.choices

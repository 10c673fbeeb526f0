"""What notices say, by kind, in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


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
    REMARK_WAITS = "remark_waits", _("Remark waits for a second reviewer")
    TRANSFER_OPENED = "transfer_opened", _("Transfer of rights begun")
    TRANSFER_JOINED = "transfer_joined", _("Transfer joined")
    RIGHT_TRANSFERRED = "right_transferred", _("Rights transferred")
    LISTING_SUSPENDED = "listing_suspended", _("Listing suspended")
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


@dataclass(frozen=True)
class Text:
    """A subject line and what there is to do, each with places for parameters."""

    title: Words
    body: Words


TEXTS: Mapping[str, Text] = {
    NoticeKind.CASE_OPENED: Text(
        _("%(case_kind)s: “%(thing)s” waits for a decision"),
        _("Read what was submitted, then approve it or return it with a reason."),
    ),
    NoticeKind.CASE_APPROVED: Text(
        _("%(case_kind)s: “%(thing)s” is approved"), _("You can take the next step.")
    ),
    NoticeKind.CASE_RETURNED: Text(
        _("%(case_kind)s: “%(thing)s” needs corrections"),
        _("The reason stands on its page. Correct it and submit it again."),
    ),
    NoticeKind.CASE_REFUSED: Text(
        _("%(case_kind)s: “%(thing)s” is refused"), _("The reason stands on its page.")
    ),
    NoticeKind.ORGANIZATION_APPLIED: Text(
        _("“%(thing)s” asks to take part"), _("Check its registration and decide.")
    ),
    NoticeKind.ORGANIZATION_VERIFIED: Text(
        _("“%(thing)s” is verified"), _("You can act for it from now on.")
    ),
    NoticeKind.ORGANIZATION_REFUSED: Text(
        _("“%(thing)s” was not admitted"), _("The reason stands on its page.")
    ),
    NoticeKind.ORGANIZATION_SUSPENDED: Text(
        _("“%(thing)s” is suspended"),
        _("You can look but not act until the centre lets it in again. The reason is on its page."),
    ),
    NoticeKind.ORGANIZATION_REINSTATED: Text(
        _("“%(thing)s” can act again"), _("You can go on where you stopped.")
    ),
    NoticeKind.RUN_DONE: Text(
        _("The run on “%(thing)s” is finished"), _("Look at what it found and take the next step.")
    ),
    NoticeKind.RUN_FAILED: Text(
        _("The run on “%(thing)s” failed"), _("The reason stands on its page. Start it again.")
    ),
    NoticeKind.CLAIM_ANSWERED: Text(
        _("Your claim on “%(thing)s” moved on"), _("Its page says where it stands and what is due.")
    ),
    NoticeKind.OBJECTION_RAISED: Text(
        _("Somebody objects to the claim on “%(thing)s”"),
        _("Nothing of it can be relied on until the objection is decided."),
    ),
    NoticeKind.OBJECTION_REFERRED: Text(
        _("The objection to “%(thing)s” is before a court or arbitrator"),
        _("The right stays frozen until the centre records the outcome."),
    ),
    NoticeKind.OBJECTION_DECIDED: Text(
        _("The objection to the claim on “%(thing)s” is decided"),
        _("Its page says how, and why."),
    ),
    NoticeKind.CERTIFICATE_CHANGED: Text(
        _("A certificate for “%(thing)s” changed"),
        _("Its page says whether it is in force, and why it changed."),
    ),
    NoticeKind.RENEWAL_OPENED: Text(
        _("The certificate for “%(thing)s” ends soon"),
        _("Ask for its renewal before it ends: its page says until when, and leads there."),
    ),
    NoticeKind.DUE_SOON: Text(
        _("%(due)s by %(day)s: “%(thing)s”"),
        _("The last day is near. Its page says what there is to do."),
    ),
    NoticeKind.REMARK_WAITS: Text(
        _("A remark on the certificate for “%(thing)s” waits for a second reviewer"),
        _("Compare it with the order, then confirm it or do not. Until then nothing changes."),
    ),
    NoticeKind.TRANSFER_OPENED: Text(
        _("Rights over “%(thing)s” shall pass to your organization"),
        _("Read on its page what passes. Join the transfer if your organization agrees."),
    ),
    NoticeKind.TRANSFER_JOINED: Text(
        _("The acquirer of rights over “%(thing)s” has joined"),
        _("Attach the contract, if it is not there yet, and submit the transfer."),
    ),
    NoticeKind.RIGHT_TRANSFERRED: Text(
        _("Your organization holds rights over “%(thing)s” now"),
        _("The certificate is issued. Its page says which rights, and how far they reach."),
    ),
    NoticeKind.LISTING_SUSPENDED: Text(
        _("The listing “%(thing)s” is suspended"),
        _("Nobody can order it now. Its page says which proof is missing and what to do."),
    ),
    NoticeKind.ORDER_PLACED: Text(
        _("A buyer ordered “%(thing)s”"), _("Accept the order or decline it with a reason.")
    ),
    NoticeKind.ORDER_ACCEPTED: Text(
        _("Your order of “%(thing)s” is accepted"), _("Read the contract and sign it.")
    ),
    NoticeKind.ORDER_DECLINED: Text(
        _("Your order of “%(thing)s” is declined"), _("The reason stands on its page.")
    ),
    NoticeKind.ORDER_CANCELLED: Text(
        _("The order of “%(thing)s” is cancelled"), _("There is nothing more to do.")
    ),
    NoticeKind.CONTRACT_SIGNED: Text(
        _("The other side signed the contract on “%(thing)s”"),
        _("Its page says whether your signature is missing."),
    ),
    NoticeKind.PAYMENT_AWAITED: Text(
        _("A payment for “%(thing)s” is awaited"),
        _("The contract is concluded. Confirm the payment once the money has come in."),
    ),
    NoticeKind.PAYMENT_HELD: Text(
        _("The payment for “%(thing)s” is held"),
        _("The centre holds the money until the delivery is accepted."),
    ),
    NoticeKind.DATA_READY: Text(
        _("“%(thing)s” is ready to download"),
        _("Download it, check it, and accept the delivery."),
    ),
    NoticeKind.ORDER_DELIVERED: Text(
        _("“%(thing)s” was delivered"), _("The buyer checks it now. Their term runs.")
    ),
    NoticeKind.DELIVERY_OBJECTED: Text(
        _("The buyer objects to the delivery of “%(thing)s”"),
        _("Read the reason on the order and settle it. The money stays held until they accept."),
    ),
    NoticeKind.ORDER_COMPLETED: Text(
        _("The order of “%(thing)s” is completed"), _("The payment is released.")
    ),
    NoticeKind.DEMAND_ANSWERED: Text(
        _("A seller answered your request “%(thing)s”"),
        _("Read the answer, and order what fits or close the request."),
    ),
    NoticeKind.OFFER_MADE: Text(
        _("The other side makes another offer on “%(thing)s”"),
        _("Its page shows what would change. Accept it, decline it, or make an offer of yours."),
    ),
    NoticeKind.OFFER_ACCEPTED: Text(
        _("Your offer on “%(thing)s” is accepted"), _("Read the contract and sign it.")
    ),
    NoticeKind.OFFER_DECLINED: Text(
        _("Your offer on “%(thing)s” is declined"), _("The reason stands on its page.")
    ),
    NoticeKind.OFFER_EXPIRED: Text(
        _("The offer on “%(thing)s” ran out"),
        _("Nobody answered it in time, and nobody owes anything."),
    ),
    NoticeKind.CONTRACT_AMENDED: Text(
        _("There is news of an amendment of the contract on “%(thing)s”"),
        _("Its page says what changes, whether it holds, and whether your signature is missing."),
    ),
    NoticeKind.CONTRACT_TERMINATED: Text(
        _("The contract on “%(thing)s” is terminated"),
        _("Its page says why, and what becomes of access and money."),
    ),
}

CASE_KINDS: Mapping[str, Words] = {
    "content": _("Content review"),
    "right": _("Confirmation of rights"),
    "valuation": _("Valuation"),
    "listing": _("Listing"),
}

DUES: Mapping[str, Words] = {
    "reply": _("Reply to a claim"),
    "supplement": _("Complete a claim"),
    "decision": _("Decide on a claim"),
    "objection": _("Decide an objection"),
    "renewal": _("Ask for the renewal of a certificate"),
}

CODED: Mapping[str, Mapping[str, Words]] = {"case_kind": CASE_KINDS, "due": DUES}
"""Parameters that hold a code, with what each code says."""


@dataclass(frozen=True)
class Worded:
    """A notice in words."""

    title: str
    body: str


def worded(kind: str, parameters: Mapping[str, object]) -> Worded:
    """Say a notice in the active language."""
    told = {
        name: str(CODED[name].get(str(value), value)) if name in CODED else str(value)
        for name, value in parameters.items()
    }
    text = TEXTS[kind]
    return Worded(str(text.title) % told, str(text.body) % told)

"""What notices say, by kind, in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.core.terms import marked
from marketplace.notices.codes import CODED, Words
from marketplace.notices.kinds import NoticeKind


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
        _("The run on “%(thing)s” is finished"), _("Look at the result and take the next step.")
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
    NoticeKind.TERM_SETTLED: Text(
        _("“%(thing)s”: the last day is final, %(day)s"),
        _("It was provisional until the working days of that year were published."),
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
    NoticeKind.LISTING_OFFERED: Text(
        _("“%(thing)s” is offered to you by invitation"),
        _("Only those that its seller invited see it. Its page says price and terms."),
    ),
    NoticeKind.LISTING_RENEWED: Text(
        _("“%(thing)s” is on sale for new days"),
        _("Your organization is invited to it. Its page says until when, and at what price."),
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
    NoticeKind.CHARGE_OPENED: Text(
        _("“%(thing)s”: %(amount)s to be paid by %(day)s"),
        _("The invoice and the payment reference stand on the order's page."),
    ),
    NoticeKind.CHARGE_OVERDUE: Text(
        _("“%(thing)s”: %(amount)s overdue since %(day)s"),
        _(
            "Until it is paid the data does not open to the buyer. The payment reference stands on "
            "the order's page."
        ),
    ),
    NoticeKind.PAYMENT_ARRIVED: Text(
        _("Your payment of %(amount)s for “%(thing)s” has arrived"),
        _("The order's page says what it paid and what is still open."),
    ),
    NoticeKind.FURTHER_PAYMENT: Text(
        _("The buyer of “%(thing)s” paid a further %(amount)s"),
        _("The order's page says whether it is held or released."),
    ),
    NoticeKind.PAYMENT_UNALLOCATED: Text(
        _("A payment of %(amount)s fits nothing that is owed"),
        _("Allocate it to what it was meant for, or propose its return."),
    ),
    NoticeKind.DISBURSEMENT_PROPOSED: Text(
        _("%(amount)s shall go out: a second person decides"),
        _("Compare it with the order or account that it comes from, then approve or reject it."),
    ),
    NoticeKind.DISBURSEMENT_DECIDED: Text(
        _("A second person decided on the %(amount)s that you proposed to move out"),
        _("Its page says how, and why where it was rejected."),
    ),
    NoticeKind.MONEY_REFUNDED: Text(
        _("%(amount)s for “%(thing)s” went back to the buyer"),
        _("The credit note stands on the order's page."),
    ),
    NoticeKind.MONEY_PAID_OUT: Text(
        _("%(amount)s of your organization's money was paid out"),
        _("It is on its way to your bank account. The statement shows it."),
    ),
    NoticeKind.DISPUTE_OPENED: Text(
        _("A dispute about “%(thing)s” is opened"),
        _("Payment and access are on hold. Its page says what is wrong and what to do."),
    ),
    NoticeKind.SETTLEMENT_PROPOSED: Text(
        _("Settlement proposed for “%(thing)s”: %(amount)s back to the buyer"),
        _("Read the reasons on the dispute's page, and agree or do not."),
    ),
    NoticeKind.SETTLEMENT_ANSWERED: Text(
        _("The settlement proposed for “%(thing)s” is answered"),
        _("The dispute's page says who agreed and what is next."),
    ),
    NoticeKind.DISPUTE_DECIDED: Text(
        _("The dispute about “%(thing)s” is decided: %(amount)s back to the buyer"),
        _("It takes effect unless a side appeals by %(day)s. The reasons stand on its page."),
    ),
    NoticeKind.DISPUTE_APPEALED: Text(
        _("The decision on “%(thing)s” is appealed"),
        _("Everything stands still until the ruling of the court or arbitrator is recorded."),
    ),
    NoticeKind.DISPUTE_WITHDRAWN: Text(
        _("The dispute about “%(thing)s” is withdrawn"), _("The order continues as before.")
    ),
    NoticeKind.DISPUTE_ENDED: Text(
        _("The dispute about “%(thing)s” ended: %(amount)s back to the buyer"),
        _("The money is divided. The order's page shows every movement."),
    ),
    NoticeKind.REIDENTIFICATION_WAITS: Text(
        _("A report that persons can be found in “%(thing)s” waits for you"),
        _("Read it, try what it says, and propose or confirm whether it is proven."),
    ),
    NoticeKind.DATA_RECALLED: Text(
        _("“%(thing)s” is recalled: the verdict on it does not stand"),
        _("Use of it stops now. The order's page says what becomes of contract and money."),
    ),
    NoticeKind.DELETION_ASKED: Text(
        _("Delete every copy of “%(thing)s” by %(day)s"),
        _(
            "The verdict on it was recalled. Stop using it, delete all copies as the contract "
            "says, and state on the order's page that you have."
        ),
    ),
    NoticeKind.DELETION_OVERDUE: Text(
        _("The deletion of “%(thing)s” was to be stated by %(day)s"),
        _(
            "The verdict on it was recalled, and the buyer has not stated that every copy is "
            "deleted. The buyer states it on the order's page."
        ),
    ),
    NoticeKind.DELETION_STATED: Text(
        _("A buyer states that “%(thing)s” is deleted"),
        _("The statement stands on the order's page and its digest in the ledger."),
    ),
}


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
    if "provisional" in parameters:
        told["day"] = marked(told["day"], is_provisional=True)
    text = TEXTS[kind]
    return Worded(str(text.title) % told, str(text.body) % told)

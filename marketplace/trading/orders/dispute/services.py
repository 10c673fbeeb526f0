"""A side opens a dispute; a reviewer mediates; both sides agree or a second officer decides."""

import hashlib
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, NotAllowed, clock, locked, longest_of, workdays
from marketplace.core.arguments import Decision, Number, Reason, Text, Upload, reason_of
from marketplace.core.terms import has_passed, keep_term
from marketplace.credentials.documents import canonical_bytes
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.selectors import entries_about
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.approval.locks import lock_signatories
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.dispute import rules
from marketplace.trading.orders.dispute.events import (
    DisputeAppealed,
    DisputeDecided,
    DisputeExhibitShown,
    DisputeOpened,
    DisputeWithdrawn,
    MediationTakenOver,
    SettlementAnswered,
    SettlementProposed,
)
from marketplace.trading.orders.dispute.locks import both
from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit, EarlierMediator
from marketplace.trading.orders.dispute.outcome import execute
from marketplace.trading.orders.dispute.rules import check_mediator, check_take_over_mediation
from marketplace.trading.orders.dispute.selectors import (
    decided_past_appeal,
    disputes_visible_to,
    exhibits_of,
    open_dispute_of,
)
from marketplace.trading.orders.dispute.states import DISPUTE, UNDECIDED, DisputeState
from marketplace.trading.orders.dispute.timelines import concerns
from marketplace.trading.orders.order.bought import ordered_listing
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.statements import said, text_digest
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.held_money import (
    checked_refund,
    give_again,
    take_back,
)
from marketplace.trading.orders.settlement.selectors import held_of, transfers_of
from marketplace.vault.models import Purpose
from marketplace.vault.uploads import EncryptedUpload, keep_upload

WHY_OTHER_MEDIATOR = reason_of(EarlierMediator)
WHY = Reason(label=gettext_lazy("Reasons"), longest=longest_of(Dispute), lines=4)
Reasons = Annotated[str, WHY]
IS_AGREED = Decision(
    label=gettext_lazy("Your answer"), yes=gettext_lazy("Agree"), no=gettext_lazy("Do not agree")
)
Refund = Annotated[
    Decimal,
    Number(
        label=gettext_lazy("Back to the buyer"),
        help=gettext_lazy("The rest of what is held goes to the seller."),
        digits=18,
        places=2,
        least=Decimal(0),
    ),
]
Words = Annotated[
    str,
    Text(label=gettext_lazy("In your words"), longest=longest_of(Dispute, "text"), lines=4),
]

# Gather the evidence of an order: what the ledger and the books tell, frozen under a digest.


def dossier_of(order: Order) -> dict[str, Any]:
    """Return contract, sheet, risk report, movements of money and every fact about the order."""
    contract, listing = contract_of(order), ordered_listing(order)
    named = contract.agreed.get("sheet_sha256") if contract else ""
    return {
        "order": str(order.pk),
        "price": str(order.price),
        "currency": order.currency,
        "purpose": order.purpose,
        "contract_sha256": contract.digest if contract else "",
        "sheet_sha256": named or listing.sheet_digest,
        "bytes_sha256": listing.revision.version.file.sha256,
        "risk_report": str(listing.risk_report_id or ""),
        "delivered_at": order.delivered_at.isoformat() if order.delivered_at else "",
        "transfers": [
            {
                "kind": row.kind,
                "amount": str(row.amount),
                "at": row.created_at.isoformat(),
            }
            for row in transfers_of(order)
        ],
        "facts": [
            {
                "kind": entry.kind,
                "at": entry.happened_at.isoformat(),
                "reference": str(entry.reference),
            }
            for entry in entries_about(f"order:{order.pk}")
        ],
    }


def digest_of(dossier: dict[str, Any]) -> str:
    """Return the SHA-256 of a dossier's canonical JSON."""
    return hashlib.sha256(canonical_bytes(dossier)).hexdigest()


# A reviewer mediates, both sides agree or a second officer decides, and a side may appeal.


@transaction.atomic
def propose_settlement(dispute_id: UUID, *, refund: Refund, reason: Reasons, by: Actor) -> Dispute:
    """Propose to both sides, as a mediator, how much goes back to the buyer.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or of a side, or somebody else mediates.
        WrongState: a proposal waits for answers, or the dispute is decided.
        Invalid: the refund is more than is held, or no reason is given.
    """
    order, dispute = both(dispute_id, by=by)
    person_id = rules.check_propose_settlement(dispute, by)
    DISPUTE.move(dispute, DisputeState.PROPOSED)
    dispute.refund = checked_refund(order, refund)
    dispute.reason = WHY.given(reason)
    dispute.proposed_by_id = person_id
    dispute.buyer_agreed_at = dispute.seller_agreed_at = None
    dispute.save(
        update_fields=[
            *("state", "refund", "reason", "proposed_by_id"),
            *("buyer_agreed_at", "seller_agreed_at"),
        ]
    )
    record(
        SettlementProposed(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            refund=str(refund),
            currency=order.currency,
        ),
        binds=bound(dispute),
        by=by,
    )
    return dispute


@transaction.atomic
def answer_settlement(
    dispute_id: UUID, *, is_agreed: Annotated[bool, IS_AGREED], by: Actor
) -> Dispute:
    """Agree to a proposal, or not: when both sides have agreed, the money is divided by it.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor acts for neither side; or agrees, and what that gives up is above
            their limit (`above-limit`).
        WrongState: no proposal waits for an answer.
    """
    order, dispute = both(dispute_id, by=by)
    side = rules.check_answer_settlement(dispute, by)
    if is_agreed and rules.has_agreed(dispute, side):
        return dispute
    if is_agreed:
        lock_signatories(by.person_id)
        rules.check_agree_settlement(dispute, by)
        setattr(dispute, f"{side}_agreed_at", clock.now())
    else:
        DISPUTE.move(dispute, DisputeState.OPEN)
    dispute.save(update_fields=["state", "buyer_agreed_at", "seller_agreed_at"])
    record(
        SettlementAnswered(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            side=side.value,
            is_agreed=is_agreed,
        ),
        binds=bound(dispute),
        by=by,
    )
    if dispute.buyer_agreed_at and dispute.seller_agreed_at and is_agreed:
        DISPUTE.move(dispute, DisputeState.SETTLED)
        execute(order, dispute, by=by)
    return dispute


@transaction.atomic
def decide_dispute(dispute_id: UUID, *, refund: Refund, reason: Reasons, by: Actor) -> Dispute:
    """Decide a dispute as a second officer; it takes effect when the time to appeal is over.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, is of a side, or mediated.
        WrongState: it is decided already, or nobody has proposed a settlement yet.
        Invalid: the refund is more than is held, or no reason is given.
    """
    order, dispute = both(dispute_id, by=by)
    person_id = rules.check_decide_dispute(dispute, by)
    DISPUTE.move(dispute, DisputeState.DECIDED)
    dispute.refund = checked_refund(order, refund)
    dispute.reason = WHY.given(reason)
    dispute.decided_by_id = person_id
    # What a side agreed to was the proposal, not this.
    dispute.buyer_agreed_at = dispute.seller_agreed_at = None
    days = int(settings.CENTRE["APPEAL_WORKING_DAYS"])
    appeal = workdays.calendar().term(clock.today(), days)
    keep_term(dispute, "appeal_until", appeal)
    dispute.save(
        update_fields=[
            *("state", "refund", "reason", "decided_by_id", "appeal_until", "provisional"),
            *("buyer_agreed_at", "seller_agreed_at"),
        ]
    )
    record(
        DisputeDecided(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            refund=str(refund),
            currency=order.currency,
            appeal_until=appeal.last_day.isoformat(),
            reason_sha256=text_digest(dispute.reason),
        ),
        binds=bound(dispute),
        by=by,
    )
    return dispute


@transaction.atomic
def appeal_dispute(dispute_id: UUID, *, text: Words, by: Actor) -> Dispute:
    """Record that a side took a decision to a court or arbitrator: everything stands still on.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor acts for neither side.
        WrongState: it is not decided, or the time to appeal is over.
        Invalid: it is not said before whom and why.
    """
    _order, dispute = both(dispute_id, by=by)
    side = rules.check_appeal_dispute(dispute, by)
    DISPUTE.move(dispute, DisputeState.APPEALED)
    dispute.appeal = said(text, field="text")
    dispute.save(update_fields=["state", "appeal"])
    record(
        DisputeAppealed(subject=f"dispute:{dispute.pk}", about=concerns(dispute), side=side.value),
        binds=bound(dispute),
        by=by,
    )
    return dispute


@transaction.atomic
def record_ruling(dispute_id: UUID, *, refund: Refund, reason: Reasons, by: Actor) -> Dispute:
    """Record what a court or arbitrator ruled on an appeal: the money is divided by it at once.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or of a side.
        WrongState: it is not before a court or arbitrator.
        Invalid: the refund is more than is held, or no reason is given.
    """
    order, dispute = both(dispute_id, by=by)
    rules.check_record_ruling(dispute, by)
    DISPUTE.move(dispute, DisputeState.CLOSED)
    dispute.refund = checked_refund(order, refund)
    dispute.reason = WHY.given(reason)
    execute(order, dispute, by=by)
    return dispute


def close_due_disputes(*, by: Actor) -> list[UUID]:
    """Carry out each decision that nobody appealed in time; each is a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    due = list(decided_past_appeal(on=clock.today()).values_list("pk", flat=True))
    closed = []
    for dispute_id in due:
        with by_itself():
            order, dispute = both(dispute_id, by=by)
            if dispute.state == DisputeState.DECIDED and has_passed(dispute, "appeal_until"):
                DISPUTE.move(dispute, DisputeState.CLOSED)
                execute(order, dispute, by=by)
                closed.append(dispute_id)
    return closed


# Another officer takes the mediation of a dispute over, where who mediates is away.


@transaction.atomic
def take_over_mediation(
    dispute_id: UUID, *, reason: Annotated[str, WHY_OTHER_MEDIATOR], by: Actor
) -> Dispute:
    """Mediate a dispute in the place of who began. Neither of both ever decides it.

    What was proposed stays, and the sides may still agree to it. Who mediates already is answered
    the dispute as it is.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or of a side.
        WrongState: nobody mediates yet (`not-mediated`), or the dispute is decided or over.
        Invalid: no reason is given, or too long a one.
    """
    _order, dispute = both(dispute_id, by=by)
    if check_mediator(dispute, by) == dispute.proposed_by_id and dispute.state in UNDECIDED:
        return dispute
    person_id, earlier_id = check_take_over_mediation(dispute, by)
    earlier = EarlierMediator.objects.create(
        dispute=dispute,
        person_id=earlier_id,
        taken_over_by_id=person_id,
        reason=WHY_OTHER_MEDIATOR.given(reason),
    )
    dispute.proposed_by_id = person_id
    dispute.save(update_fields=["proposed_by_id"])
    record(
        MediationTakenOver(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            reason_sha256=text_digest(earlier.reason),
        ),
        binds=bound(dispute),
        by=by,
    )
    return dispute


# A side opens a dispute, shows what it says, and may take it back.

MOST_FILES = 20


@transaction.atomic
def open_dispute(order_id: UUID, *, text: Words, by: Actor) -> Dispute:
    """Dispute an order, for either side: money and access stand still from this moment.

    What was released already is taken back as far as the seller's account still holds it. The
    evidence of the ledger is gathered and frozen. The same said again answers the same dispute.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor acts for neither side.
        WrongState: the order was never paid, it ended, is disputed already (`dispute-running`), or
            the register passes the right that it sold (`right-passing`).
        Invalid: nothing is said, or too much.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    side = rules.check_disputing_side(order, by)
    opened = open_dispute_of(order)
    if opened is not None and opened.opened_by_id == by.person_id and opened.text == text.strip():
        return opened
    rules.check_open_dispute(order, by)
    assert by.person_id is not None
    assert by.organization_id is not None
    resumes = order.state
    move_order(order, OrderState.DISPUTED)
    text = said(text, field="text")
    order.save(update_fields=["state"])
    dossier = dossier_of(order)
    dispute = Dispute.objects.create(
        order=order,
        organization_id=by.organization_id,
        opened_by_id=by.person_id,
        text=text,
        resumes=resumes,
        dossier=dossier,
        dossier_digest=digest_of(dossier),
    )
    if resumes == OrderState.COMPLETED:
        take_back(order, cause=f"dispute:{dispute.pk}")
    record(
        DisputeOpened(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            side=side.value,
            dossier_sha256=dispute.dossier_digest,
            held=str(held_of(order)),
            currency=order.currency,
        ),
        binds=bound(dispute),
        by=by,
    )
    return dispute


@transaction.atomic
def show_exhibit(
    dispute_id: UUID,
    *,
    title: Annotated[
        str, Text(label=gettext_lazy("Title"), longest=longest_of(DisputeExhibit, "title"))
    ] = "",
    upload: Annotated[
        EncryptedUpload,
        Upload(
            label=gettext_lazy("File"),
            help=gettext_lazy("Both sides and the centre's reviewers can read it."),
        ),
    ],
    by: Actor,
) -> DisputeExhibit:
    """Add a file to a dispute, for either side. The same file again changes nothing.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor acts for neither side.
        WrongState: the dispute is decided or over.
        Invalid: the file is empty or too large, or there are too many.
    """
    dispute = locked(disputes_visible_to(by), pk=dispute_id)
    organization_id = rules.check_show_exhibit(dispute, by)
    incoming = upload.received_evidence()
    shown = [each for each in exhibits_of(dispute) if each.organization_id == organization_id]
    for exhibit in shown:
        if exhibit.file.sha256 == incoming.sha256:
            return exhibit
    if len(shown) >= MOST_FILES:
        sentence = _("Each side can add up to %(most)d files. Join some of them.") % {
            "most": MOST_FILES
        }
        raise Invalid(sentence, code="evidence-too-many", fields={"upload": [sentence]})
    file = keep_upload(upload, purpose=Purpose.EVIDENCE, organization_id=organization_id, by=by)
    exhibit = DisputeExhibit.objects.create(
        dispute=dispute,
        organization_id=organization_id,
        title=(title.strip() or file.name)[: longest_of(DisputeExhibit, "title")],
        file=file,
    )
    record(
        DisputeExhibitShown(
            subject=f"dispute:{dispute.pk}",
            about=(f"file:{file.pk}", *concerns(dispute)),
            sha256=file.sha256,
        ),
        by=by,
    )
    return exhibit


@transaction.atomic
def withdraw_dispute(dispute_id: UUID, *, by: Actor) -> Dispute:
    """Take a dispute back, for the side that opened it: the order goes on as before.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor does not act for the side that opened it.
        WrongState: it is decided or over.
    """
    order, dispute = both(dispute_id, by=by)
    rules.check_withdraw_dispute(dispute, by)
    DISPUTE.move(dispute, DisputeState.WITHDRAWN)
    move_order(order, OrderState(dispute.resumes))
    order.save(update_fields=["state"])
    dispute.ended_at = clock.now()
    dispute.save(update_fields=["state", "ended_at"])
    if dispute.resumes == OrderState.COMPLETED:
        give_again(order, cause=f"dispute:{dispute.pk}")
    record(
        DisputeWithdrawn(subject=f"dispute:{dispute.pk}", about=concerns(dispute)),
        binds=bound(dispute),
        by=by,
    )
    return dispute

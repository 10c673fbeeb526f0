"""A side opens a dispute, shows what it says, and may take it back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.dispute import rules
from marketplace.trading.orders.dispute.dossiers import digest_of, dossier_of
from marketplace.trading.orders.dispute.events import (
    DisputeExhibitShown,
    DisputeOpened,
    DisputeWithdrawn,
)
from marketplace.trading.orders.dispute.locks import both
from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit
from marketplace.trading.orders.dispute.selectors import (
    disputes_visible_to,
    exhibits_of,
    open_dispute_of,
)
from marketplace.trading.orders.dispute.statements import said
from marketplace.trading.orders.dispute.states import DISPUTE, DisputeState
from marketplace.trading.orders.dispute.timelines import concerns
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.held_money import give_again, take_back
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.vault.models import Purpose
from marketplace.vault.uploads import EncryptedUpload, keep_upload

MOST_FILES = 20
LONGEST_TITLE = 120


@transaction.atomic
def open_dispute(order_id: UUID, *, text: str, by: Actor) -> Dispute:
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
        take_back(order, cause=f"dispute:{dispute.pk}:freeze")
    record(
        DisputeOpened(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            side=side.value,
            dossier_sha256=dispute.dossier_digest,
            held=str(held_of(order)),
            currency=order.currency,
        ),
        by=by,
    )
    return dispute


@transaction.atomic
def show_exhibit(
    dispute_id: UUID, *, upload: EncryptedUpload, title: str = "", by: Actor
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
    incoming = upload.received()
    if incoming.size == 0:
        sentence = _("The file is empty. Choose the file that shows it.")
        raise Invalid(sentence, code="evidence-empty", fields={"upload": [sentence]})
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
        title=(title.strip() or file.name)[:LONGEST_TITLE],
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
        give_again(order, cause=f"dispute:{dispute.pk}:again")
    record(DisputeWithdrawn(subject=f"dispute:{dispute.pk}", about=concerns(dispute)), by=by)
    return dispute

"""Buyers ask about data on offer, its seller answers, a reviewer takes off what must not stand."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, clock, locked, visible
from marketplace.core.arguments import reason_of
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.inquiry import rules
from marketplace.trading.listings.inquiry.events import (
    InquiryAnswered,
    InquiryAsked,
    InquiryWithheld,
)
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.inquiry.states import INQUIRY, InquiryState

LONGEST_INQUIRY, LONGEST_ANSWER = 500, 1000
WHY = reason_of(Inquiry)


@transaction.atomic
def ask_seller(listing_id: UUID, *, text: str, by: Actor) -> Inquiry:
    """Ask the seller about data on offer. The same inquiry again is one.

    Raises:
        NotFound: nothing of this id is on offer to the actor.
        NotAllowed: the actor is no buyer of another organization.
        WrongState: enough inquiries of the organization wait for an answer.
        Invalid: there are no words, or too many.
    """
    listing = visible(published_listings(by), pk=listing_id)
    text = _said(text, LONGEST_INQUIRY, name="text")
    asked = Inquiry.objects.filter(product_id=listing.product_id, text=text)
    before = asked.filter(organization=by.organization_id).first()
    if before is not None:
        return before
    person_id, organization_id = rules.check_ask_seller(listing, by)
    inquiry, is_new = Inquiry.objects.get_or_create(
        product_id=listing.product_id,
        organization_id=organization_id,
        text=text,
        defaults={"listing": listing, "asked_by_id": person_id},
    )
    if is_new:
        record(InquiryAsked(subject=_subject(inquiry), about=_about(inquiry)), by=by)
    return inquiry


@transaction.atomic
def answer_inquiry(inquiry_id: UUID, *, answer: str, by: Actor) -> Inquiry:
    """Publish the seller's answer to an inquiry. The same answer again changes nothing.

    Raises:
        NotFound: there is no such inquiry among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: it is answered otherwise, or taken off the page.
        Invalid: there are no words, or too many.
    """
    inquiry = locked(inquiries_visible_to(by), pk=inquiry_id)
    answer = _said(answer, LONGEST_ANSWER, name="answer")
    if inquiry.state == InquiryState.ANSWERED and inquiry.answer == answer:
        return inquiry
    inquiry.answered_by_id = rules.check_answer_inquiry(inquiry, by)
    inquiry.answer, inquiry.answered_at = answer, clock.now()
    INQUIRY.move(inquiry, InquiryState.ANSWERED)
    inquiry.save(update_fields=["state", "answer", "answered_by_id", "answered_at"])
    record(InquiryAnswered(subject=_subject(inquiry), about=_about(inquiry)), by=by)
    return inquiry


@transaction.atomic
def withhold_inquiry(inquiry_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Inquiry:
    """Take an inquiry and its answer off the page, with a reason that its sides read.

    Raises:
        NotFound: there is no such inquiry among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it is off the page already.
        Invalid: there is no reason, or it is too long.
    """
    inquiry = locked(inquiries_visible_to(by), pk=inquiry_id)
    rules.check_withhold_inquiry(inquiry, by)
    inquiry.reason = WHY.given(reason)
    INQUIRY.move(inquiry, InquiryState.WITHHELD)
    inquiry.save(update_fields=["state", "reason"])
    record(InquiryWithheld(subject=_subject(inquiry), about=_about(inquiry)), by=by)
    return inquiry


def _said(words: str, most: int, *, name: str) -> str:
    words = words.strip()
    if not words:
        problem = _("Write what you want to say.")
    elif len(words) > most:
        problem = _("Use at most %(most)d characters.") % {"most": most}
    else:
        return words
    raise Invalid(problem, fields={name: [problem]})


def _subject(inquiry: Inquiry) -> str:
    return f"inquiry:{inquiry.pk}"


def _about(inquiry: Inquiry) -> tuple[str, ...]:
    return (
        f"listing:{inquiry.listing_id}",
        *inquiry.product.concerns,
        f"organization:{inquiry.organization_id}",
    )

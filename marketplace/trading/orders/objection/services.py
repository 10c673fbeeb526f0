"""A seller answers an objection, with a sum or without, and the buyer accepts that or not."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, clock, locked, longest_of, visible
from marketplace.core.arguments import Flag, Number, Text, reason_of
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.gate import refuse_unless_standing
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion
from marketplace.trading.orders.delivery.completing import complete
from marketplace.trading.orders.objection import rules
from marketplace.trading.orders.objection.events import (
    RemedyAccepted,
    RemedyDeclined,
    RemedyOffered,
)
from marketplace.trading.orders.objection.replacing import replacement_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.statements import said, text_digest
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.lapsing import lapse_remedies
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.remedy.selectors import remedies_visible_to, waiting_remedy
from marketplace.trading.orders.remedy.states import REMEDY, RemedyState
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.held_money import checked_refund, give_back, wind_up
from marketplace.trading.orders.settlement.selectors import held_of

WHY = reason_of(Remedy)
TEXT = Text(label=gettext_lazy("Your answer"), longest=longest_of(Remedy, "text"), lines=4)
REFUND = Number(
    label=gettext_lazy("Back to the buyer"),
    help=gettext_lazy("0 where you explain and give nothing back."),
    digits=18,
    places=2,
    least=Decimal(0),
)
REPLACES = Flag(
    label=gettext_lazy("Deliver what the offer holds now in place of what was delivered"),
    help=gettext_lazy(
        "Publish the mended data as a new version of the offer first. The buyer then looks at "
        "it anew, with the whole term of acceptance."
    ),
)


@transaction.atomic
def offer_remedy(
    order_id: UUID,
    *,
    text: Annotated[str, TEXT],
    refund: Annotated[Decimal, REFUND] = Decimal("0.00"),
    replaces: Annotated[bool, REPLACES] = False,
    by: Actor,
) -> Remedy:
    """Offer a remedy against an objection: words, and a part of the price back or, with 0, none.

    With `replaces`, what the listing offers now is to be delivered in place of what was. A newer
    answer takes the place of one that waits. The same again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor does not sell for the order's seller, or the sum is above their limit
            (`above-limit`).
        WrongState: no objection stands (`no-objection`).
        Invalid: there is no text, the sum is more than is held (`refund-too-high`), or the listing
            offers nothing that can be delivered instead (`nothing-newer`, `replaced-anyway`,
            `all-given-back`, or what the agreed terms lack in it).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    person_id = rules.check_offer_remedy(order, by)
    text, refund = said(text, field="text"), checked_refund(order, refund)
    if refund:
        rules.check_refund_within_limit(order, refund, by)
    replacement = replacement_of(order, refund) if replaces else None
    waiting = waiting_remedy(order)
    if waiting is not None:
        if (waiting.text, waiting.refund, waiting.replacement) == (text, refund, replacement):
            return waiting
        lapse_remedies(order)
    remedy = Remedy.objects.create(
        order=order,
        text=text,
        refund=refund,
        replacement=replacement,
        offered_by_id=person_id,
    )
    record(
        RemedyOffered(
            subject=f"order:{order.pk}",
            about=order.concerns,
            text_sha256=text_digest(text),
            refund=str(refund),
            currency=order.currency,
            replacement=str(replacement.pk) if replacement else "",
        ),
        by=by,
    )
    return remedy


@transaction.atomic
def accept_remedy(remedy_id: UUID, *, by: Actor) -> Remedy:
    """Accept what the seller offers: the sum goes back, and the delivery is accepted.

    Where all that is held goes back, the contract ends and the data is to be deleted. Where data is
    replaced, nothing is accepted yet: it is delivered, and the term of acceptance begins anew.

    Raises:
        NotFound: there is no such remedy among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: it was answered, a newer one stands in its place, no objection stands
            (`no-objection`), or what is to be delivered instead may not be sold (its code).
        Invalid: less than the sum is held by now (`refund-too-high`).
    """
    order, remedy = _both(remedy_id, by=by)
    rules.check_answer_remedy(remedy, by)
    refund, held = checked_refund(order, remedy.refund), held_of(order)
    is_whole = bool(refund) and refund == held
    if remedy.replacement is not None:
        refuse_unless_standing(order.listing, remedy.replacement_id)
        remedy.replaced = order.revision
        if not is_whole:
            order.revision, order.delivered_at = remedy.replacement, None
            order.acceptance_due_on = None
    _end(remedy, RemedyState.ACCEPTED)
    record(
        RemedyAccepted(
            subject=f"order:{order.pk}",
            about=order.concerns,
            refund=str(refund),
            currency=order.currency,
            replacement=str(remedy.replacement_id or ""),
            replaced=str(remedy.replaced_id or ""),
            sha256=remedy.replacement.version.file.sha256 if remedy.replacement else "",
        ),
        binds=bound(order),
        by=by,
    )
    cause = f"remedy:{remedy.pk}"
    if is_whole:
        wind_up(order, refund=refund, cause=cause, why=CreditReason.REMEDY, by=by)
        move_order(order, OrderState.REFUNDED)
        order.save(update_fields=["state"])
        ask_deletion(order, cause=DeletionCause.TERMINATED, by=by)
        return remedy
    if refund:
        give_back(order, refund, cause=cause, why=CreditReason.REMEDY)
    if remedy.replacement is not None:
        move_order(order, OrderState.PAID)
        order.save(update_fields=["state", "revision", "delivered_at", "acceptance_due_on"])
        return remedy
    complete(order, is_silent=False, by=by, bears=not refund)
    return remedy


@transaction.atomic
def decline_remedy(remedy_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Remedy:
    """Decline what the seller offers: the objection stands, and the money stays held.

    Raises:
        NotFound: there is no such remedy among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: it was answered, a newer one stands in its place, or no objection stands
            (`no-objection`).
        Invalid: there is no reason.
    """
    order, remedy = _both(remedy_id, by=by)
    rules.check_answer_remedy(remedy, by)
    remedy.reason = WHY.given(reason)
    _end(remedy, RemedyState.DECLINED)
    record(
        RemedyDeclined(
            subject=f"order:{order.pk}",
            about=order.concerns,
            reason_sha256=text_digest(remedy.reason),
        ),
        by=by,
    )
    return remedy


def _both(remedy_id: UUID, *, by: Actor) -> tuple[Order, Remedy]:
    seen = visible(remedies_visible_to(by), pk=remedy_id)
    order = locked(orders_visible_to(by), pk=seen.order_id)
    remedy = locked(remedies_visible_to(by), pk=remedy_id)
    remedy.order = order
    return order, remedy


def _end(remedy: Remedy, state: RemedyState) -> None:
    REMEDY.move(remedy, state)
    remedy.ended_at = clock.now()
    remedy.save(update_fields=["state", "reason", "replaced", "ended_at"])

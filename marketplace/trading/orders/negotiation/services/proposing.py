"""Keep each offer of a side, with the digest by which the other side accepts it."""

from __future__ import annotations

from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core import clock, workdays
from marketplace.core.errors import Invalid, WrongState
from marketplace.core.workdays import Term
from marketplace.credentials.documents import digest_of
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side


def term_to_answer() -> Term:
    """Return the term to answer what is offered today."""
    return workdays.calendar().term(clock.today(), int(settings.CENTRE["OFFER_WORKING_DAYS"]))


def keep_proposal(
    order: Order, *, side: Side, person_id: UUID, message: str = "", is_new: bool = False
) -> Proposal:
    """Add what the order says now as the next offer, in the caller's transaction.

    The caller holds the order's lock, or has just made it (`is_new`).
    """
    latest = None if is_new else latest_proposal(order)
    number = latest.number + 1 if latest else 1
    return Proposal.objects.create(
        order=order,
        number=number,
        side=side.value,
        person_id=person_id,
        price=order.price,
        plan=order.plan,
        terms=order.terms,
        message=message,
        digest=digest_of(Proposal.content(order, number)),
        answer_due_on=term_to_answer().last_day,
    )


def refuse_unless_latest(order: Order, offer: str) -> None:
    """Refuse unless the SHA-256 is that of the latest offer, which the actor then has seen.

    Raises:
        WrongState: it is another's (`offer-outdated`).
        Invalid: none is named, and there were several (`offer-unnamed`).
    """
    latest = latest_proposal(order)
    if latest is None:
        return
    if not offer:
        if latest.number == 1:
            return
        raise Invalid(
            _("Name the offer that you answer by its SHA-256."),
            code="offer-unnamed",
            fields={"offer": [_("Name the offer that you answer by its SHA-256.")]},
        )
    if not compare_digest(offer.strip().lower().encode(), latest.digest.encode()):
        raise WrongState(
            _("This is not the latest offer. Reload the page and read the one that is."),
            code="offer-outdated",
        )

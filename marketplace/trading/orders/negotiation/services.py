"""The sides of an order make proposals to each other, until one is accepted or runs out."""

from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, NotAllowed, WrongState, clock, locked, workdays
from marketplace.core.terms import has_passed, keep_term
from marketplace.core.workdays import Term
from marketplace.credentials.documents import digest_of
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.listings import gate
from marketplace.trading.listings.plans import Free, Menu, Once, Plan, chosen_plan
from marketplace.trading.listings.sale.rights import problems_of_sale, sells_right
from marketplace.trading.listings.terms.clauses.base import OfferedAs
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.negotiation.events import OfferExpired, OfferMade
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.negotiation.rules import answered_by, check_counter_order
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.selectors import orders_unanswered, orders_visible_to
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState

# Keep each offer of a side, with the digest by which the other side accepts it.


def term_to_answer() -> Term:
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

    Whoever names none accepts what is listed, and not what a buyer offered with the order.

    Raises:
        WrongState: it is another's (`offer-outdated`).
        Invalid: none is named, and something else was offered than is listed (`offer-unnamed`).
    """
    latest = latest_proposal(order)
    if latest is None:
        return
    if not offer:
        listed = chosen_plan(order.listing.price_plan, order.tier).as_json()
        if latest.number == 1 and (latest.plan, latest.terms) == (listed, order.listing.terms):
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


# The sides of an order negotiate: offer and counter-offer, until one is accepted or runs out.

LONGEST_MESSAGE = 1000


def put_forward(order: Order, *, plan: Plan, terms: Terms, message: str) -> None:
    """Have an order say what a side offers instead of what it says now, and save nothing.

    Raises:
        WrongState: the price is above what public data may cost.
        Invalid: nothing is changed (`offer-unchanged`), or plan or terms cannot stand.
    """
    terms = terms.as_listed(order.agreed_terms)
    _check(order, plan, terms, message)
    gate.refuse_unless_priced(
        order.listing, plan, terms, revision_id=None if plan.follows else order.revision_id
    )
    order.plan, order.terms, order.price = plan.as_json(), terms.as_json(), plan.price


@transaction.atomic
def counter_order(
    order_id: UUID, *, offer: str, plan: Plan, terms: Terms, message: str = "", by: Actor
) -> Order:
    """Answer the other side's offer with one of one's own; the other side then answers it.

    `offer` is the SHA-256 of the offer that is answered, so that nobody answers what they have not
    seen. Whether the licence is exclusive, and for the public alone, is the listing's and stays.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no side of it.
        WrongState: it is not the actor's turn, the offer is not the latest (`offer-outdated`), the
            listing is off the market, or the price is above what public data may cost.
        Invalid: nothing is changed (`offer-unchanged`), or plan or terms cannot stand.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    side = check_counter_order(order, by)
    assert by.person_id is not None
    move_order(order, answered_by(side))
    refuse_unless_latest(order, offer)
    put_forward(order, plan=plan, terms=terms, message=message)
    made = keep_proposal(order, side=side, person_id=by.person_id, message=message.strip())
    keep_term(order, "answer_due_on", term_to_answer())
    order.save(update_fields=["state", "plan", "terms", "price", "answer_due_on", "provisional"])
    record(
        OfferMade(
            subject=f"order:{order.pk}",
            about=order.concerns,
            side=side.value,
            number=made.number,
            offer_sha256=made.digest,
        ),
        binds=bound(order),
        by=by,
    )
    return order


def expire_offers(*, by: Actor) -> list[UUID]:
    """End each order whose latest offer was not answered in time; return which.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    expired = []
    for order_id in list(orders_unanswered(clock.today()).values_list("pk", flat=True)):
        with by_itself():
            order = locked(orders_visible_to(by), pk=order_id)
            if order.state not in NEGOTIATING or not has_passed(order, "answer_due_on"):
                continue
            move_order(order, OrderState.EXPIRED)
            order.save(update_fields=["state"])
            record(OfferExpired(subject=f"order:{order.pk}", about=order.concerns), by=by)
            expired.append(order_id)
    return expired


def _check(order: Order, plan: Plan, terms: Terms, message: str) -> None:
    fields = plan.problems() | terms.problems()
    if not fields:
        version, mode = order.revision.version, order.listing.delivery
        offered = OfferedAs(version=version, plan=plan, mode=mode)
        fields = _kind_problems(order, plan, terms) | terms.unfit(offered)
    if len(message.strip()) > LONGEST_MESSAGE:
        fields["message"] = [_("Use at most %(most)d characters.") % {"most": LONGEST_MESSAGE}]
    if fields:
        raise Invalid(_("The offer needs corrections. See the fields."), fields=fields)
    if (plan.as_json(), terms.as_json()) == (order.plan, order.agreed_terms.as_json()):
        raise Invalid(
            _("This is what is offered already. Change something, or take it as it stands."),
            code="offer-unchanged",
        )


def _kind_problems(order: Order, plan: Plan, terms: Terms) -> dict[str, list[str]]:
    """Say where a plan is of a kind that an offer cannot have."""
    if isinstance(plan, Menu):
        return {"plan": [_("An offer names one size, not several to choose from.")]}
    if terms.public_purpose and not isinstance(plan, Free):
        return {
            "price": [_("What is for public governance or welfare is free. Set the price to 0.")]
        }
    if sells_right(order.listing):
        return problems_of_sale(plan)
    before = order.agreed_plan
    sizes = [each.rows if isinstance(each, Once) else None for each in (before, plan)]
    if sizes[0] != sizes[1]:
        return {"plan": [_("The size was chosen with the order. Order again to take another.")]}
    return {}

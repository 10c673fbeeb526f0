"""The sides of an order make proposals to each other, until one is accepted or runs out."""

from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    WrongState,
    clock,
    locked,
    longest_of,
    workdays,
)
from marketplace.core.arguments import RequestKey, Text, reason_of, refused
from marketplace.core.request_keys import LONGEST_KEY, key_faults
from marketplace.core.terms import has_passed, keep_term
from marketplace.core.workdays import Term
from marketplace.credentials.documents import digest_of
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.listings import gate
from marketplace.trading.listings.abroad.rules import check_abroad
from marketplace.trading.listings.listing.exclusion import refuse_if_ruled_out
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rights import problems_of_sale, sells_right
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.market.availability import take_sale, taken
from marketplace.trading.listings.market.rules import check_buyer, check_place_order
from marketplace.trading.listings.market.selectors import free_sale_number
from marketplace.trading.listings.plans import Free, Menu, Once, Plan, chosen_plan
from marketplace.trading.listings.terms.clauses.base import OfferedAs
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.negotiation.events import OfferExpired, OfferMade
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.negotiation.rules import (
    answered_by,
    check_cancel_order,
    check_counter_order,
    check_decline_order,
)
from marketplace.trading.orders.negotiation.selectors import latest_proposal, proposals_of
from marketplace.trading.orders.order.events import (
    OrderCancelled,
    OrderDeclined,
    OrderPlaced,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.selectors import orders_unanswered, orders_visible_to
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState

WHY = reason_of(Order)
PURPOSE = Text(
    label=gettext_lazy("What you will use the data for"),
    help=gettext_lazy("It becomes part of the contract, and has to fit the permitted purposes."),
    longest=longest_of(Order, "purpose"),
    lines=4,
)
TIER = Text(
    told="The code of the size, of a listing sold in several.", longest=longest_of(Order, "tier")
)
REQUEST_KEY = RequestKey(longest=LONGEST_KEY)
MESSAGE = Text(
    label=gettext_lazy("Message to the other side"),
    longest=longest_of(Proposal, "message"),
    lines=3,
)
ANSWERED = Text(longest=longest_of(Proposal, "digest"), is_hidden=True)

# A buyer orders what is listed, or offers other terms.


@dataclass(frozen=True)
class Offered:
    """What a buyer would have otherwise than it is listed, and why."""

    plan: Plan
    terms: Terms
    message: Annotated[str, MESSAGE] = ""


@transaction.atomic
def place_order(
    listing_id: UUID,
    *,
    purpose: Annotated[str, PURPOSE],
    request_key: Annotated[str, REQUEST_KEY],
    by: Actor,
    tier: Annotated[str, TIER] = "",
    offer: Offered | None = None,
) -> Order:
    """Order what is listed, for a purpose. The same request key again answers the same order.

    `tier` is the code of the size to take, of a listing that is sold in several. `offer` is what
    the buyer would have otherwise than it is listed, which the seller accepts or not.
    The listing is locked first, so that of several buyers of an exclusive listing one wins.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no buyer, belongs to the seller, or to an organization that the
            listing is not for (`not-in-audience`).
        WrongState: the listing is not published, its proofs do not stand at this moment, it is not
            on sale today (`not-on-sale`), it is exclusive and ordered already or another offer of
            the dataset rules it out (`exclusive-taken`), all its sales are taken (`sold-out`), or
            it is important data and the buyer from abroad (`security-assessment-missing`).
        Invalid: the purpose is missing, the size is none of the listing's (`size-unknown`), the
            key was used for another order, or what is offered cannot stand or changes nothing
            (`offer-unchanged`).
    """
    _check_request(purpose, request_key)
    listing = locked(listings_visible_to(by), pk=listing_id)
    person_id, buyer_id = check_buyer(listing, by)
    asked = Order.objects.filter(buyer_id=buyer_id, request_key=request_key)
    if placed := asked.first():
        return _unless_another(placed, listing, purpose, tier, offer)
    check_place_order(listing, by)
    refuse_if_ruled_out(listing)
    gate.refuse_unless_on_market(listing)
    check_abroad(listing, Organization.objects.get(pk=buyer_id))
    order = drawn_up(
        listing,
        chosen_plan(listing.price_plan, tier),
        *(purpose, tier, request_key),
        buyer_id=buyer_id,
        placed_by_id=person_id,
    )
    if offer is not None:
        put_forward(order, plan=offer.plan, terms=offer.terms, message=offer.message)
    try:
        _keep(order, person_id, offer.message.strip() if offer else "")
    except IntegrityError:
        # The same key went to another listing at the same moment.
        if placed := asked.first():
            return _unless_another(placed, listing, purpose, tier, offer)
        raise taken() from None
    digest = listing.sheet_digest
    fact = OrderPlaced(subject=f"order:{order.pk}", about=order.concerns, sheet_sha256=digest)
    record(fact, binds=bound(order), by=by)
    return order


@transaction.atomic
def _keep(order: Order, person_id: UUID, message: str) -> None:
    """Save an order with what it offers first, and take its sale, all of it or nothing."""
    order.save(force_insert=True)
    keep_proposal(order, Side.BUYER, person_id, message, is_new=True)
    take_sale(order.listing, order_id=order.pk, buyer_id=order.buyer_id, number=order.sale_number)


def drawn_up(
    listing: Listing,
    plan: Plan,
    purpose: str = "",
    tier: str = "",
    request_key: str = "",
    **buyer: UUID,
) -> Order:
    """Return an order of what is listed, which is not placed and not kept; `buyer` is who orders.

    Its answer is due from today on.
    """
    order = Order(
        listing=listing,
        revision_id=listing.revision_id,
        purpose=purpose.strip(),
        terms=listing.terms,
        plan=plan.as_json(),
        price=plan.price,
        tier=tier,
        currency=listing.currency,
        is_exclusive=listing.is_exclusive,
        quota=listing.quota,
        sale_number=None if listing.quota is None else free_sale_number(listing),
        request_key=request_key,
        **buyer,
    )
    keep_term(order, "answer_due_on", term_to_answer())
    return order


def _check_request(purpose: str, request_key: str) -> None:
    fields = refused(place_order, purpose=purpose.strip())
    if not purpose.strip():
        fields["purpose"] = [
            _("Say what you will use the data for; it becomes part of the contract.")
        ]
    fields |= key_faults(request_key)
    if fields:
        raise Invalid(_("The order needs corrections. See the fields."), fields=fields)


def _first(order: Order) -> tuple[Any, Any, str]:
    first = proposals_of(order)[0]
    return first.plan, first.terms, first.message


def _as_offered(listing: Listing, tier: str, offer: Offered | None) -> tuple[Any, Any, str]:
    """Return what the first proposal of an order with this offer says."""
    if offer is None:
        return chosen_plan(listing.price_plan, tier).as_json(), listing.terms, ""
    terms = offer.terms.as_listed(Terms.from_json(listing.terms))
    return offer.plan.as_json(), terms.as_json(), offer.message.strip()


def _unless_another(
    placed: Order, listing: Listing, purpose: str, tier: str, offer: Offered | None
) -> Order:
    """Return an order that was placed with the same key, or refuse another one."""
    if (placed.listing_id, placed.purpose, placed.tier, _first(placed)) != (
        *(listing.pk, purpose.strip(), tier),
        _as_offered(listing, tier, offer),
    ):
        raise Invalid(
            _("This request key was used for another order. Open the page anew and order again."),
            code="request-key-reused",
        )
    return placed


# Keep each offer of a side, with the digest by which the other side accepts it.


def term_to_answer() -> Term:
    return workdays.calendar().term(clock.today(), int(settings.CENTRE["OFFER_WORKING_DAYS"]))


def keep_proposal(
    order: Order, side: Side, person_id: UUID, message: str, *, is_new: bool = False
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


# The sides negotiate: offer and counter-offer, until one is accepted or runs out.


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
    order_id: UUID,
    *,
    offer: Annotated[str, ANSWERED] = "",
    plan: Plan,
    terms: Terms,
    message: Annotated[str, MESSAGE] = "",
    by: Actor,
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
    made = keep_proposal(order, side, by.person_id, message.strip())
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
    fields |= refused(counter_order, message=message.strip())
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


# A side declines, or steps back.


@transaction.atomic
def decline_order(order_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Order:
    """Turn an order down, with a reason.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the offer was not made to the actor's side.
        WrongState: the order is not waiting for an answer.
        Invalid: there is no reason.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    side = check_decline_order(order, by)
    move_order(order, OrderState.DECLINED)
    order.reason = WHY.given(reason)
    order.save(update_fields=["state", "reason"])
    record(
        OrderDeclined(subject=f"order:{order.pk}", about=order.concerns, side=side.value),
        binds=bound(order),
        by=by,
    )
    return order


@transaction.atomic
def cancel_order(order_id: UUID, *, by: Actor) -> Order:
    """Step back from an order before both sides have signed.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no side of it, or sells and has not answered it yet.
        WrongState: both sides have signed, or the order is over.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    side = check_cancel_order(order, by)
    move_order(order, OrderState.CANCELLED)
    order.save(update_fields=["state"])
    record(
        OrderCancelled(subject=f"order:{order.pk}", about=order.concerns, side=side.value), by=by
    )
    return order

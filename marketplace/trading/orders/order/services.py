"""A buyer orders, the seller accepts and delivers, the buyer accepts what came or objects."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    clock,
    locked,
    workdays,
)
from marketplace.core.arguments import reason_of
from marketplace.core.request_keys import key_faults
from marketplace.core.terms import can_settle, has_passed, keep_term, settle_terms
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.listings import gate
from marketplace.trading.listings.abroad.rules import check_abroad
from marketplace.trading.listings.budget.promises import refuse_unless_promised
from marketplace.trading.listings.gate.composing import refuse_unless_composes
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.market.rules import check_buyer, check_place_order
from marketplace.trading.listings.market.selectors import free_sale_number
from marketplace.trading.listings.plans import Plan, chosen_plan
from marketplace.trading.listings.sale.availability import take_sale, taken
from marketplace.trading.listings.sale.exclusion import refuse_if_ruled_out
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.states import AmendmentState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.wording import agreed_of, contract_digest, contract_text
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.states import DisputeState
from marketplace.trading.orders.negotiation.selectors import proposals_of
from marketplace.trading.orders.negotiation.services import (
    keep_proposal,
    put_forward,
    refuse_unless_latest,
    term_to_answer,
)
from marketplace.trading.orders.order import rules
from marketplace.trading.orders.order.bought import bought_listing
from marketplace.trading.orders.order.completing import complete
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.events import (
    DeliveryObjected,
    OrderAccepted,
    OrderCancelled,
    OrderDeclined,
    OrderDelivered,
    OrderPlaced,
    TermSettled,
    TermsOver,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, side_of
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState

WHY = reason_of(Order)

# Count anew the last days that were provisional, once the calendar of their year is there.

Bound = Order | Amendment | Dispute


def settle_trading_terms(*, by: Actor) -> list[UUID]:
    """Make provisional last days final that the calendar knows; return what they are of.

    Each order, amendment and dispute is a transaction of its own, under its order's lock.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    models: tuple[type[Bound], ...] = (Order, Amendment, Dispute)
    settled = []
    for model in models:
        for row in model._default_manager.exclude(provisional={}):
            if can_settle(row):
                with by_itself():
                    _settle(model, row.pk, by=by)
                    settled.append(row.pk)
    return settled


@transaction.atomic
def _settle(model: type[Bound], pk: UUID, *, by: Actor) -> None:
    order_id = _order_with(model._default_manager.get(pk=pk)).pk
    order = Order.objects.select_for_update().get(pk=order_id)
    row = model._default_manager.select_for_update().get(pk=pk)
    settled = settle_terms(row, running=_running(row))
    row.save()
    subject = f"{model._meta.model_name}:{row.pk}"
    about = order.concerns if model is Order else (f"order:{order.pk}", *order.concerns)
    facts: list[TermSettled | TermsOver] = [
        TermSettled(
            subject=subject,
            about=about,
            what=term.field,
            before=term.before.isoformat(),
            due_on=term.last_day.isoformat(),
        )
        for term in settled
    ]
    for fact in facts or [TermsOver(subject=subject, about=about)]:
        record(fact, binds=bound(row), by=by)


def _order_with(row: Bound) -> Order:
    if isinstance(row, Amendment):
        return row.contract.order
    return row if isinstance(row, Order) else row.order


def _running(row: Bound) -> frozenset[str]:
    """Return the fields whose terms run now."""
    running = {
        "answer_due_on": row.state in NEGOTIATING or row.state == AmendmentState.PROPOSED,
        "acceptance_due_on": row.state in (OrderState.DELIVERED, OrderState.OBJECTED),
        "appeal_until": row.state == DisputeState.DECIDED,
    }
    return frozenset(field for field, runs in running.items() if runs)


# Data is delivered, and the buyer accepts or objects.


@transaction.atomic
def mark_delivered(order_id: UUID, *, by: Actor) -> Order:
    """Let the term of acceptance begin: the buyer has opened the data. Again changes nothing.

    Called by the delivery in its own transaction.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's payment is not held.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software tells when data is delivered."))
    if order.delivered_at is not None:
        return order
    move_order(order, OrderState.DELIVERED)
    days = order.agreed_terms.acceptance_days
    order.delivered_at = clock.now()
    acceptance = workdays.calendar().term(clock.today(), days)
    keep_term(order, "acceptance_due_on", acceptance)
    order.save(update_fields=["state", "delivered_at", "acceptance_due_on", "provisional"])
    record(
        OrderDelivered(
            subject=f"order:{order.pk}",
            about=order.concerns,
            acceptance_due_on=acceptance.last_day.isoformat(),
        ),
        binds=bound(order),
        by=by,
    )
    return order


@transaction.atomic
def accept_delivery(order_id: UUID, *, by: Actor) -> Order:
    """Accept what was delivered: the held money goes to the seller, less the centre's fee.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not delivered, or is accepted already.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    rules.check_accept_delivery(order, by)
    return complete(order, is_silent=False, by=by)


@transaction.atomic
def object_to_delivery(order_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Order:
    """Object to what was delivered: silence accepts no more, and the money stays held.

    The buyer may still accept, once the sides have agreed. Objecting again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not waiting for its acceptance.
        Invalid: there is no reason.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if order.state == OrderState.OBJECTED and side_of(by, order) == Side.BUYER:
        return order
    rules.check_object_to_delivery(order, by)
    move_order(order, OrderState.OBJECTED)
    order.reason = WHY.given(reason)
    order.save(update_fields=["state", "reason"])
    record(
        DeliveryObjected(subject=f"order:{order.pk}", about=order.concerns),
        binds=bound(order),
        by=by,
    )
    return order


def complete_silent_orders(*, by: Actor) -> list[UUID]:
    """Accept each delivery whose term has passed without a word; return which orders.

    A suspended listing stops the clock for its buyers: silence is not taken for consent there.
    Each order is a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    due = Order.objects.filter(
        state=OrderState.DELIVERED, acceptance_due_on__lt=clock.today()
    ).exclude(listing__state=ListingState.SUSPENDED)
    completed = []
    for order_id in list(due.values_list("pk", flat=True)):
        with by_itself():
            order = locked(orders_visible_to(by), pk=order_id)
            if order.state == OrderState.DELIVERED and has_passed(order, "acceptance_due_on"):
                complete(order, is_silent=True, by=by)
                completed.append(order_id)
    return completed


# A buyer orders, and the seller answers.


@dataclass(frozen=True)
class Offered:
    """What a buyer would have otherwise than it is listed, and why."""

    plan: Plan
    terms: Terms
    message: str = ""


LONGEST_PURPOSE = 600


@transaction.atomic
def place_order(
    listing_id: UUID,
    *,
    purpose: str,
    request_key: str,
    by: Actor,
    tier: str = "",
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
    listing = locked(listings_visible_to(by), pk=listing_id)
    person_id, buyer_id = check_buyer(listing, by)
    _check_request(purpose, request_key)
    if placed := _placed_with(request_key, listing, purpose, tier, offer, by):
        return placed
    check_place_order(listing, by)
    refuse_if_ruled_out(listing)
    gate.refuse_unless_on_market(listing)
    check_abroad(listing, Organization.objects.get(pk=buyer_id))
    plan = chosen_plan(listing.price_plan, tier)
    try:
        with transaction.atomic():
            order = drawn_up(listing, plan, purpose=purpose, tier=tier, request_key=request_key)
            if offer is not None:
                put_forward(order, plan=offer.plan, terms=offer.terms, message=offer.message)
            order.buyer_id, order.placed_by_id = buyer_id, person_id
            keep_term(order, "answer_due_on", term_to_answer())
            order.save(force_insert=True)
            take_sale(listing, order_id=order.pk, buyer_id=buyer_id, number=order.sale_number)
    except IntegrityError:
        # The same key went to another listing at the same moment.
        if placed := _placed_with(request_key, listing, purpose, tier, offer, by):
            return placed
        raise taken() from None
    message = offer.message.strip() if offer else ""
    keep_proposal(order, side=Side.BUYER, person_id=person_id, message=message, is_new=True)
    digest = listing.sheet_digest
    fact = OrderPlaced(subject=f"order:{order.pk}", about=order.concerns, sheet_sha256=digest)
    record(fact, binds=bound(order), by=by)
    return order


def drawn_up(
    listing: Listing, plan: Plan, *, purpose: str = "", tier: str = "", request_key: str = ""
) -> Order:
    """Return an order of what is listed, which is not placed and not kept."""
    return Order(
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
    )


@transaction.atomic
def accept_order(order_id: UUID, *, offer: str = "", by: Actor) -> Order:
    """Accept the other side's offer, and freeze the text of its contract in the actor's language.

    `offer` is the SHA-256 of the offer that is accepted. It may be left out for an order of what is
    listed, which nobody has changed since.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the offer was not made to the actor's side.
        WrongState: the order is not waiting to be accepted, the offer is not the latest
            (`offer-outdated`), the listing does not stand, another offer of the dataset rules it
            out (`exclusive-taken`), or its data tells more together with an earlier release of the
            same people (`composition-refused`, `composition-untried`).
        Invalid: something else was offered than is listed, and none is named (`offer-unnamed`).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    side = rules.check_accept_order(order, by)
    move_order(order, OrderState.ACCEPTED)
    gate.refuse_unless_on_market(order.listing, order.rests_on)
    refuse_unless_latest(order, offer)
    refuse_if_ruled_out(order.listing)
    check_abroad(order.listing, order.buyer)
    refuse_unless_promised(order.pk, order.agreed_terms)
    refuse_unless_composes(bought_listing(order), by=by)
    order.save(update_fields=["state"])
    language = order.agreed_terms.language
    contract_id = uuid4()
    agreed = agreed_of(order, contract_id=contract_id)
    text = contract_text(order, agreed, language=language, on=clock.today())
    contract = Contract.objects.create(
        pk=contract_id,
        order=order,
        language=language,
        text=text,
        agreed=agreed,
        terms=order.terms,
        digest=contract_digest(text),
    )
    record(
        OrderAccepted(
            subject=f"order:{order.pk}",
            about=(f"contract:{contract.pk}", *order.concerns),
            side=side.value,
            contract_sha256=contract.digest,
        ),
        # The order too: its price stands in the text, so it is compared before anybody signs it.
        binds=bound(contract, order),
        by=by,
    )
    return order


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
    side = rules.check_decline_order(order, by)
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
    side = rules.check_cancel_order(order, by)
    move_order(order, OrderState.CANCELLED)
    order.save(update_fields=["state"])
    record(
        OrderCancelled(subject=f"order:{order.pk}", about=order.concerns, side=side.value), by=by
    )
    return order


def _check_request(purpose: str, request_key: str) -> None:
    fields: dict[str, list[str]] = {}
    if not purpose.strip():
        fields["purpose"] = [
            _("Say what you will use the data for; it becomes part of the contract.")
        ]
    elif len(purpose.strip()) > LONGEST_PURPOSE:
        fields["purpose"] = [_("Use at most %(most)d characters.") % {"most": LONGEST_PURPOSE}]
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


def _placed_with(
    request_key: str,
    listing: Listing,
    purpose: str,
    tier: str,
    offer: Offered | None,
    by: Actor,
) -> Order | None:
    order = Order.objects.filter(buyer_id=by.organization_id, request_key=request_key).first()
    if order is not None and (order.listing_id, order.purpose, order.tier, _first(order)) != (
        *(listing.pk, purpose.strip(), tier),
        _as_offered(listing, tier, offer),
    ):
        raise Invalid(
            _("This request key was used for another order. Open the page anew and order again."),
            code="request-key-reused",
        )
    return order

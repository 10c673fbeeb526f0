"""An order moved on, or a proof fell: tell the other side, grant access, suspend listings."""

from __future__ import annotations

from itertools import chain
from uuid import UUID

from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.delivery.selectors import grant_of_order, grants_visible_to
from marketplace.delivery.services.amending import amend_grant_of_order
from marketplace.delivery.services.certificates import certify_delivery
from marketplace.delivery.services.grants import end_grant_of_order
from marketplace.delivery.services.opening import open_order
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.reactions.sides import (
    buyers_of,
    order_of,
    other_side_of,
    sellers_of,
    tell_of_order,
    treasurers,
)
from marketplace.pipeline.things import PIPELINE, id_of, page_of, title_of
from marketplace.trading.listings.demand.selectors import demands_visible_to
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.services.suspending import suspend_broken_listings
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.listings.sale.values import Visibility
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.services.terminating import end_refused_order
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.right_sale.services import begin_right_sale

KIND_OF_ANSWER = {
    "trading.order_accepted": (NoticeKind.ORDER_ACCEPTED, NoticeKind.OFFER_ACCEPTED),
    "trading.order_declined": (NoticeKind.ORDER_DECLINED, NoticeKind.OFFER_DECLINED),
}
"""What the buyer is told when the seller answered, and the seller when the buyer did."""
KIND_FOR_SELLER = {
    "trading.order_placed": NoticeKind.ORDER_PLACED,
    "trading.payment_held": NoticeKind.PAYMENT_HELD,
    "trading.order_delivered": NoticeKind.ORDER_DELIVERED,
    "trading.delivery_objected": NoticeKind.DELIVERY_OBJECTED,
    "trading.order_completed": NoticeKind.ORDER_COMPLETED,
}


def tell_of_answer(entry: Entry) -> None:
    """Tell the side whose offer was accepted or declined; of old entries that is the buyer."""
    order, side = order_of(id_of(entry.subject)), entry.payload.get("side", "seller")
    for_buyer, for_seller = KIND_OF_ANSWER[entry.kind]
    tell_of_order(other_side_of(order, side), for_buyer if side == "seller" else for_seller, order)


def tell_of_offer(entry: Entry) -> None:
    """Tell the side that a counter-offer was made to."""
    order = order_of(id_of(entry.subject))
    tell_of_order(other_side_of(order, entry.payload["side"]), NoticeKind.OFFER_MADE, order)


def end_access(entry: Entry) -> None:
    """Take the buyer's access back, now that the contract has ended."""
    end_grant_of_order(id_of(entry.subject), by=PIPELINE)


def amend_access(entry: Entry) -> None:
    """Let the grant follow the amended terms, once both sides have signed them."""
    if entry.payload["is_concluded"]:
        amendment = visible(amendments_visible_to(PIPELINE), pk=id_of(entry.subject))
        amend_grant_of_order(amendment.contract.order_id, by=PIPELINE)


def tell_of_amendment(entry: Entry) -> None:
    """Tell the side that did not act; both where an amendment ran out."""
    amendment = visible(amendments_visible_to(PIPELINE), pk=id_of(entry.subject))
    order, side = amendment.contract.order, entry.payload.get("side", "")
    for people in (other_side_of(order, side),) if side else (buyers_of(order), sellers_of(order)):
        notify(
            people=people,
            kind=NoticeKind.CONTRACT_AMENDED,
            subject=entry.subject,
            parameters={"thing": order.listing.title},
            url=reverse("amendment_detail", args=[amendment.pk]),
            by=PIPELINE,
        )


def tell_of_settled_trade_term(entry: Entry) -> None:
    """Tell both sides that a provisional last day of their trade became final."""
    kind, row_id = entry.subject.partition(":")[0], id_of(entry.subject)
    if kind == "amendment":
        order = visible(amendments_visible_to(PIPELINE), pk=row_id).contract.order
    elif kind == "dispute":
        order = visible(disputes_visible_to(PIPELINE), pk=row_id).order
    else:
        order = order_of(row_id)
    for people in (buyers_of(order), sellers_of(order)):
        notify(
            people=people,
            kind=NoticeKind.TERM_SETTLED,
            subject=entry.subject,
            parameters={"thing": order.listing.title, "day": entry.payload["due_on"]},
            url=reverse(f"{kind}_detail", args=[row_id]),
            by=PIPELINE,
        )


def tell_of_termination(entry: Entry) -> None:
    """Tell the other side of a termination, and both where a notice ran out."""
    order, side = order_of(id_of(entry.subject)), entry.payload["side"]
    for people in (other_side_of(order, side),) if side else (buyers_of(order), sellers_of(order)):
        tell_of_order(people, NoticeKind.CONTRACT_TERMINATED, order)


def tell_both_sides(entry: Entry) -> None:
    """Tell both sides that an offer ran out."""
    order = order_of(id_of(entry.subject))
    for people in (buyers_of(order), sellers_of(order)):
        tell_of_order(people, NoticeKind.OFFER_EXPIRED, order)


def tell_seller(entry: Entry) -> None:
    """Tell the seller's people what the buyer or the centre did."""
    order = order_of(id_of(entry.subject))
    tell_of_order(sellers_of(order), KIND_FOR_SELLER[entry.kind], order)


def tell_other_side(entry: Entry) -> None:
    """Tell the side that did not cancel."""
    order = order_of(id_of(entry.subject))
    tell_of_order(other_side_of(order, entry.payload["side"]), NoticeKind.ORDER_CANCELLED, order)


def tell_of_signature(entry: Entry) -> None:
    """Tell the side that did not sign just now."""
    contract = visible(contracts_visible_to(PIPELINE), pk=id_of(entry.subject))
    notify(
        people=other_side_of(contract.order, entry.payload["side"]),
        kind=NoticeKind.CONTRACT_SIGNED,
        subject=entry.subject,
        parameters={"thing": contract.order.listing.title},
        url=reverse("contract_detail", args=[contract.pk]),
        by=PIPELINE,
    )


def await_payment(entry: Entry) -> None:
    """Tell the centre's finance officers, once both sides have signed, that money will come in."""
    if not entry.payload["is_concluded"]:
        return
    contract = visible(contracts_visible_to(PIPELINE), pk=id_of(entry.subject))
    if not contract.order.due_first:
        return
    tell_of_order(treasurers(), NoticeKind.PAYMENT_AWAITED, contract.order)


def grant_access(entry: Entry) -> None:
    """Open the data to the buyer, or have the buyer's copy written, now that it is paid.

    Where the right itself was sold, the register's case is opened instead.
    """
    order = order_of(id_of(entry.subject))
    if sells_right(order.listing):
        begin_right_sale(order.pk, by=PIPELINE)
    elif end_refused_order(order.pk, by=PIPELINE).state == OrderState.PAID:
        open_order(order.pk, by=PIPELINE)


def grant_copy(entry: Entry) -> None:
    """Open a copy to the buyer that it was written for, once its risk has passed."""
    order_id = id_of(entry.subject)
    if not entry.payload["passed"]:
        return
    if end_refused_order(order_id, by=PIPELINE).state == OrderState.PAID:
        open_order(order_id, by=PIPELINE)


def certify(entry: Entry) -> None:
    """Certify the delivery of an order that its buyer has accepted, where data was delivered."""
    grant = grant_of_order(id_of(entry.subject))
    if grant is not None:
        certify_delivery(grant.pk, is_silent=entry.payload["is_silent"], by=PIPELINE)


def tell_of_grant(entry: Entry) -> None:
    """Tell the buyer's people that they can download."""
    grant = visible(grants_visible_to(PIPELINE), pk=id_of(entry.subject))
    notify(
        people=people_with_role(Role.BUYER, organization_id=grant.organization_id),
        kind=NoticeKind.DATA_READY,
        subject=entry.subject,
        parameters={"thing": grant.listing.title},
        url=reverse("grant_detail", args=[grant.pk]),
        by=PIPELINE,
    )


def tell_asker(entry: Entry) -> None:
    """Tell the buyer's people that a seller answered their request for data."""
    demand = visible(demands_visible_to(PIPELINE), pk=id_of(entry.subject))
    notify(
        people=people_with_role(Role.BUYER, organization_id=demand.buyer_id),
        kind=NoticeKind.DEMAND_ANSWERED,
        subject=entry.subject,
        parameters={"thing": demand.title},
        url=reverse("demand_detail", args=[demand.pk]),
        by=PIPELINE,
    )


def suspend_listings(entry: Entry) -> None:
    """Take the listings off the market whose proof fell: those of the dataset that it is of."""
    for subject in (entry.subject, *entry.about):
        kind, _colon, pk = subject.partition(":")
        if kind == "dataset":
            suspend_broken_listings(dataset_id=UUID(pk), by=PIPELINE)


def tell_guests(entry: Entry) -> None:
    """Tell the buyers of the organizations that are invited to a listing that came on the market.

    Where guests were invited later, the entry names those.
    """
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    if listing.visibility != Visibility.INVITED:
        return
    guests = list(listing.invitations.values_list("organization_id", flat=True))
    if entry.kind == "trading.organizations_invited":
        guests = [guest for guest in guests if f"organization:{guest}" in entry.about]
    is_renewed = entry.kind == "trading.listing_renewed"
    notify(
        people=chain.from_iterable(
            people_with_role(Role.BUYER, organization_id=guest) for guest in guests
        ),
        kind=NoticeKind.LISTING_RENEWED if is_renewed else NoticeKind.LISTING_OFFERED,
        subject=entry.subject,
        parameters={"thing": listing.title},
        url=reverse("listing_public", args=[listing.pk]),
        by=PIPELINE,
    )


def tell_of_suspension(entry: Entry) -> None:
    """Tell the seller's officers that a listing is off the market."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    notify(
        people=people_with_role(Role.OFFICER, organization_id=listing.organization_id),
        kind=NoticeKind.LISTING_SUSPENDED,
        subject=entry.subject,
        parameters={"thing": title_of(entry.subject)},
        url=page_of(entry.subject),
        by=PIPELINE,
    )

"""Which acts on orders, contracts and listings are open to an actor now, as their pages offer them.

What an act asks beyond right and state, such as a proof that must stand, it says itself.
"""

from __future__ import annotations

from marketplace.core.actor import Actor
from marketplace.core.errors import is_allowed
from marketplace.trading import policies
from marketplace.trading.amendments.policies import is_amendable
from marketplace.trading.amendments.selectors import waiting_amendment
from marketplace.trading.disputes.services.opening import check_disputable
from marketplace.trading.ending import check_termination, is_noticed
from marketplace.trading.models import Contract, Listing, Order
from marketplace.trading.money.gatekeeping import REFUNDABLE
from marketplace.trading.money.policies import may_keep_books
from marketplace.trading.money.selectors import open_charge_of
from marketplace.trading.policies import Side
from marketplace.trading.sales import Visibility
from marketplace.trading.selectors import organization_kind_of, waiting_renewal_of
from marketplace.trading.states import (
    LISTING,
    NEGOTIATING,
    ON_MARKET,
    ORDER,
    ListingState,
    OrderState,
)


def acts_on_order(order: Order, *, by: Actor) -> dict[str, bool]:
    """Tell which acts on an order would not be refused for the actor's part or its state."""
    side, kind = policies.side_of(by, order), organization_kind_of(by)
    is_open = open_charge_of(order) is not None
    return {
        "may_answer": order.state in NEGOTIATING and policies.may_answer_order(by, order),
        "may_cancel": ORDER.may_move(order.state, OrderState.CANCELLED)
        and policies.may_cancel(by, order),
        "may_pay": is_open and policies.may_record_payment(by, kind),
        "may_accept": order.state in (OrderState.DELIVERED, OrderState.OBJECTED)
        and side == Side.BUYER,
        "may_object": order.state == OrderState.DELIVERED and side == Side.BUYER,
        "may_terminate": not is_noticed(order)
        and is_allowed(lambda: check_termination(order, by=by)),
        "may_dispute": side is not None and is_allowed(lambda: check_disputable(order)),
        "may_refund": order.state in REFUNDABLE and may_keep_books(by, kind),
    }


def acts_on_contract(contract: Contract, *, by: Actor) -> dict[str, bool]:
    """Tell which acts on a contract would not be refused for the actor's part or its state."""
    order = contract.order
    side = policies.side_of(by, order)
    signed_at = {Side.SELLER: contract.seller_signed_at, Side.BUYER: contract.buyer_signed_at}
    return {
        "may_sign": side is not None
        and signed_at[side] is None
        and order.state == OrderState.ACCEPTED
        and not contract.is_of_earlier_form,
        "may_amend": side is not None
        and is_amendable(order)
        and waiting_amendment(contract) is None,
    }


def acts_on_listing(listing: Listing, *, by: Actor) -> dict[str, bool]:
    """Tell which acts on a listing would not be refused for the actor's part or its state."""
    offers = policies.may_offer(by, listing.organization_id)
    takes_off = policies.may_take_off(by, listing)
    state = listing.state
    is_by_invitation = listing.visibility == Visibility.INVITED and state in ON_MARKET
    return {
        "may_revise": offers and state in (ListingState.DRAFT, ListingState.RETURNED),
        "may_submit": offers and LISTING.may_move(state, ListingState.SUBMITTED),
        "may_suspend": takes_off and state == ListingState.PUBLISHED,
        "may_resume": takes_off
        and state == ListingState.SUSPENDED
        and policies.may_resume(by, listing),
        "may_withdraw": takes_off and LISTING.may_move(state, ListingState.WITHDRAWN),
        "may_renew": offers
        and policies.is_renewable(listing)
        and waiting_renewal_of(listing) is None,
        "may_replace": offers and state in ON_MARKET,
        "may_invite": offers and is_by_invitation,
    }

"""What is offered on listings and requests is what the acts accept, for every state and party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from marketplace.accounts.roles import Role
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.demand.rules import ACTS_ON_DEMAND, acts_on_board, acts_on_demand
from marketplace.trading.listings.demand.services import answer_demand, close_demand, post_demand
from marketplace.trading.listings.income_share.models import IncomeShare
from marketplace.trading.listings.income_share.rules import (
    ACTS_ON_INCOME_SHARE,
    acts_on_income_share,
)
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    propose_income_share,
    propose_shapley_shares,
)
from marketplace.trading.listings.inquiry.services import ask_seller
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import (
    draft_listing,
    invite_to_listing,
    offer_to_others,
    revise_listing,
    take_invitation_back,
)
from marketplace.trading.listings.market.rules import acts_on_offer
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.trading.listings.publication.acts import (
    ACTS_ON_LISTING,
    acts_on_listing,
    acts_on_version,
)
from marketplace.trading.listings.publication.services import publish_listing, suspend_listing
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
)
from marketplace.trading.listings.report.services import write_report
from marketplace.trading.listings.sale.values import Sale
from marketplace.trading.listings.sandbox.services import declare_sandbox
from marketplace.trading.orders.negotiation.services import place_order
from tests.given import demands, income_shares, renewals, reports, sandboxes, sold_rights
from tests.given import trading as given
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World, code

PEOPLE = ("officer", "buyer", "stranger", "reviewer", "treasurer")
WHY = "For a reason."
TICKED = given.LISTING_CHECKLIST


SHARE: dict[str, Any] = {"uscc": code("rival"), "ground": "dealer", "percent": Decimal(5)}
MEASURING: dict[str, Any] = {"is_open": True, "epsilon": Decimal(1), "most_of_buyer": 1}
SHARES: dict[str, Callable[[World], IncomeShare]] = {
    "proposed": income_shares.proposed,
    "agreed": income_shares.agreed,
    "ended": income_shares.ended,
}


def everybody(world: World) -> dict[str, Actor]:
    """Return the people, and an officer of the seller who reviews for the centre too."""
    both = frozenset({Role.OFFICER, Role.REVIEWER})
    people = {person: world.actor(person) for person in PEOPLE}
    return people | {"reviewing officer": replace(people["officer"], roles=both)}


def tried_on_listing(listing: Listing, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a listing can offer."""
    pk, version_id = listing.pk, listing.revision.version_id
    guests = [guest.organization_id for guest in listing.invitations.all()] or [uuid4()]
    days: dict[str, Any] = {
        "on_sale_from": None,
        "on_sale_until": clock.today() + timedelta(days=20),
    }
    other = given.offer(title="Another title", price=Decimal("11000.00"))
    budget = replace(sandboxes.OFFERED, epsilon_all=Decimal(2))
    content = replace(reports.CONTENT, title="Another title")
    more = {
        "revise_listing": accepts(lambda: revise_listing(pk, offer=other, by=by)),
        "declare_sandbox": accepts(lambda: declare_sandbox(pk, offered=budget, by=by)),
        "write_report": accepts(lambda: write_report(pk, content=content, by=by)),
        "publish_listing": accepts(lambda: publish_listing(pk, checklist=TICKED, by=by)),
        "replace_listing": accepts(
            lambda: draft_listing(version_id, offer=other, replaces=pk, by=by)
        ),
        "offer_to_others": accepts(
            lambda: offer_to_others(pk, visible_kinds=["government"], by=by)
        ),
        "renew_listing": accepts(lambda: renew_listing(pk, **days, by=by)),
        "approve_renewal": accepts(lambda: approve_renewal(pk, checklist=TICKED, by=by)),
        "invite_to_listing": accepts(
            lambda: invite_to_listing(pk, invited=[listing.organization.uscc], by=by)
        ),
        "take_invitation_back": accepts(
            lambda: take_invitation_back(pk, organization_id=guests[0], by=by)
        ),
        "propose_income_share": accepts(lambda: propose_income_share(pk, **SHARE, by=by)),
        "propose_shapley_shares": accepts(
            lambda: propose_shapley_shares(pk, **income_shares.RECKONED, by=by)
        ),
        "allow_measuring": accepts(lambda: allow_measuring(pk, **MEASURING, by=by)),
    }
    return accepted_acts(ACTS_ON_LISTING, pk, by, more)


def replacing(world: World) -> Listing:
    """Return a published listing whose version is drafted anew already."""
    listing = given.published(world)
    renewals.successor(world, listing)
    return listing


def renewing_suspended(world: World) -> Listing:
    """Let the centre suspend a listing whose renewal waits."""
    return suspend_listing(renewals.waiting(world).pk, reason=WHY, by=world.actor("reviewer"))


def without_guests(world: World) -> Listing:
    """Take the only invitation to a listing back."""
    listing, guest = renewals.by_invitation(world), world.organization("buyer").pk
    return take_invitation_back(listing.pk, organization_id=guest, by=world.actor("officer"))


def right_passed(world: World) -> Listing:
    """Return the listing of a right that the register has passed to its buyer."""
    order = sold_rights.paid(world)
    sold_rights.passed(world, order)
    return order.listing


LISTINGS: dict[str, Callable[[World], Listing]] = {
    "drafted": given.drafted,
    "sandbox": sandboxes.declared,
    "report": reports.written,
    "submitted": given.submitted,
    "returned": given.returned,
    "published": given.published,
    "replacing": replacing,
    "suspended": given.suspended,
    "suspended-by-centre": lambda world: given.suspended(world, by="reviewer"),
    "withdrawn": given.withdrawn,
    "superseded": renewals.superseded,
    "renewing": renewals.waiting,
    "renewing-suspended": renewing_suspended,
    "by-invitation": renewals.by_invitation,
    "without-guests": without_guests,
    "right-passed": right_passed,
}


@pytest.mark.drawn(len(LISTINGS) // 2)
@pytest.mark.parametrize("state", LISTINGS)
def test_a_listing_offers_what_is_accepted(state: str, world: World) -> None:
    """To its seller, to the centre and to nobody else."""
    pk = LISTINGS[state](world).pk
    for person, by in everybody(world).items():
        listing = Listing.objects.get(pk=pk)
        assert dict(acts_on_listing(listing, by)) == tried_on_listing(listing, by), person


@pytest.mark.parametrize("state", SHARES)
def test_an_income_share_offers_what_is_accepted(state: str, world: World) -> None:
    """To its two sides alone."""
    pk = SHARES[state](world).pk
    for person, by in everybody(world).items():
        share = IncomeShare.objects.get(pk=pk)
        answered = accepts(partial(answer_income_share, pk, is_agreed=False, by=by))
        tried = accepted_acts(ACTS_ON_INCOME_SHARE, pk, by, {"answer_income_share": answered})
        assert dict(acts_on_income_share(share, by)) == tried, person


def as_it_was_loaded(world: World) -> DatasetVersion:
    """Return the version of which a desensitized one was made."""
    source = given.masked(world).parent
    assert source is not None
    return source


ANOTHER = given.offer(title="Another offer")
VERSIONS: dict[str, Callable[[World], DatasetVersion]] = {
    "masked": given.masked,
    "as-it-was-loaded": as_it_was_loaded,
    "drafted": lambda world: given.drafted(world).revision.version,
    "published": lambda world: given.published(world).revision.version,
    "replacing": lambda world: replacing(world).revision.version,
    "withdrawn": lambda world: given.withdrawn(world).revision.version,
    "superseded": lambda world: renewals.superseded(world).revision.version,
}


@pytest.mark.drawn(len(VERSIONS) // 2)
@pytest.mark.parametrize("state", VERSIONS)
def test_a_version_is_offered_to_be_listed_where_it_can(state: str, world: World) -> None:
    """Anew, or in the place of its own listing."""
    version = VERSIONS[state](world)
    on_market = Listing.objects.filter(revision__version=version, state="published").first()
    replaces = on_market.pk if on_market else None
    for person, by in everybody(world).items():
        tried = accepts(partial(draft_listing, version.pk, offer=ANOTHER, replaces=replaces, by=by))
        assert dict(acts_on_version(version, by)) == {"draft_listing": tried}, person


def sold_out(world: World) -> Listing:
    """Sell the only sale of a listing."""
    return given.placed(world, given.published(world, sale=Sale(quota=1))).listing


def taken(world: World) -> Listing:
    """Order what is sold to one buyer alone."""
    return given.placed(world, given.published(world, exclusive=True)).listing


def early(world: World) -> Listing:
    """Return a listing that is on sale from tomorrow."""
    tomorrow = clock.today() + timedelta(days=1)
    return given.published(world, sale=Sale(on_sale_from=tomorrow))


OFFERS: dict[str, Callable[[World], Listing]] = {
    "submitted": given.submitted,
    "published": given.published,
    "early": early,
    "sold-out": sold_out,
    "taken": taken,
    "suspended": given.suspended,
    "withdrawn": given.withdrawn,
    "superseded": renewals.superseded,
}


@pytest.mark.drawn(len(OFFERS) // 2)
@pytest.mark.parametrize("state", OFFERS)
def test_an_offer_can_be_ordered_where_it_says_so(state: str, world: World) -> None:
    """By buyers of others, while something is left for them."""
    pk = OFFERS[state](world).pk
    for person in PEOPLE:
        by, listing = world.actor(person), Listing.objects.get(pk=pk)
        tried = {
            "place_order": accepts(
                partial(place_order, pk, purpose=WHY, request_key=uuid4().hex, by=by)
            ),
            "ask_seller": accepts(partial(ask_seller, pk, text=WHY, by=by)),
        }
        assert dict(acts_on_offer(listing, by)) == tried, person


def test_a_request_offers_what_is_accepted(world: World) -> None:
    """While it is open, after its last day, and when it was closed."""
    pk = demands.posted(world).pk
    later = clock.now() + timedelta(days=40)
    for moment, is_closed in ((clock.now(), False), (later, False), (clock.now(), True)):
        if is_closed:
            close_demand(pk, by=world.actor("buyer"))
        with clock.stopped_at(moment):
            for person in (*PEOPLE, "second_buyer"):
                by, demand = world.actor(person), Demand.objects.get(pk=pk)
                answered = accepts(partial(answer_demand, pk, message=WHY, by=by))
                tried = accepted_acts(ACTS_ON_DEMAND, pk, by, {"answer_demand": answered})
                assert dict(acts_on_demand(demand, by)) == tried, (person, moment)


def test_the_board_is_offered_to_buyers(world: World) -> None:
    """And to nobody else."""
    for person in PEOPLE:
        by = world.actor(person)
        posted = accepts(partial(post_demand, wish=demands.wish(), request_key=uuid4().hex, by=by))
        assert dict(acts_on_board(by)) == {"post_demand": posted}, person

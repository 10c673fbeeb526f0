"""Shares of a seller's income in each state, reached by acts; the source is another's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from marketplace.trading.listings.income_share.models import IncomeShare, ShareGround, ShareProposal
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    end_income_share,
    propose_income_share,
    propose_shapley_shares,
)
from marketplace.trading.listings.listing.models import Listing
from tests.given import trading
from tests.given.shelf import kept
from tests.given.world import World, code

SOURCE = "stranger"
"""Who answers for the organization that the data came from."""
PERCENT = Decimal("30.0000")


@kept
def proposed(
    world: World,
    listing: Listing | None = None,
    *,
    percent: Decimal = PERCENT,
    rows: int | None = None,
    source: str = "rival",
) -> IncomeShare:
    """Offer an organization a part of the income from a published listing."""
    on_offer = listing or trading.published(world)
    return propose_income_share(
        on_offer.pk,
        uscc=code(source),
        ground=ShareGround.SOURCE,
        percent=percent,
        rows=rows,
        by=world.actor("officer"),
    )


@kept
def agreed(world: World, listing: Listing | None = None) -> IncomeShare:
    """Let the organization agree to it."""
    return answer_income_share(proposed(world, listing).pk, is_agreed=True, by=world.actor(SOURCE))


@kept
def ended(world: World) -> IncomeShare:
    """Let the seller end what was agreed."""
    return end_income_share(agreed(world).pk, by=world.actor("officer"))


RECKONED: dict[str, Any] = {
    "percent": Decimal(10),
    "ground": ShareGround.SOURCE,
    "source_column": "line",
    "key_column": "day",
    "parties": [
        {"source": "1", "uscc": code("rival")},
        {"source": "2", "uscc": code("regulator")},
    ],
}


@kept
def reckoned(world: World, listing: Listing | None = None) -> ShareProposal:
    """Propose a part of the income to two organizations by what each brought."""
    on_offer = listing or trading.published(world)
    return propose_shapley_shares(on_offer.pk, **RECKONED, by=world.actor("officer"))


def reckoned_and_agreed(world: World, listing: Listing) -> IncomeShare:
    """Let a regulator agree to what its line brings; the other line is the seller's own."""
    parties = [
        {"source": "1", "uscc": code("regulator")},
        {"source": "2", "uscc": code("bureau")},
    ]
    reckoned = {**RECKONED, "parties": parties}
    proposal = propose_shapley_shares(listing.pk, **reckoned, by=world.actor("officer"))
    by = replace(world.actor("auditor"), roles=world.actor("officer").roles)
    return answer_income_share(proposal.shares.get().pk, is_agreed=True, by=by)

"""Shares of a seller's income: their doors, and who reads them."""

from __future__ import annotations

from typing import Any

from tests.given import income_shares as given
from tests.given import trading
from tests.given.access import SIGN_IN, Access
from tests.given.doors import DoorCase, to
from tests.given.world import World, code

PROPOSAL = {"uscc": code("rival"), "ground": "source", "percent": "30.0000"}


RECKONED = {
    "percent": "10.0000",
    "ground": "source",
    "source_column": "line",
    "key_column": "day",
}
LINES = f"1 = {code('rival')}\n2 = {code('regulator')}"


def own_listing(world: World) -> dict[str, Any]:
    """Return a published listing."""
    return {"pk": trading.published(world).pk}


def off_market(world: World) -> dict[str, Any]:
    """Return a listing that is withdrawn."""
    return {"pk": trading.withdrawn(world).pk}


def proposed(world: World) -> dict[str, Any]:
    """Return a share that waits for its answer."""
    return {"pk": given.proposed(world).pk}


def agreed(world: World) -> dict[str, Any]:
    """Return a share that both sides agreed on."""
    return {"pk": given.agreed(world).pk}


def ended(world: World) -> dict[str, Any]:
    """Return a share that was ended."""
    return {"pk": given.ended(world).pk}


def reckoned(world: World) -> dict[str, Any]:
    """Return shares that were reckoned together."""
    return {"pk": given.reckoned(world).pk}


CASES = [
    DoorCase(
        act="trading.listings.income_share.services.propose_income_share",
        given=own_listing,
        actor="officer",
        page=to("income_share_propose", PROPOSAL),
        api=to("api_propose_income_share", PROPOSAL),
        fact="trading.income_share_proposed",
        scope="trade",
        not_allowed="reviewer",
        wrong_state=off_market,
        again="already",
    ),
    DoorCase(
        act="trading.listings.income_share.services.propose_shapley_shares",
        given=own_listing,
        actor="officer",
        page=to("shapley_shares_propose", {**RECKONED, "parties": LINES}),
        api=to("api_propose_shapley_shares", {**RECKONED, "parties": given.RECKONED["parties"]}),
        fact="trading.shares_reckoned",
        scope="trade",
        not_allowed="reviewer",
        wrong_state=off_market,
        again="already",
    ),
    DoorCase(
        act="trading.listings.income_share.services.answer_income_share",
        given=proposed,
        actor=given.SOURCE,
        page=to("income_share_answer", {"is_agreed": "yes"}),
        api=to("api_answer_income_share", {"is_agreed": True}),
        fact="trading.income_share_answered",
        scope="trade",
        not_allowed="officer",
        not_visible="buyer",
        wrong_state=ended,
        again="already",
    ),
    DoorCase(
        act="trading.listings.income_share.services.end_income_share",
        given=agreed,
        actor="officer",
        page=to("income_share_end"),
        api=to("api_end_income_share"),
        fact="trading.income_share_ended",
        scope="trade",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=ended,
    ),
]

# The stranger of other rows is the source of the income here.
ROWS = [
    Access("income_share_propose", SIGN_IN, 404, 200, 200, given=own_listing, is_page=True),
    Access("shapley_shares_propose", SIGN_IN, 404, 200, 200, given=own_listing, is_page=True),
    Access("income_share_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access(
        *("income_share_detail", SIGN_IN, 404, 200, 200),
        given=agreed,
        is_page=True,
        stranger_is="buyer",
    ),
    Access("api_get_share_proposal", 401, 404, 200, 200, given=reckoned, stranger_is="buyer"),
    Access("api_list_income_shares", 401, 200, 200, 200),
    Access("api_get_income_share", 401, 404, 200, 200, given=agreed, stranger_is="buyer"),
]

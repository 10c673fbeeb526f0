"""Inquiries about data on offer: their doors, and who reads them."""

from __future__ import annotations

from typing import Any

from tests.given import inquiries as given
from tests.given import trading
from tests.given.access import SIGN_IN, Access
from tests.given.doors import DoorCase, to
from tests.given.world import World

TEXT = {"text": given.TEXT}
ANSWER = {"answer": given.ANSWER}
REASON = {"reason": "It names a person."}


def on_offer(world: World) -> dict[str, Any]:
    """Return a published listing."""
    return {"pk": trading.published(world).pk}


def own_asked(world: World) -> dict[str, Any]:
    """Return an inquiry that waits for its answer."""
    return {"pk": given.asked(world).pk}


def answered(world: World) -> dict[str, Any]:
    """Return an inquiry with its answer."""
    return {"pk": given.answered(world).pk}


def withheld(world: World) -> dict[str, Any]:
    """Return an inquiry that is off the page."""
    return {"pk": given.withheld(world).pk}


CASES = [
    DoorCase(
        act="trading.listings.inquiry.services.ask_seller",
        given=on_offer,
        actor="buyer",
        page=to("inquiry_make", TEXT),
        api=to("api_ask_seller", TEXT),
        fact="trading.inquiry_made",
        scope="trade",
        not_allowed="officer",
        again="already",
        only="Everybody sees what is on the market.",
    ),
    DoorCase(
        act="trading.listings.inquiry.services.answer_inquiry",
        given=own_asked,
        actor="officer",
        page=to("inquiry_answer", ANSWER),
        api=to("api_answer_inquiry", ANSWER),
        fact="trading.inquiry_answered",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=withheld,
        again="already",
    ),
    DoorCase(
        act="trading.listings.inquiry.services.withhold_inquiry",
        given=answered,
        actor="reviewer",
        page=to("inquiry_withhold", REASON),
        api=to("api_withhold_inquiry", REASON),
        fact="trading.inquiry_withheld",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=withheld,
    ),
]

ROWS = [
    Access("inquiry_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("inquiry_detail", SIGN_IN, 404, 200, 200, given=answered, is_page=True),
    Access("api_list_market_inquiries", 200, 200, 200, 200, given=on_offer),
    Access("api_list_inquiries", 401, 200, 200, 200),
    Access("api_get_inquiry", 401, 404, 200, 200, given=answered),
]

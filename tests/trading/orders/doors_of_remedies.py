"""The acts on remedies, their doors, and who is answered what at their addresses."""

from __future__ import annotations

from tests.given import remedies
from tests.given import trading as given
from tests.given.access import Access
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World
from tests.trading.sending import key_of

SERVICES = "trading.orders.objection.services"
ANSWER = {"text": remedies.TEXT, "refund": "2000.00"}


def offered(world: World) -> Things:
    """Return a remedy that waits for the buyer."""
    return {"pk": remedies.offered(world).pk}


def declined(world: World) -> Things:
    """Return a remedy that was declined."""
    return {"pk": remedies.declined(world).pk}


CASES = [
    DoorCase(
        act=f"{SERVICES}.offer_remedy",
        given=key_of(remedies.objected),
        actor="officer",
        page=to("remedy_offer", ANSWER),
        api=to("api_offer_remedy", ANSWER),
        fact="trading.remedy_offered",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=key_of(given.delivered),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.accept_remedy",
        given=offered,
        actor="buyer",
        page=to("remedy_accept"),
        api=to("api_accept_remedy"),
        fact="trading.remedy_accepted",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=declined,
    ),
    DoorCase(
        act=f"{SERVICES}.decline_remedy",
        given=offered,
        actor="buyer",
        page=to("remedy_decline", {"reason": "Too little."}),
        api=to("api_decline_remedy", {"reason": "Too little."}),
        fact="trading.remedy_declined",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=declined,
    ),
]
ROWS = [
    Access("api_get_remedy", 401, 404, 200, 200, offered),
    Access("api_list_order_remedies", 401, 404, 200, 200, key_of(remedies.objected)),
]

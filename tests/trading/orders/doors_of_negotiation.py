"""The acts of negotiation, of ending a contract, and of the demand board, and their doors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tests.given import demands
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.trading.sending import REASON, key_of

COUNTER = {
    **{name: value for name, value in asdict(given.OFFER.terms).items() if value is not False},
    "price": "11000.00",
    "message": "For the whole year.",
}


def wish(things: Things) -> dict[str, Any]:
    """Return a request for data, as a form and as JSON."""
    return {
        **{name: str(part) for name, part in asdict(demands.wish()).items()},
        "request_key": "k",
    }


CASES = [
    DoorCase(
        act="trading.orders.negotiation.services.counter_order",
        given=key_of(given.placed),
        actor="officer",
        page=to("order_counter", COUNTER),
        api=to("api_counter_order", {"plan": {"kind": "once", "price": "11000.00"}}),
        fact="trading.offer_made",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=key_of(given.accepted),
    ),
    DoorCase(
        act="trading.orders.termination.services.terminate_contract",
        given=key_of(given.paid),
        actor="officer",
        page=to("order_terminate", REASON),
        api=to("api_terminate_contract", REASON),
        fact="trading.contract_terminated",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=key_of(given.accepted),
    ),
    DoorCase(
        act="trading.listings.demand.services.post_demand",
        given=lambda world: {},
        actor="buyer",
        page=to("demand_post", wish),
        api=to("api_post_demand", wish),
        fact="trading.demand_posted",
        scope="trade",
        not_allowed="officer",
        again="already",
        only="Everybody who is signed in may look at the form.",
    ),
    DoorCase(
        act="trading.listings.demand.services.answer_demand",
        given=lambda world: {"pk": demands.posted(world).pk},
        actor="officer",
        page=to("demand_answer", {"message": "We could deliver it by May."}),
        api=to("api_answer_demand", {"message": "We could deliver it by May."}),
        fact="trading.demand_answered",
        scope="trade",
        not_allowed="auditor",
        not_visible="finance",
        again="already",
    ),
    DoorCase(
        act="trading.listings.demand.services.close_demand",
        given=lambda world: {"pk": demands.posted(world).pk},
        actor="buyer",
        page=to("demand_close"),
        api=to("api_close_demand"),
        fact="trading.demand_closed",
        scope="trade",
        not_allowed="officer",
        not_visible="finance",
        again="already",
    ),
]

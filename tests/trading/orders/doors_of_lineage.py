"""The acts on what data was made from, and their doors."""

from __future__ import annotations

from marketplace.accounts.member.services import set_roles
from tests.given import origins
from tests.given import trading as given
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import draft_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World
from tests.trading.sending import REASON

ELSEWHERE = {"reference": "Census 2020"}


def own(world: World) -> Things:
    """Return a dataset."""
    return {"pk": draft_dataset(world).pk}


def bought(world: World) -> Things:
    """Return a dataset of the buyer, and an order that was delivered to it."""
    roles = frozenset({"buyer", "officer"})
    set_roles(world.person("second_buyer").pk, roles=roles, by=world.actor("buyer"))
    order = given.delivered(world)
    return {"pk": draft_dataset(world, by="second_buyer").pk, "order_id": str(order.pk)}


def with_order(things: Things) -> dict[str, str]:
    """Name the order."""
    return {"order_id": things["order_id"]}


def declared(world: World) -> Things:
    """Return an origin."""
    return {"pk": origins.declared_origin(world).pk}


def withdrawn(world: World) -> Things:
    """Return an origin that a reviewer withdrew."""
    return {"pk": origins.withdrawn_origin(world).pk}


CASES = [
    DoorCase(
        act="catalog.lineage.services.declare_origin",
        given=own,
        actor="officer",
        page=to("origin_declare", ELSEWHERE),
        api=to("api_declare_origin", ELSEWHERE),
        fact="catalog.origin_declared",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="trading.orders.lineage.services.declare_bought_origin",
        given=bought,
        actor="second_buyer",
        page=to("bought_origin_declare", with_order),
        api=to("api_declare_bought_origin", with_order),
        fact="catalog.origin_declared",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="catalog.lineage.services.withdraw_origin",
        given=declared,
        actor="reviewer",
        page=to("origin_withdraw", REASON),
        api=to("api_withdraw_origin", REASON),
        fact="catalog.origin_withdrawn",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=withdrawn,
    ),
]

ROWS = [
    Access("dataset_lineage", SIGN_IN, 404, 200, 200, own, is_page=True, as_party="officer"),
    Access("api_get_lineage", 401, 404, 200, 200, own),
]

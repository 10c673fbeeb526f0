"""Who is answered what at the addresses of disputes."""

from __future__ import annotations

from typing import Any

from marketplace.trading.orders.dispute.services import show_exhibit
from tests.given import disputes
from tests.given import trading as given
from tests.given.access import SIGN_IN, Access
from tests.given.vault import upload
from tests.given.world import World


def delivered(world: World) -> dict[str, Any]:
    """Return a delivered order."""
    return {"pk": given.delivered(world).pk}


def dispute(world: World) -> dict[str, Any]:
    """Return a dispute."""
    return {"pk": disputes.opened(world).pk}


def exhibit(world: World) -> dict[str, Any]:
    """Return a file that a side showed."""
    shown = show_exhibit(
        disputes.opened(world).pk,
        upload=upload("Half is empty.", name="counts.txt", kind="text/plain"),
        by=world.actor("buyer"),
    )
    return {"pk": shown.dispute_id, "exhibit_pk": shown.pk}


def one_exhibit(world: World) -> dict[str, Any]:
    """Return the same by itself."""
    return {"pk": exhibit(world)["exhibit_pk"]}


ROWS = [
    Access(
        *("dispute_detail", SIGN_IN, 404, 200, 200),
        given=dispute,
        is_page=True,
        as_party="buyer",
    ),
    Access("dispute_exhibit", SIGN_IN, 404, 200, 200, given=exhibit),
    Access("api_list_disputes", 401, 200, 200, 200),
    Access("api_get_dispute", 401, 404, 200, 200, given=dispute),
    Access("api_get_dispute_exhibit", 401, 404, 200, 200, given=one_exhibit),
    Access("api_list_dispute_exhibits", 401, 404, 200, 200, given=dispute),
]

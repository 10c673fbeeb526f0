"""Who is answered what at the addresses of delivery."""

from __future__ import annotations

from typing import Any

from tests.given import delivery as given
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def granted(world: World) -> dict[str, Any]:
    """Answer a grant that is open."""
    return {"pk": given.granted(world).pk}


def order(world: World) -> dict[str, Any]:
    """Answer an order whose data is open to its buyer."""
    return {"pk": given.granted(world).order_id}


ROWS = [
    Access("order_grant", SIGN_IN, 404, 302, 302, given=order, as_party="buyer"),
    Access("grant_detail", SIGN_IN, 404, 200, 200, given=granted, as_party="buyer", is_page=True),
    Access("grant_download", SIGN_IN, 404, 200, 403, given=granted, as_party="buyer"),
    Access("grant_revoke", 405, 405, 405, 405, given=granted),
    Access("api_list_grants", 401, 200, 200, 200),
    Access("api_get_grant", 401, 404, 200, 200, given=granted, as_party="buyer"),
    Access("api_open_download", 401, 404, 200, 403, given=granted, as_party="buyer"),
    Access("api_list_grant_downloads", 401, 404, 200, 200, given=granted, as_party="buyer"),
    Access("api_revoke_grant", 401, 405, 405, 405, given=granted),
]

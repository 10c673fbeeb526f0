"""Who is answered what at the addresses of amendments."""

from __future__ import annotations

from typing import Any

from tests.given import amendments
from tests.given import trading as given
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def signed(world: World) -> dict[str, Any]:
    """Return a signed contract."""
    return {"pk": given.completed(world).contract.pk}


def proposed(world: World) -> dict[str, Any]:
    """Return an amendment that waits."""
    return {"pk": amendments.proposed(world).pk}


def in_force(world: World) -> dict[str, Any]:
    """Return an amendment that both sides have signed."""
    return {"pk": amendments.in_force(world).pk}


ROWS = [
    Access(
        *("contract_amend", SIGN_IN, 404, 200, 200), given=signed, is_page=True, as_party="buyer"
    ),
    Access(
        *("amendment_detail", SIGN_IN, 404, 200, 200),
        given=proposed,
        is_page=True,
        as_party="buyer",
    ),
    Access("amendment_file", SIGN_IN, 404, 200, 200, given=in_force),
    Access("amendment_sign_by_passkey", 405, 405, 405, 405, given=proposed),
    Access("api_list_amendments", 401, 404, 200, 200, given=signed),
    Access("api_get_amendment", 401, 404, 200, 200, given=proposed),
    Access("api_get_amendment_document", 401, 404, 200, 200, given=in_force),
    Access("api_get_amendment_file", 401, 404, 200, 200, given=in_force),
]

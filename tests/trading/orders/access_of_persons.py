"""Who is answered what at the addresses of requests of persons."""

from __future__ import annotations

from typing import Any

from tests.given import persons
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def received(world: World) -> dict[str, Any]:
    """Return a request."""
    return {"pk": persons.received(world).pk}


def reference(world: World) -> dict[str, Any]:
    """Return the reference of a request."""
    return {"reference": persons.received(world).reference}


ROWS = [
    Access("person_request_ask", 200, 200, 200, 200, is_page=True),
    Access("person_request_asked", 200, 200, 200, 200, is_page=True),
    Access("person_request_answer", 200, 200, 200, 200, is_page=True),
    Access("person_request_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("person_request_record", SIGN_IN, 200, 200, 403, is_page=True),
    Access(*("person_request_detail", SIGN_IN, 404, 200, 200), given=received, is_page=True),
    Access("api_list_person_requests", 401, 200, 200, 200),
    Access("api_ask_as_person", 405, 405, 405, 405),
    Access("api_get_asked_by_person", 200, 200, 200, 200, given=reference),
    Access("api_pick_up_answer", 405, 405, 405, 405),
    Access("api_get_person_request", 401, 404, 200, 200, given=received),
]

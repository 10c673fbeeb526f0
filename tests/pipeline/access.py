"""Who is answered what at the addresses of the pipeline."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from tests.given.access import SIGN_IN, Access
from tests.given.world import World
from tests.pipeline import doors


def sealed(world: World) -> dict[str, Any]:
    """Leave nothing waiting: what the world is made of may be older than a minute."""
    call_command("run_pipeline", "--once")
    return {}


ROWS = [
    Access("health", 503, 503, 503, 503, sealed),
    Access("pipeline", SIGN_IN, 403, 200, 200, is_page=True, as_party="administrator"),
    Access("set_asides_retry", 405, 405, 405, 405),
    Access("set_aside_retry", 405, 405, 405, 405, doors.aside),
    Access("api_get_pipeline", 401, 403, 200, 200, as_party="administrator"),
    Access("api_list_set_asides", 401, 200, 200, 200),
    Access("api_retry_all_set_asides", 401, 405, 405, 405),
    Access("api_retry_set_aside", 401, 405, 405, 405, doors.aside),
]

SCOPES = {
    "administer": {"api_retry_all_set_asides", "api_retry_set_aside"},
}
"""The scope that a token needs, of each address that is not just read."""

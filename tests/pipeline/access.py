"""Who is answered what at the addresses of the pipeline."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def sealed(world: World) -> dict[str, Any]:
    """Leave nothing waiting: what the world is made of may be older than a minute."""
    call_command("run_pipeline", "--once")
    return {}


ROWS = [
    Access("health", 503, 503, 503, 503, sealed),
    Access("pipeline", SIGN_IN, 403, 200, 200, is_page=True, as_party="administrator"),
    Access("api_get_pipeline", 401, 403, 200, 200, as_party="administrator"),
    Access("api_list_set_asides", 401, 200, 200, 200),
]

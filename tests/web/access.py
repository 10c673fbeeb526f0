"""Who is answered what at the pages of the API."""

from __future__ import annotations

from typing import Any

from tests.given.access import Access
from tests.given.world import World


def group(world: World) -> dict[str, Any]:
    """Return a group of operations."""
    return {"group": "orders"}


def operation(world: World) -> dict[str, Any]:
    """Return an operation."""
    return {"group": "orders", "name": "accept_order"}


ROWS = [
    Access("api_browser", 200, 200, 200, 200, is_page=True),
    Access("api_manual", 200, 200, 200, 200, is_page=True),
    Access("api_group", 200, 200, 200, 200, group, is_page=True),
    Access("api_operation", 200, 200, 200, 200, operation, is_page=True),
]

"""Who is answered what at the addresses of recalls."""

from __future__ import annotations

from typing import Any

from tests.given import recalls
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def reported(world: World) -> dict[str, Any]:
    """Return a report."""
    return {"pk": recalls.reported(world).pk}


def reference(world: World) -> dict[str, Any]:
    """Return the reference of a report."""
    return {"reference": recalls.reported(world).reference}


def recalled(world: World) -> dict[str, Any]:
    """Return an order that was recalled."""
    return {"pk": recalls.recalled(world).pk}


ROWS = [
    Access("reidentification_report", 200, 200, 200, 200, is_page=True),
    Access("reidentification_reported", 200, 200, 200, 200, is_page=True),
    Access("reidentification_list", SIGN_IN, 403, 403, 200, is_page=True),
    Access("overdue_deletion_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_list_overdue_deletions", 401, 200, 200, 200),
    Access(*("reidentification_detail", SIGN_IN, 404, 404, 200), given=reported),
    Access("api_report_reidentification", 405, 405, 405, 405),
    Access("api_get_reported_reidentification", 200, 200, 200, 200, given=reference),
    Access("api_list_reidentifications", 401, 200, 200, 200),
    Access("api_get_reidentification", 401, 404, 404, 200, given=reported),
    Access("api_get_order_recall", 401, 404, 200, 200, given=recalled),
    Access("api_get_order_deletion", 401, 404, 200, 200, given=recalled),
]

"""Who is answered what at the addresses of the ledger: everybody may look."""

from __future__ import annotations

from marketplace.ledger.models import Entry
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def entry(world: World) -> dict[str, object]:
    """Answer an entry."""
    return {"reference": Entry.objects.latest("id").reference}


ROWS = [
    Access("ledger", 200, 200, 200, 200, is_page=True),
    Access("ledger_entry", 200, 200, 200, 200, entry, is_page=True),
    Access("ledger_check", SIGN_IN, 403, 200, 403, is_page=True, as_party="auditor"),
    Access("api_check_ledger", 401, 403, 200, 403, lambda world: {"after": 0}, as_party="auditor"),
    Access("api_list_ledger_entries", 200, 200, 200, 200),
    Access("api_get_ledger_entry", 200, 200, 200, 200, entry),
    Access("api_get_ledger_head", 404, 404, 404, 404),
]

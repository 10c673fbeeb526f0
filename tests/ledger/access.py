"""Who is answered what at the addresses of the ledger: everybody may look."""

from __future__ import annotations

from marketplace.ledger.models import Entry
from tests.given.access import Access
from tests.given.world import World


def entry(world: World) -> dict[str, object]:
    """Answer an entry."""
    return {"reference": Entry.objects.latest("id").reference}


ROWS = [
    Access("ledger", 200, 200, 200, 200, is_page=True),
    Access("ledger_entry", 200, 200, 200, 200, entry, is_page=True),
    Access("api_list_ledger_entries", 200, 200, 200, 200),
    Access("api_get_ledger_entry", 200, 200, 200, 200, entry),
    Access("api_get_ledger_head", 404, 404, 404, 404),
]

"""Who is answered what at the addresses of review."""

from __future__ import annotations

from marketplace.review.models import Case
from tests.given.access import Access
from tests.given.catalog import submitted_dataset
from tests.given.world import World


def case(world: World) -> dict[str, object]:
    """Return the open case of a dataset."""
    return {"pk": Case.objects.get(subject=f"dataset:{submitted_dataset(world).pk}").pk}


ROWS = [
    Access("api_list_open_cases", 401, 200, 200, 200),
    Access("api_list_cases", 401, 200, 200, 200),
    Access("api_get_case", 401, 404, 200, 200, case),
]

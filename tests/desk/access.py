"""Who is answered what at the addresses of the desk."""

from __future__ import annotations

from tests.given.access import SIGN_IN, Access
from tests.given.catalog import approved_dataset
from tests.given.trading import completed
from tests.given.world import World


def dataset(world: World) -> dict[str, object]:
    """Return an approved dataset of the officer."""
    return {"pk": approved_dataset(world).pk}


def guide(world: World) -> dict[str, object]:
    """Return the guide with every kind of part: lists, tables, programs, pictures."""
    return {"guide": "use-what-you-bought"}


def traded(world: World) -> dict[str, object]:
    """Reach a settled trade, of which the regions have something to show."""
    completed(world)
    return {}


ROWS = [
    Access("front", 200, 200, 200, 200, is_page=True),
    Access("help", 200, 200, 200, 200, is_page=True),
    Access("help_terms", 200, 200, 200, 200, is_page=True),
    Access("help_guide", 200, 200, 200, 200, guide, is_page=True),
    Access("legal", 200, 200, 200, 200, is_page=True),
    Access("desk", SIGN_IN, 200, 200, 200, is_page=True),
    Access("calendar", SIGN_IN, 200, 200, 200, is_page=True),
    Access("calendar_address", 405, 405, 405, 405),
    Access("calendar_feed", 404, 404, 404, 404, lambda world: {"secret": "none"}),
    Access("api_get_calendar", 401, 200, 200, 200),
    Access("dataset_path", SIGN_IN, 404, 200, 200, dataset, is_page=True),
    Access("region_dashboard", SIGN_IN, 200, 200, 200, traded, is_page=True),
    Access("region_download", SIGN_IN, 200, 200, 200, traded),
    Access("api_get_regions", 401, 200, 200, 200, traded),
    Access("review_queue", SIGN_IN, 403, 403, 200, is_page=True),
]

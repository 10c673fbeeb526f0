"""The acts on feeds, and their doors."""

from __future__ import annotations

from marketplace.core import clock
from tests.given import arrivals
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import approved_dataset, draft_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World


def approved(world: World) -> Things:
    """Return an approved dataset."""
    return {"pk": approved_dataset(world).pk}


def draft(world: World) -> Things:
    """Return a dataset without data."""
    return {"pk": draft_dataset(world).pk}


def fed(world: World) -> Things:
    """Return a dataset that is a feed."""
    return {"pk": arrivals.opened_feed(world).dataset_id}


DAILY = {"every": "day", "first_on": str(clock.today().replace(year=2100)), "grace_hours": 6}

CASES = [
    DoorCase(
        act="catalog.feed.services.open_feed",
        given=approved,
        actor="officer",
        page=to("feed_open", DAILY),
        api=to("api_open_feed", DAILY),
        fact="catalog.feed_opened",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=draft,
    ),
    DoorCase(
        act="catalog.feed.services.end_feed",
        given=fed,
        actor="officer",
        page=to("feed_end"),
        api=to("api_end_feed"),
        fact="catalog.feed_ended",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=approved,
    ),
]

ROWS = [
    Access("dataset_feed", SIGN_IN, 404, 200, 200, fed, is_page=True, as_party="officer"),
    Access("api_get_line", 401, 404, 200, 200, fed),
]

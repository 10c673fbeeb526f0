"""The acts on database sources and their doors."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from marketplace.catalog.dataset.services import retire_dataset
from marketplace.catalog.source.steps import DRAWINGS
from marketplace.jobs.services import fail_job, take_job
from tests.given import sources as given
from tests.given.catalog import draft_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

CONNECTION = asdict(given.CONNECTION)
WANTED: dict[str, object] = {"schema": "public", "table": "trips", "columns": ["day", "line"]}


def draft(world: World) -> Things:
    """Return a dataset."""
    return {"pk": draft_dataset(world).pk}


def retired(world: World) -> Things:
    """Return a retired dataset."""
    pk = draft_dataset(world).pk
    return {"pk": retire_dataset(pk, reason="Unused", by=world.actor("officer")).pk}


def registered(world: World) -> Things:
    """Return a source in use."""
    return {"pk": given.source(world).pk}


def closed(world: World) -> Things:
    """Return a closed source."""
    return {"pk": given.closed_source(world).pk}


def busy(world: World) -> Things:
    """Return a source from which something else is drawn."""
    return {"pk": given.queued_drawing(world, table="others").source_id}


def waiting(world: World) -> Things:
    """Return a drawing that waits."""
    return {"pk": given.queued_drawing(world).pk}


def failed(world: World) -> Things:
    """Return a drawing that failed."""
    taken = take_job(given.queued_drawing(world).pk, queue=DRAWINGS, by=given.SYSTEM)
    fail_job(taken.pk, attempt=1, error="silent", parameters={}, queue=DRAWINGS, by=given.SYSTEM)
    return {"pk": taken.pk}


TABLE = urlencode({"schema": WANTED["schema"], "table": WANTED["table"]})


CASES = [
    DoorCase(
        act="catalog.source.services.register_source",
        given=draft,
        actor="officer",
        page=to("source_register", CONNECTION),
        api=to("api_register_source", CONNECTION),
        fact="catalog.source_registered",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=retired,
        again="already",
    ),
    DoorCase(
        act="catalog.source.services.change_source_password",
        given=registered,
        actor="colleague",
        page=to("source_password", {"password": "another phrase"}),
        api=to("api_change_source_password", {"password": "another phrase"}),
        fact="catalog.source_password_changed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=closed,
        again="already",
    ),
    DoorCase(
        act="catalog.source.services.check_source",
        given=registered,
        actor="officer",
        page=to("source_check"),
        api=to("api_check_source"),
        fact="catalog.source_checked",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=closed,
        again="already",
    ),
    DoorCase(
        act="catalog.source.services.close_source",
        given=registered,
        actor="officer",
        page=to("source_close"),
        api=to("api_close_source"),
        fact="catalog.source_closed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=busy,
        again="already",
    ),
    DoorCase(
        act="catalog.drawing.services.start_drawing",
        given=registered,
        actor="officer",
        page=to("drawing_start", {"columns": WANTED["columns"]}, query=f"?{TABLE}"),
        api=to("api_start_drawing", WANTED),
        fact="catalog.drawing_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=busy,
        again="already",
    ),
    DoorCase(
        act="catalog.drawing.services.cancel_drawing",
        given=waiting,
        actor="colleague",
        page=to("drawing_cancel"),
        api=to("api_cancel_drawing"),
        fact="catalog.drawing_cancelled",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=failed,
        again="already",
    ),
]

"""The acts on files that wait to be taken, and their doors."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.catalog.dataset.services import retire_dataset
from tests.given import intakes as given
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import TRIPS, draft_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

NAMES = ("day", "line", "boardings", "delay_minutes")
FORM: dict[str, object] = {"encoding": "utf-8", "separator": ",", "header": "1", "more_out": ""}
NAMED = {f"name-{place}": name for place, name in enumerate(NAMES)}
OF_ROW_2 = {f"name-{place}": name for place, name in enumerate(("2026-03-01", "1", "1204", "1.5"))}
"""What the columns are called once their names are read of the second row."""


def draft(world: World) -> Things:
    """Return a dataset without data."""
    return {"pk": draft_dataset(world).pk}


def retired(world: World) -> Things:
    """Return a retired dataset."""
    dataset = draft_dataset(world)
    return {"pk": retire_dataset(dataset.pk, reason="Unused", by=world.actor("officer")).pk}


def waiting(world: World) -> Things:
    """Return a file that waits to be taken."""
    return {"pk": given.waiting(world).pk}


def taken(world: World) -> Things:
    """Return a file whose table is taken."""
    return {"pk": given.taken(world).pk}


def dropped(world: World) -> Things:
    """Return a file that was dropped."""
    return {"pk": given.dropped(world).pk}


def table(things: Things) -> dict[str, SimpleUploadedFile]:
    """Return a table as it is sent."""
    return {"upload": SimpleUploadedFile("trips.csv", TRIPS.encode(), "text/csv")}


CASES = [
    DoorCase(
        act="catalog.intake.services.hand_in_file",
        given=draft,
        actor="officer",
        page=to("dataset_upload", table),
        api=to("api_hand_in_file", table),
        fact="catalog.file_handed_in",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=retired,
        again="already",
        api_format="multipart",
    ),
    DoorCase(
        act="catalog.intake.services.mend_reading",
        given=waiting,
        actor="officer",
        page=to("intake_detail", FORM | OF_ROW_2 | {"header": "2", "preview": "1"}),
        api=to("api_mend_reading", {"reading": {"header": 2}}),
        fact="catalog.reading_mended",
        scope="trade",
        not_allowed="colleague",
        not_visible="stranger",
        wrong_state=dropped,
        again="already",
    ),
    DoorCase(
        act="catalog.intake.services.take_file",
        given=waiting,
        actor="officer",
        page=to("intake_detail", FORM | NAMED | {"take": "1"}),
        api=to("api_take_file"),
        fact="catalog.file_taken",
        scope="trade",
        not_allowed="colleague",
        not_visible="stranger",
        wrong_state=dropped,
        again="already",
    ),
    DoorCase(
        act="catalog.intake.services.drop_file",
        given=waiting,
        actor="colleague",
        page=to("intake_drop"),
        api=to("api_drop_file"),
        fact="catalog.file_dropped",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=taken,
        again="already",
    ),
]

ROWS = [
    Access("intake_detail", SIGN_IN, 404, 200, 403, waiting, is_page=True),
    Access("api_get_intake", 401, 404, 200, 200, waiting),
]

"""The acts on files that wait to be taken, and their doors."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.catalog.dataset.services import retire_dataset
from tests.given import intakes as given
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import TRIPS, draft_dataset
from tests.given.doors import DoorCase, Send, Things
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


def to(route: str, data: dict[str, object] | None = None) -> Callable[[Things], Send]:
    """Return what is sent to an address."""
    return lambda things: Send(reverse(route, kwargs=things), data or {})


def table(route: str) -> Callable[[Things], Send]:
    """Return a sender of a table."""
    return lambda things: Send(
        reverse(route, kwargs=things),
        {"upload": SimpleUploadedFile("trips.csv", TRIPS.encode(), "text/csv")},
    )


CASES = [
    DoorCase(
        act="catalog.intake.services.hand_in_file",
        given=draft,
        actor="officer",
        page=table("dataset_upload"),
        api=table("api_hand_in_file"),
        fact="catalog.file_handed_in",
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
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=taken,
        again="already",
    ),
]

ROWS = [
    Access("intake_detail", SIGN_IN, 404, 200, 403, waiting, is_page=True),
    Access("intake_drop", 405, 405, 405, 405, waiting),
    Access("api_hand_in_file", 401, 405, 405, 405, draft),
    Access("api_get_intake", 401, 404, 200, 200, waiting),
    Access("api_mend_reading", 401, 405, 405, 405, waiting),
    Access("api_take_file", 401, 405, 405, 405, waiting),
    Access("api_drop_file", 401, 405, 405, 405, waiting),
]
TRADING = {"api_hand_in_file", "api_mend_reading", "api_take_file", "api_drop_file"}

"""The acts on pushes, and their doors."""

from __future__ import annotations

from tests.given import pushes as given
from tests.given.access import Access
from tests.given.catalog import approved_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

ROWS_SENT: dict[str, object] = {"number": 2, "rows": [given.row(5)]}


def fed(world: World) -> Things:
    """Return a dataset to which programs send."""
    return {"pk": given.sent_to(world).dataset_id}


def no_feed(world: World) -> Things:
    """Return a dataset that is no feed."""
    return {"pk": approved_dataset(world).pk}


def begun(world: World) -> Things:
    """Return a push of one part."""
    return {"pk": given.begun(world).pk}


def committed(world: World) -> Things:
    """Return a push that is committed."""
    return {"pk": given.committed(world).pk}


CASES = [
    DoorCase(
        act="catalog.push.services.open_push",
        given=fed,
        actor="officer",
        page=None,
        api=to("api_open_push", {"kind": "rows"}),
        fact="catalog.push_opened",
        scope="send",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=no_feed,
        again="new",
        only="Programs send; people upload a file.",
    ),
    DoorCase(
        act="catalog.push.services.commit_push",
        given=begun,
        actor="officer",
        page=None,
        api=to("api_commit_push"),
        fact="catalog.push_committed",
        scope="send",
        not_allowed="finance",
        not_visible="stranger",
        again="already",
        only="Programs send; people upload a file.",
    ),
    DoorCase(
        act="catalog.push.services.cancel_push",
        given=begun,
        actor="officer",
        page=to("push_cancel"),
        api=to("api_cancel_push"),
        fact="catalog.push_cancelled",
        scope="send",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=committed,
        again="already",
    ),
]

ROWS = [
    Access("api_list_pushes", 401, 404, 200, 200, fed),
    Access("api_get_push", 401, 404, 200, 200, begun),
    Access("api_send_rows", 401, 405, 405, 405, begun),
    Access("api_uploads", 401, 405, 405, 405, fed),
    Access("api_upload", 401, 405, 405, 405, begun),
]
SENDING = {
    "api_send_rows",
    "api_uploads",
    "api_upload",
}

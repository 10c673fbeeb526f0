"""Who is answered what at the addresses of labelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.annotation import doors
from tests.given import annotation as given
from tests.given.access import SIGN_IN, Access
from tests.given.doors import Things
from tests.given.world import World


def key(reach: Callable[[World], Things]) -> Callable[[World], dict[str, Any]]:
    """Return a builder of the key alone."""
    return lambda world: {"pk": reach(world)["pk"]}


version, draft, published = key(doors.version), key(doors.draft), key(doors.published)
sent_in = key(doors.sent_in)
renewable = key(doors.renewable)
taken, task = key(doors.taken), key(doors.seen_task)


def first_row(world: World) -> dict[str, Any]:
    """Return the first row of a draft."""
    return {**draft(world), "row": 1}


OWNER = (SIGN_IN, 404, 200, 200)
WORK = (SIGN_IN, 404, 200, 404)
API_POSTED = (401, 405, 405, 405)

disputed, undisputed = key(doors.disputed), key(doors.undisputed)


def made(world: World) -> dict[str, Any]:
    """Return a labelled set."""
    return {"pk": given.made(world).pk}


ROWS = [
    Access("labelling_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("labelling_open", SIGN_IN, 404, 200, 403, version, is_page=True),
    Access("labelling_detail", *OWNER, draft, is_page=True),
    Access("labelling_edit", *OWNER, draft, is_page=True),
    Access("api_get_labelling", 401, 404, 200, 200, draft),
    Access("api_list_guidelines", 401, 404, 200, 200, draft),
    Access("labelling_item", *OWNER, first_row, is_page=True),
    Access("labelling_renew", *OWNER, renewable, is_page=True),
    Access("api_list_labellings", 401, 200, 200, 200),
    Access("labelling_work_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_list_labelling_work", 401, 200, 200, 200),
    Access("labelling_work", *WORK, published, is_page=True, as_party="annotator"),
    Access("api_get_labelling_work", 401, 404, 200, 404, published, as_party="annotator"),
    Access("item_batch", *WORK, taken, is_page=True, as_party="annotator"),
    Access("api_list_item_batches", 401, 200, 200, 200),
    Access("api_get_item_batch", 401, 404, 200, 200, taken, as_party="annotator"),
    Access("batch_items_file", SIGN_IN, 404, 200, 404, taken, as_party="annotator"),
    Access("api_save_batch_items", 401, 404, 200, 404, taken, as_party="annotator"),
    Access("batch_inspect", *OWNER, sent_in, is_page=True),
    Access("label_pay_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_list_label_pay", 401, 200, 200, 200),
    Access("item_arbitrate", *OWNER, disputed, is_page=True),
    Access("api_get_labelled_item", 401, 404, 200, 200, disputed),
    Access("likely_errors", *OWNER, published, is_page=True),
    Access("labelled_set_make", *OWNER, published, is_page=True),
    Access("api_get_labelled_set", 401, 404, 200, 200, made),
    Access("labelled_set_file", *OWNER, made, is_page=True),
    Access("api_save_labels_for_label_studio", 401, 404, 200, 403, made),
    Access("api_save_labels_as_records", 401, 404, 200, 403, made),
    Access("api_save_labels_as_croissant", 401, 404, 200, 403, made),
    Access("api_save_labels_as_parquet", 401, 404, 200, 403, made),
    Access("api_look_at_item", *API_POSTED, task, as_party="annotator"),
]

SCOPES = {
    "trade": {
        "api_look_at_item",
        "api_save_batch_items",
    },
    "deliver": {
        "api_save_labels_as_croissant",
        "api_save_labels_as_parquet",
        "api_save_labels_as_records",
        "api_save_labels_for_label_studio",
    },
}
"""The scope that a token needs, of each address beside acts that is not just read."""

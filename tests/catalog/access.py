"""Who is answered what at the addresses of the catalog."""

from __future__ import annotations

from tests.catalog import doors, intake_doors, push_doors, source_doors
from tests.given import quality
from tests.given import sources as given
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import draft_dataset, uploaded_version
from tests.given.doors import Things
from tests.given.world import World


def version(world: World) -> Things:
    """Return a version."""
    return {"pk": uploaded_version(world, draft_dataset(world)).pk}


def sourced(world: World) -> Things:
    """Return a dataset that has a source."""
    return {"pk": given.source(world).dataset_id}


def ruled(world: World) -> Things:
    """Return a dataset whose newest version keeps its rules."""
    return {"pk": quality.ruled(world).pk}


def explained(world: World) -> Things:
    """Return a dataset whose data nobody explained yet."""
    return {"pk": doors.unexplained(world)["pk"]}


ROWS = [
    *push_doors.ROWS,
    *intake_doors.ROWS,
    Access("dataset_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("dataset_register", SIGN_IN, 200, 200, 403, is_page=True),
    Access("dataset_detail", SIGN_IN, 404, 200, 200, doors.approved, is_page=True),
    Access("dataset_revise", SIGN_IN, 404, 200, 403, doors.draft, is_page=True),
    Access("dataset_grade", SIGN_IN, 404, 200, 403, doors.draft, is_page=True),
    Access("dataset_upload", SIGN_IN, 404, 200, 403, doors.draft, is_page=True),
    Access("dataset_dictionary", 405, 405, 405, 405, explained),
    Access("version_dictionary", SIGN_IN, 404, 200, 200, version),
    Access("dataset_annotate", SIGN_IN, 404, 200, 403, explained, is_page=True),
    Access("dataset_review", SIGN_IN, 404, 403, 200, doors.submitted, is_page=True),
    Access("version_take_up", 405, 405, 405, 405, doors.aside),
    Access("dataset_submit", 405, 405, 405, 405, doors.ready),
    Access("dataset_approve", 405, 405, 405, 405, doors.submitted),
    Access("dataset_return", 405, 405, 405, 405, doors.submitted),
    Access("dataset_reopen", 405, 405, 405, 405, doors.approved),
    Access("dataset_retire", 405, 405, 405, 405, doors.draft),
    Access("source_list", SIGN_IN, 404, 200, 200, sourced, is_page=True),
    Access("source_register", SIGN_IN, 404, 200, 403, doors.draft, is_page=True),
    Access("source_detail", SIGN_IN, 404, 200, 200, source_doors.registered, is_page=True),
    # Its address is in no network that is open: the page says so.
    Access("source_tables", SIGN_IN, 404, 200, 403, source_doors.registered, is_page=True),
    # Without a table it leads to the tables.
    Access("drawing_start", SIGN_IN, 404, 302, 403, source_doors.registered),
    Access("drawing_detail", SIGN_IN, 404, 200, 200, source_doors.failed, is_page=True),
    Access("drawing_state", SIGN_IN, 404, 200, 200, source_doors.waiting),
    Access("drawing_cancel", 405, 405, 405, 405, source_doors.waiting),
    Access("source_check", 405, 405, 405, 405, source_doors.registered),
    Access("source_password", 405, 405, 405, 405, source_doors.registered),
    Access("source_close", 405, 405, 405, 405, source_doors.registered),
    Access("api_list_quality_rules", 401, 404, 200, 200, ruled),
    Access("api_list_quality_checks", 401, 404, 200, 200, ruled),
    Access("api_set_quality_rules", 401, 405, 405, 405, doors.approved),
    Access("api_preview_quality_rules", 401, 405, 405, 405, doors.approved),
    Access("api_list_sources", 401, 404, 200, 200, doors.draft),
    Access("api_get_source", 401, 404, 200, 200, source_doors.registered),
    Access("api_list_source_tables", 401, 404, 422, 403, source_doors.registered),
    Access("api_list_drawings", 401, 404, 200, 200, source_doors.registered),
    Access("api_get_drawing", 401, 404, 200, 200, source_doors.waiting),
    Access("api_register_source", 401, 405, 405, 405, doors.draft),
    Access("api_check_source", 401, 405, 405, 405, source_doors.registered),
    Access("api_change_source_password", 401, 405, 405, 405, source_doors.registered),
    Access("api_close_source", 401, 405, 405, 405, source_doors.registered),
    Access("api_start_drawing", 401, 405, 405, 405, source_doors.registered),
    Access("api_cancel_drawing", 401, 405, 405, 405, source_doors.waiting),
    Access("api_list_datasets", 401, 200, 200, 200),
    Access("api_get_dataset", 401, 404, 200, 200, doors.draft),
    Access("api_list_dataset_versions", 401, 404, 200, 200, doors.draft),
    Access("api_get_dataset_version", 401, 404, 200, 200, version),
    Access("api_register_dataset", 401, 405, 405, 405),
    Access("api_revise_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_grade_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_submit_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_approve_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_return_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_reopen_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_retire_dataset", 401, 405, 405, 405, doors.draft),
    Access("api_receive_upload", 401, 405, 405, 405, doors.draft),
    Access("api_read_dictionary", 401, 405, 405, 405, explained),
    Access("api_annotate_columns", 401, 405, 405, 405, version),
    Access("api_take_up_version", 401, 405, 405, 405, doors.aside),
]

SCOPES = {
    "send": push_doors.SENDING,
    "trade": intake_doors.TRADING
    | {
        "api_annotate_columns",
        "api_read_dictionary",
        "api_preview_quality_rules",
        "api_set_quality_rules",
        "api_cancel_drawing",
        "api_change_source_password",
        "api_check_source",
        "api_close_source",
        "api_grade_dataset",
        "api_receive_upload",
        "api_register_dataset",
        "api_register_source",
        "api_reopen_dataset",
        "api_retire_dataset",
        "api_revise_dataset",
        "api_start_drawing",
        "api_submit_dataset",
        "api_take_up_version",
    },
    "administer": {"api_approve_dataset", "api_return_dataset"},
}
"""The scope that a token needs, of each address that is not just read."""

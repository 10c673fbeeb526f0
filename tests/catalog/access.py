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
    Access("api_get_dataset_review", 401, 404, 403, 200, doors.submitted),
    Access("source_list", SIGN_IN, 404, 200, 200, sourced, is_page=True),
    Access("source_register", SIGN_IN, 404, 200, 403, doors.draft, is_page=True),
    Access("source_detail", SIGN_IN, 404, 200, 200, source_doors.registered, is_page=True),
    # Its address is in no network that is open: the page says so.
    Access("source_tables", SIGN_IN, 404, 200, 403, source_doors.registered, is_page=True),
    # Without a table it leads to the tables.
    Access("drawing_start", SIGN_IN, 404, 302, 403, source_doors.registered),
    Access("drawing_detail", SIGN_IN, 404, 200, 200, source_doors.failed, is_page=True),
    Access("drawing_state", SIGN_IN, 404, 200, 200, source_doors.waiting),
    Access("api_list_quality_rules", 401, 404, 200, 200, ruled),
    Access("api_list_quality_checks", 401, 404, 200, 200, ruled),
    Access("api_preview_quality_rules", 401, 405, 405, 405, doors.approved),
    Access("api_list_sources", 401, 404, 200, 200, doors.draft),
    Access("api_get_source", 401, 404, 200, 200, source_doors.registered),
    Access("api_list_source_tables", 401, 404, 422, 403, source_doors.registered),
    Access("api_list_drawings", 401, 404, 200, 200, source_doors.registered),
    Access("api_get_drawing", 401, 404, 200, 200, source_doors.waiting),
    Access("api_list_datasets", 401, 200, 200, 200),
    Access("api_get_dataset", 401, 404, 200, 200, doors.draft),
    Access("api_list_dataset_versions", 401, 404, 200, 200, doors.draft),
    Access("api_get_dataset_version", 401, 404, 200, 200, version),
    Access("api_read_dictionary", 401, 405, 405, 405, explained),
]

SCOPES = {
    "send": push_doors.SENDING,
    "trade": {"api_read_dictionary", "api_preview_quality_rules"},
}
"""The scope that a token needs, of each address beside acts that is not just read."""

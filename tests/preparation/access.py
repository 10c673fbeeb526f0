"""Who is answered what at the addresses of preparation."""

from __future__ import annotations

from uuid import UUID

from marketplace.preparation.version.models import LookReason
from marketplace.preparation.version.services import open_look
from tests.given import preparation as given
from tests.given import quality
from tests.given.access import SIGN_IN, Access
from tests.given.world import World
from tests.preparation.doors import compared, pictured, report, studied, waiting
from tests.preparation.doors_of_roles import relabelled
from tests.preparation.towns import CITY, with_newer_data


def version(world: World) -> dict[str, object]:
    """Return a source version on its way to a masked one."""
    return {"pk": given.passed_report(world).version.parent_id}


def look(world: World) -> dict[str, object]:
    """Return a look at raw rows of a source version."""
    opened = open_look(
        UUID(str(version(world)["pk"])), reason=LookReason.MASKS, by=world.actor("officer")
    )
    return {"pk": opened.pk}


def column(world: World) -> dict[str, object]:
    """Return a column of a source version on its way to a masked one."""
    return version(world) | {"position": CITY}


def adoptable(world: World) -> dict[str, object]:
    """Return a run that tried treatments, and one that a policy makes."""
    return studied(world) | {"place": 1}


def ruled(world: World) -> dict[str, object]:
    """Return a dataset whose newest version keeps its rules."""
    return {"pk": quality.ruled(world).pk}


def copyable(world: World) -> dict[str, object]:
    """Return a classified version and the policy of other data."""
    source = given.confirmed(world, given.classified_version(world))
    return {"pk": given.classified_version(world, title="Others").pk, "policy": source.pk}


def to_fill_in(world: World) -> dict[str, object]:
    """Return a classified version beside which another was decided on."""
    return {"pk": copyable(world)["pk"]}


ROWS = [
    Access("dataset_quality", SIGN_IN, 404, 200, 200, ruled, is_page=True),
    Access("quality_edit", SIGN_IN, 404, 200, 403, ruled, is_page=True),
    Access("api_get_proposed_quality_rules", 401, 404, 200, 200, ruled),
    Access("preparation_detail", SIGN_IN, 404, 200, 200, version, is_page=True),
    Access("policy_confirm", SIGN_IN, 404, 200, 403, version, is_page=True),
    Access("hierarchy_edit", SIGN_IN, 404, 200, 403, column, is_page=True),
    Access("hierarchy_download", SIGN_IN, 404, 200, 403, column),
    Access("hierarchies_inherit", SIGN_IN, 404, 200, 403, with_newer_data, is_page=True),
    Access("look_list", SIGN_IN, 404, 200, 200, version, is_page=True),
    Access("api_list_looks", 401, 404, 200, 200, version),
    Access("api_get_look", 401, 404, 200, 200, look),
    Access("raw_data_destroy", SIGN_IN, 404, 200, 403, version, is_page=True),
    Access("synthetic_ask", SIGN_IN, 404, 200, 403, version, is_page=True),
    Access("tradeoff_detail", SIGN_IN, 404, 200, 200, pictured, is_page=True),
    Access("comparison_detail", SIGN_IN, 404, 200, 200, compared, is_page=True),
    Access("roles_review", SIGN_IN, 404, 200, 200, relabelled, is_page=True),
    Access("run_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("run_detail", SIGN_IN, 404, 200, 200, waiting, is_page=True),
    Access("run_state", SIGN_IN, 404, 200, 200, waiting),
    Access("risk_report_detail", SIGN_IN, 404, 200, 200, report, is_page=True),
    Access("api_list_findings", 401, 404, 200, 200, version),
    Access("api_get_preparation", 401, 404, 200, 200, version),
    Access("api_get_policy", 401, 404, 200, 200, version),
    Access("api_list_policies_to_copy", 401, 404, 200, 200, to_fill_in),
    Access("api_get_copied_policy", 401, 404, 200, 200, copyable),
    Access("api_list_hierarchies", 401, 404, 200, 200, version),
    Access("api_list_earlier_releases", 401, 404, 200, 200, version),
    Access("api_get_privacy_budget", 401, 404, 200, 200, version),
    Access("api_get_study", 401, 404, 200, 200, studied),
    Access("api_get_treatment_policy", 401, 404, 200, 200, adoptable),
    Access("api_list_runs", 401, 200, 200, 200),
    Access("api_get_run", 401, 404, 200, 200, waiting),
    Access("api_list_risk_reports", 401, 200, 200, 200),
    Access("api_get_risk_report", 401, 404, 200, 200, report),
]

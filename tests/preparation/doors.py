"""The acts of preparation and their doors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marketplace.catalog.dataset.services import reopen_dataset
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.report.services import withdraw_report
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.study.services import start_comparison
from tests.given import preparation as given
from tests.given.doors import DoorCase, Things, to
from tests.given.treatments import tried_version
from tests.given.world import World
from tests.preparation import doors_of_releases, doors_of_roles
from tests.preparation.doors_of_roles import REASON
from tests.preparation.towns import CITY, TOWNS, with_hierarchy, with_newer_data


def approved(world: World) -> Things:
    """Return a source version whose content is approved."""
    return {"pk": given.approved_source(world).pk}


def classified(world: World) -> Things:
    """Return a classified source version, and a policy for it."""
    version = given.classified_version(world)
    return {"pk": version.pk, "policy": given.without_trace(version)}


def unclassified(world: World) -> Things:
    """Return a source version without findings, and the policy of another one."""
    policy = given.without_trace(given.classified_version(world))
    return {"pk": given.approved_source(world, title="Another table").pk, "policy": policy}


def confirmed(world: World) -> Things:
    """Return a source version with a confirmed policy."""
    return {"pk": given.confirmed_version(world).pk}


def reopened(world: World) -> Things:
    """Return a source version whose dataset was opened for changes."""
    version = given.confirmed_version(world)
    reopen_dataset(version.dataset_id, by=world.actor("officer"))
    return {"pk": version.pk}


def waiting(world: World) -> Things:
    """Return a run that waits."""
    return {"pk": given.queued_masking(world).pk}


def queued(world: World) -> Things:
    """Return a source version on which a run waits."""
    return {"pk": given.queued_masking(world).version_id}


def done(world: World) -> Things:
    """Return a run that ended."""
    run = start_masking(given.confirmed_version(world).pk, by=world.actor("officer"))
    execute_run(run.pk)
    return {"pk": run.pk}


def studied(world: World) -> Things:
    """Return a run that tried treatments."""
    study = last_study(tried_version(world), RunKind.TRADEOFF)
    assert study is not None
    return {"pk": study.run_id}


def pictured(world: World) -> Things:
    """Return a source version of which treatments were tried."""
    return {"pk": tried_version(world).pk}


def compared(world: World) -> Things:
    """Return a source version of which a masked version was compared."""
    things = masked(world)
    run = start_comparison(
        things["pk"], masked=[UUID(things["masked"][0])], by=world.actor("officer")
    )
    execute_run(run.pk)
    return {"pk": things["pk"]}


def report(world: World) -> Things:
    """Return a risk report in force."""
    return {"pk": given.passed_report(world).pk}


def withdrawn(world: World) -> Things:
    """Return a risk report that was withdrawn."""
    kept = given.passed_report(world)
    withdraw_report(kept.pk, reason="Wrong columns", by=world.actor("officer"))
    return {"pk": kept.pk}


def policy_sent(things: Things) -> dict[str, Any]:
    """Fill the policy form in."""
    policy = things["policy"]
    sent: dict[str, Any] = {
        "method": policy["method"],
        "private_values": 1,
        "smallest_class": policy["smallest_class"],
        "suppression_limit": policy["suppression_limit"] * 100,
    }
    for place, rule in enumerate(policy["columns"]):
        sent |= {f"columns.{place}.{part}": rule[part] for part in ("role", "mask")}
    return sent


policy_form = to("policy_confirm", policy_sent)


def masked(world: World) -> Things:
    """Return a source version and the masked version that was made from it."""
    version = given.passed_report(world).version
    return {"pk": version.parent_id, "masked": [str(version.pk)]}


def being_compared(world: World) -> Things:
    """Return a source version of which another masked version is being compared."""
    first = given.masked_version(world)
    assert first.parent is not None
    document = given.without_trace(first.parent) | {"smallest_class": 20}
    second = given.masked(world, first.parent, document=document)
    start_comparison(first.parent.pk, masked=[first.pk], by=world.actor("officer"))
    return {"pk": first.parent.pk, "masked": [str(second.pk)]}


WRITTEN_TOWNS = "\n".join(";".join(row) for row in TOWNS)


def chosen(things: Things) -> dict[str, Any]:
    """Return the chosen versions."""
    return {"masked": things["masked"]}


CASES = [
    *doors_of_releases.CASES,
    *doors_of_roles.CASES,
    DoorCase(
        act="preparation.profile.services.start_profile",
        given=approved,
        actor="officer",
        page=to("profile_start"),
        api=to("api_start_profile"),
        fact="preparation.run_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=reopened,
        again="already",
    ),
    DoorCase(
        act="preparation.policy.services.confirm_policy",
        given=classified,
        actor="officer",
        page=policy_form,
        api=to("api_confirm_policy", lambda things: things["policy"]),
        fact="preparation.policy_confirmed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=unclassified,
        again="already",
    ),
    DoorCase(
        act="preparation.version.services.open_look",
        given=classified,
        actor="officer",
        page=to("look_open", {"reason": "levels", "column": "city", "note": "Towns differ."}),
        api=to("api_open_look", {"reason": "levels", "column": "city", "note": "Towns differ."}),
        fact="preparation.raw_rows_opened",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="preparation.column.services.set_hierarchy",
        given=classified,
        actor="officer",
        page=to("hierarchy_edit", {"rows": WRITTEN_TOWNS}, position=CITY),
        api=to("api_set_hierarchy", {"column": "city", "rows": TOWNS}),
        fact="preparation.hierarchy_set",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=reopened,
        again="already",
    ),
    DoorCase(
        act="preparation.column.services.clear_hierarchy",
        given=with_hierarchy,
        actor="colleague",
        page=to("hierarchy_clear", position=CITY),
        api=to("api_clear_hierarchy", {"column": "city"}),
        fact="preparation.hierarchy_cleared",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=reopened,
        again="already",
    ),
    DoorCase(
        act="preparation.column.services.inherit_hierarchies",
        given=with_newer_data,
        actor="colleague",
        page=to("hierarchies_inherit"),
        api=to("api_inherit_hierarchies"),
        fact="preparation.hierarchy_set",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=reopened,
        again="already",
    ),
    DoorCase(
        act="preparation.masking.services.start_masking",
        given=confirmed,
        actor="officer",
        page=to("masking_start"),
        api=to("api_start_masking"),
        fact="preparation.run_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=reopened,
        again="already",
    ),
    DoorCase(
        act="preparation.raw_data.services.destroy_raw_data",
        given=approved,
        actor="colleague",
        page=to("raw_data_destroy", {"confirm": "on"}),
        api=to("api_destroy_raw_data"),
        fact="catalog.raw_data_destroyed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=queued,
        again="already",
    ),
    DoorCase(
        act="preparation.study.services.start_tradeoff",
        given=classified,
        actor="officer",
        page=to("tradeoff_start"),
        api=to("api_start_tradeoff"),
        fact="preparation.run_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=reopened,
        again="already",
    ),
    DoorCase(
        act="preparation.study.services.start_comparison",
        given=masked,
        actor="officer",
        page=to("comparison_detail", chosen),
        api=to("api_start_comparison", chosen),
        fact="preparation.run_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=being_compared,
        again="already",
    ),
    DoorCase(
        act="preparation.run.services.cancel_run",
        given=waiting,
        actor="colleague",
        page=to("run_cancel"),
        api=to("api_cancel_run"),
        fact="preparation.run_cancelled",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=done,
        again="already",
    ),
    DoorCase(
        act="preparation.report.services.withdraw_report",
        given=report,
        actor="reviewer",
        page=to("risk_report_withdraw", REASON),
        api=to("api_withdraw_report", REASON),
        fact="preparation.risk_report_withdrawn",
        scope="administer",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=withdrawn,
    ),
]

"""The acts of the catalog and their doors."""

from __future__ import annotations

from dataclasses import asdict

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import retire_dataset
from tests.catalog import intake_doors, push_doors, source_doors
from tests.given import arrivals
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    approved_dataset,
    description,
    draft_dataset,
    ready_dataset,
    source_version,
    submitted_dataset,
    uploaded_version,
)
from tests.given.doors import DoorCase, Things, to
from tests.given.quality import rule
from tests.given.world import World

DESCRIBED = asdict(description(title="Bus trips"))
HARM = {"object": "economy", "degree": "serious"}
LABELS = {"day": "Day", "line": "Line"}


def nothing(world: World) -> Things:
    """Need nothing."""
    return {}


def draft(world: World) -> Things:
    """Return a dataset without data."""
    return {"pk": draft_dataset(world).pk}


def ready(world: World) -> Things:
    """Return a dataset that can be submitted."""
    return {"pk": ready_dataset(world).pk}


def submitted(world: World) -> Things:
    """Return a dataset under review."""
    return {"pk": submitted_dataset(world).pk}


def approved(world: World) -> Things:
    """Return an approved dataset."""
    return {"pk": approved_dataset(world).pk}


def retired(world: World) -> Things:
    """Return a retired dataset."""
    dataset = draft_dataset(world)
    return {"pk": retire_dataset(dataset.pk, reason="Unused", by=world.actor("officer")).pk}


def unexplained(world: World) -> Things:
    """Return a dataset with data that nobody explained."""
    return with_version(world, draft_dataset(world))


def with_version(world: World, dataset: Dataset) -> Things:
    """Return a dataset and its newest version."""
    return {"pk": dataset.pk, "version": uploaded_version(world, dataset).pk}


def frozen(world: World) -> Things:
    """Return an approved dataset and its version."""
    dataset = approved_dataset(world)
    return {"pk": dataset.pk, "version": source_version(dataset).pk}


def aside(world: World) -> Things:
    """Return a version that was set aside."""
    return {"pk": arrivals.set_aside(world).pk}


def taken_up(world: World) -> Things:
    """Return a version that was taken up."""
    return {"pk": arrivals.taken_up(world).pk}


def rules_form(things: Things) -> dict[str, str]:
    """Return the form of one rule as a browser sends it."""
    sent = {
        "keep": "on",
        "kind": "range",
        "column": "boardings",
        "at_least": "0",
        "tolerance": "0",
        "severity": "blocks",
    }
    return {"count": "1"} | {f"rule-0-{name}": said for name, said in sent.items()}


def edited(things: Things) -> dict[str, object]:
    """Return the table editor as a browser sends it."""
    data: dict[str, object] = {
        "form-TOTAL_FORMS": len(LABELS),
        "form-INITIAL_FORMS": len(LABELS),
    }
    for number, (name, label) in enumerate(LABELS.items()):
        data |= {
            f"form-{number}-name": name,
            f"form-{number}-label": label,
            f"form-{number}-meaning": "",
            f"form-{number}-unit": "",
            f"form-{number}-code_list": "",
        }
    return data


editor = to("dataset_annotate", edited)
NAMED = {"columns": [{"name": name, "label": label} for name, label in LABELS.items()]}


CASES = [
    DoorCase(
        act="catalog.dataset.services.register_dataset",
        given=nothing,
        actor="officer",
        page=to("dataset_register", DESCRIBED | {"request_key": "one-form"}),
        api=to("api_register_dataset", DESCRIBED),
        fact="catalog.dataset_registered",
        scope="trade",
        not_allowed="buyer",
        again="new",
    ),
    DoorCase(
        act="catalog.dataset.services.revise_dataset",
        given=draft,
        actor="colleague",
        page=to("dataset_revise", DESCRIBED),
        api=to("api_revise_dataset", DESCRIBED),
        fact="catalog.dataset_revised",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=approved,
        again="already",
    ),
    DoorCase(
        act="catalog.grade.services.grade_dataset",
        given=draft,
        actor="officer",
        page=to("dataset_grade", {HARM["object"]: HARM["degree"]}),
        api=to("api_grade_dataset", {"impacts": [HARM], "negative_list": []}),
        fact="catalog.dataset_graded",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=submitted,
        again="already",
    ),
    DoorCase(
        act="catalog.dataset.services.reopen_dataset",
        given=approved,
        actor="officer",
        page=to("dataset_reopen"),
        api=to("api_reopen_dataset"),
        fact="catalog.dataset_reopened",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=draft,
    ),
    DoorCase(
        act="catalog.dataset.services.retire_dataset",
        given=approved,
        actor="officer",
        page=to("dataset_retire", {"reason": "The source ended."}),
        api=to("api_retire_dataset", {"reason": "The source ended."}),
        fact="catalog.dataset_retired",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=submitted,
    ),
    DoorCase(
        act="catalog.new_version.services.receive_upload",
        given=draft,
        actor="officer",
        page=None,
        api=to("api_receive_upload", intake_doors.table),
        fact="catalog.version_received",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=retired,
        again="already",
        api_format="multipart",
        only="Pages hand files in, and show how they are read.",
    ),
    DoorCase(
        act="catalog.version.services.annotate_columns",
        given=unexplained,
        actor="officer",
        page=editor,
        api=to("api_annotate_columns", NAMED, pk=lambda things: things["version"]),
        fact="catalog.columns_annotated",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=frozen,
        again="already",
    ),
    DoorCase(
        act="catalog.new_version.services.take_up_version",
        given=aside,
        actor="officer",
        page=to("version_take_up"),
        api=to("api_take_up_version"),
        fact="catalog.version_taken_up",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=taken_up,
    ),
    DoorCase(
        act="catalog.approval.services.submit_dataset",
        given=ready,
        actor="officer",
        page=to("dataset_submit"),
        api=to("api_submit_dataset"),
        fact="catalog.dataset_submitted",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=approved,
    ),
    DoorCase(
        act="catalog.approval.services.approve_dataset",
        given=submitted,
        actor="reviewer",
        page=to("dataset_approve", {"checklist": list(CONTENT_CHECKLIST)}),
        api=to("api_approve_dataset", {"checklist": list(CONTENT_CHECKLIST)}),
        fact="catalog.dataset_approved",
        scope="administer",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=ready,
    ),
    DoorCase(
        act="catalog.approval.services.return_dataset",
        given=submitted,
        actor="reviewer",
        page=to("dataset_return", {"reason": "Name the units."}),
        api=to("api_return_dataset", {"reason": "Name the units."}),
        fact="catalog.dataset_returned",
        scope="administer",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=ready,
    ),
    DoorCase(
        act="catalog.quality.services.set_quality_rules",
        given=approved,
        actor="officer",
        page=to("quality_edit", rules_form),
        api=to("api_set_quality_rules", {"rules": [rule("range", "boardings", at_least="0")]}),
        fact="catalog.quality_rules_set",
        scope="trade",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=retired,
        again="already",
    ),
    *source_doors.CASES,
    *push_doors.CASES,
    *intake_doors.CASES,
]

"""The acts of labelling and their doors."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.services import save_batch_items
from marketplace.core.records import Record
from tests.annotation.exchanged import items_of, labelled_elsewhere
from tests.given import annotation as given
from tests.given.doors import DoorCase, Things, To, to
from tests.given.preparation import classified_version
from tests.given.world import World

NUMBERS = {
    "rows": 20,
    "overlap_percent": 50,
    "overlap_count": 2,
    "gold_percent": 20,
    "batch_size": 5,
    "pass_percent": 80,
    "price": "0.30",
    "quality_limit": "4.0",
}
TEXTS = {"text": "Another guideline.", "examples": "9,000: high"}


def plan(route: str, title: str, classes: object) -> To:
    """Return a sender of a plan, whose classes a page writes as lines."""
    sent = {"title": title, "kind": "one", "classes": classes, "columns": given.COLUMNS, **NUMBERS}
    return to(route, lambda things: {**sent, "organizations": [str(things["service"])]})


LINES = "\n".join(f"{one['code']} = {one['label']}" for one in given.CLASSES)


def key_of(reach: Callable[[World], Record]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached, and a service organization."""
    return lambda world: {"pk": reach(world).pk, "service": given.services(world)[0]}


version = key_of(given.usable)
source = key_of(classified_version)
draft = key_of(given.drafted)
ready = key_of(given.ready)
published = key_of(given.published)
paused = key_of(given.paused)
closed = key_of(given.closed)
accepted = key_of(given.accepted)
labelled = key_of(given.labelled)
taken = key_of(given.taken)
sent_in = key_of(given.sent_in)
seen_task = key_of(given.seen_task)


def renewable(world: World) -> Things:
    """Return a project of data that a person left, and the version made anew without them."""
    project = given.renewable(world)
    return {"pk": project.pk, "version": given.version_anew(project).pk}


def made_anew(things: Things) -> dict[str, str]:
    """Return the version made anew, as it is sent."""
    return {"version": str(things.get("version", uuid4()))}


def task_handed_in(world: World) -> Things:
    """Return an item of a batch that is handed in."""
    task = given.sent_in(world).tasks.first()
    assert task is not None, "A batch has items."
    return {"pk": task.pk}


def funded(world: World) -> Things:
    """Return a project whose owner has earned something."""
    return {"pk": given.published(world).pk}


def of_sample(world: World) -> Things:
    """Return a batch that waits, and a place of its sample."""
    batch = given.sent_in(world)
    return {"pk": batch.pk, "wrong": batch.sample[:1]}


def wrong(things: Things) -> Things:
    """Return what is wrong in a sample."""
    return {"wrong": things.get("wrong", [])}


disputed, decided = key_of(given.disputed), key_of(given.decided)


def undisputed(world: World) -> Things:
    """Return an item about which annotators agree."""
    item = given.decided(world)
    agreed = item.project.items.filter(gold__isnull=True).exclude(pk=item.pk).first()
    assert agreed is not None, "There are four items."
    return {"pk": agreed.pk}


def to_be_made(world: World) -> Things:
    """Return a project whose labels are all known."""
    return {"pk": given.decided(world).project_id}


def undecided(world: World) -> Things:
    """Return a project about whose items annotators disagree."""
    return {"pk": given.disputed(world).project_id}


def saved(world: World) -> Things:
    """Return a batch whose items were saved, and what another program says of them."""
    batch = given.taken(world)
    items = items_of(save_batch_items(batch.pk, by=world.actor("annotator")))
    return {"pk": batch.pk, "tasks": labelled_elsewhere(items)}


def saved_and_handed_in(world: World) -> Things:
    """Return a batch that is handed in, with labels for it."""
    things = saved(world)
    given.handed_in(world, Batch.objects.get(pk=things["pk"]), by="annotator")
    return things


def tasks_file(things: Things) -> dict[str, SimpleUploadedFile]:
    """Return labels as a file."""
    content = json.dumps(things["tasks"]).encode()
    return {"upload": SimpleUploadedFile("export.json", content, "application/json")}


NAMED = {"title": "Labelled incomes", "abstract": "Four incomes by class."}
MONEY = {"amount": "5.00", "request_key": "door"}
GOLD_PAGE = {"classes": "high"}

CASES = [
    DoorCase(
        act="annotation.project.services.open_labelling",
        given=version,
        actor="officer",
        page=plan("labelling_open", given.TITLE, LINES),
        api=plan("api_open_labelling", given.TITLE, given.CLASSES),
        fact="annotation.labelling_opened",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=source,
        again="new",
        only="A second project over the same version is another one.",
    ),
    DoorCase(
        act="annotation.project.services.edit_labelling",
        given=draft,
        actor="officer",
        page=plan("labelling_edit", "Another title", LINES),
        api=plan("api_edit_labelling", "Another title", given.CLASSES),
        fact="annotation.labelling_edited",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=published,
        again="already",
    ),
    DoorCase(
        act="annotation.project.services.write_guideline",
        given=draft,
        actor="officer",
        page=to("guideline_write", TEXTS),
        api=to("api_write_guideline", TEXTS),
        fact="annotation.guideline_written",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=closed,
        again="already",
    ),
    DoorCase(
        act="annotation.project.services.set_gold",
        given=draft,
        actor="officer",
        page=to("labelling_item", GOLD_PAGE, row=3),
        api=to("api_set_gold", {"row": 3, "classes": ["high"]}),
        fact="annotation.gold_set",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=published,
        again="already",
    ),
    DoorCase(
        act="annotation.project.services.publish_labelling",
        given=ready,
        actor="officer",
        page=to("labelling_publish"),
        api=to("api_publish_labelling"),
        fact="annotation.labelling_published",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=draft,
    ),
    DoorCase(
        act="annotation.project.services.pause_labelling",
        given=published,
        actor="officer",
        page=to("labelling_pause"),
        api=to("api_pause_labelling"),
        fact="annotation.labelling_paused",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=draft,
    ),
    DoorCase(
        act="annotation.closing.services.close_labelling",
        given=published,
        actor="officer",
        page=to("labelling_close"),
        api=to("api_close_labelling"),
        fact="annotation.labelling_closed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=closed,
    ),
    DoorCase(
        act="annotation.renewal.services.renew_labelling",
        given=renewable,
        actor="officer",
        page=to("labelling_renew", made_anew),
        api=to("api_renew_labelling", made_anew),
        fact="annotation.labelling_renewed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=published,
    ),
    DoorCase(
        act="annotation.batch.services.take_batch",
        given=key_of(given.qualified),
        actor="annotator",
        page=to("batch_take"),
        api=to("api_take_batch"),
        fact="annotation.batch_taken",
        scope="trade",
        not_visible="stranger",
        wrong_state=paused,
        again="already",
        only="Nobody sees what is open to annotators but they.",
    ),
    DoorCase(
        act="annotation.batch.services.label_item",
        given=seen_task,
        actor="annotator",
        page=to("item_label", {"classes": "low"}),
        api=to("api_label_item", {"classes": ["low"]}),
        fact="annotation.label_given",
        scope="trade",
        not_visible="officer",
        wrong_state=task_handed_in,
        again="already",
        only="Nobody sees an item but the annotator in whose batch it lies.",
    ),
    DoorCase(
        act="annotation.batch.services.take_labels_in",
        given=saved,
        actor="annotator",
        page=to("labels_take_in", tasks_file),
        api=to("api_take_labels_in", lambda things: {"tasks": things["tasks"]}),
        fact="annotation.labels_taken_in",
        scope="trade",
        not_visible="officer",
        wrong_state=saved_and_handed_in,
        again="already",
        only="Nobody sees such a batch but its annotator.",
    ),
    DoorCase(
        act="annotation.batch.services.hand_in_batch",
        given=labelled,
        actor="annotator",
        page=to("batch_hand_in"),
        api=to("api_hand_in_batch"),
        fact="annotation.batch_handed_in",
        scope="trade",
        not_allowed="officer",
        not_visible="second_annotator",
        wrong_state=taken,
    ),
    DoorCase(
        act="annotation.pay.services.fund_labelling",
        given=funded,
        actor="finance",
        page=to("labelling_fund", MONEY),
        api=to("api_fund_labelling", MONEY),
        fact="annotation.labelling_funded",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=closed,
        again="already",
    ),
    DoorCase(
        act="annotation.acceptance.services.inspect_batch",
        given=of_sample,
        actor="officer",
        page=to("batch_inspect", wrong),
        api=to("api_inspect_batch", wrong),
        fact="annotation.batch_inspected",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=accepted,
    ),
    DoorCase(
        act="annotation.arbitration.services.arbitrate_item",
        given=disputed,
        actor="officer",
        page=to("item_arbitrate", {"classes": "high"}),
        api=to("api_arbitrate_item", {"classes": ["high"]}),
        fact="annotation.item_arbitrated",
        scope="trade",
        not_allowed="reviewer",
        not_visible="annotator",
        wrong_state=decided,
    ),
    DoorCase(
        act="annotation.arbitration.services.doubt_label",
        given=undisputed,
        actor="officer",
        page=to("label_doubt"),
        api=to("api_doubt_label"),
        fact="annotation.label_doubted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="annotator",
        wrong_state=decided,
    ),
    DoorCase(
        act="annotation.labelled_set.services.make_labelled_set",
        given=to_be_made,
        actor="officer",
        page=to("labelled_set_make", NAMED),
        api=to("api_make_labelled_set", NAMED),
        fact="annotation.labelled_set_made",
        scope="trade",
        not_allowed="reviewer",
        not_visible="annotator",
        wrong_state=undecided,
    ),
]

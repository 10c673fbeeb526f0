"""Free answers and corrected columns: as data, on a page, compared, and taken out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from marketplace.annotation.agreement.alpha import Undefined
from marketplace.annotation.arbitration.selectors import outcomes_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    save_batch_items,
    take_batch,
    take_labels_in,
)
from marketplace.annotation.formats.label_studio import read_tasks
from marketplace.annotation.formats.tc609 import check_records
from marketplace.annotation.kinds.kind import Answer, Scheme
from marketplace.annotation.kinds.written import corrections, folded
from marketplace.annotation.labelled_set.exporting import told_of
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.services import make_labelled_set, take_out_labels
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.scheme import checked_answer, scheme_of
from marketplace.annotation.project.services import (
    open_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.annotation.quality.selectors import quality_of
from marketplace.core.errors import Invalid
from tests.annotation.exchanged import items_of
from tests.conftest import ApiClients, PageClients
from tests.given import annotation as given
from tests.given.world import World

TEXTS = {"city": "Fuzhou", "age": "28"}
GOLD = {"text": Answer(text="A short answer"), "fields": Answer(fields={})}
FREE, FIELDS = scheme_of("text", []), scheme_of("fields", [])


@pytest.mark.parametrize(
    ("scheme", "answer", "kept"),
    [
        (FREE, Answer(text=" Noise at night. "), Answer(text="Noise at night.")),
        (FIELDS, Answer(fields={}), Answer(fields={})),
        (FIELDS, Answer(fields={"city": " Ｐutian "}), Answer(fields={"city": "Putian"})),
        (FIELDS, Answer(fields={"city": "Fuzhou ", "age": ""}), Answer(fields={"age": ""})),
    ],
)
def test_an_answer_is_kept_in_one_way(scheme: Scheme, answer: Answer, kept: Answer) -> None:
    """Of columns those alone that read another way; width and blanks are none."""
    found = checked_answer(scheme, answer, TEXTS)
    assert found == kept
    assert Answer.from_json(found.as_json()) == found


@pytest.mark.parametrize(
    ("scheme", "answer", "field"),
    [
        (FREE, Answer(), "text"),
        (FREE, Answer(text=" "), "text"),
        (FREE, Answer(text="x" * 2001), "text"),
        (FREE, Answer(("low",), text="x"), "text"),
        (FIELDS, Answer(), "fields"),
        (FIELDS, Answer(fields={"name": "Li"}), "fields"),
        (FIELDS, Answer(fields={"city": "x" * 2001}), "fields"),
        (scheme_of("one", given.CLASSES), Answer(("low",), text="x"), "classes"),
    ],
)
def test_what_is_not_asked_for_is_refused(scheme: Scheme, answer: Answer, field: str) -> None:
    """Nothing said, too much, or a column that is not shown."""
    with pytest.raises(Invalid) as refused:
        checked_answer(scheme, answer, TEXTS)
    assert (refused.value.code, set(refused.value.fields)) == ("label-does-not-fit", {field})


def test_free_answers_are_alike_save_for_case_and_blanks() -> None:
    """The gold item's too."""
    assert folded("Noise  at ＮIGHT") == folded("noise at night")
    gold = Answer(text="Noise at night").as_json()
    assert FREE.kind.is_right(Answer(text="noise at NIGHT").as_json(), gold)
    assert not FREE.kind.is_right(Answer(text="Water").as_json(), gold)
    assert corrections({"city": "FUZHOU"}, TEXTS) == {"city": "FUZHOU"}


def published(world: World, kind: str) -> LabellingProject:
    """Return a project of a kind without classes, of four items that two people label."""
    by, admitted = world.actor("officer"), [given.services(world)[0]]
    planned = given.plan(
        admitted,
        kind=kind,
        classes=[],
        columns=given.STEADY,
        rows=9,
        overlap_percent=100,
        gold_percent=0,
    )
    project = open_labelling(given.usable(world).pk, plan=planned, by=by)
    write_guideline(project.pk, text=given.GUIDELINE, by=by)
    for row in range(1, 6):
        set_gold(project.pk, row=row, answer=GOLD[kind], by=by)
    given.funded(world, project)
    return publish_labelling(project.pk, by=by)


def taken(world: World, project: LabellingProject, person: str) -> Batch:
    """Let somebody qualify and take a batch."""
    given.begin(world, project, person, gold=GOLD[project.kind])
    return take_batch(project.pk, by=world.actor(person))


SAID = {"text": Answer(text="Noise"), "fields": Answer(fields={"city": "Putian"})}
OTHER = {"text": Answer(text="Water"), "fields": Answer(fields={})}


def made(world: World, kind: str) -> LabelledSet:
    """Return a set of four items: two people said the same of three, and one was decided."""
    project = published(world, kind)
    for person in ("annotator", "second_annotator"):
        batch = taken(world, project, person)
        for task in batch.tasks.select_related("item"):
            differs = task.item.row == 9 and person == "annotator"
            given.label(world, task, (OTHER if differs else SAID)[kind], by=person)
        given.inspected(world, hand_in_batch(batch.pk, by=world.actor(person)))
    item = Item.objects.get(project=project, row=9)
    assert outcomes_of([item])[0].is_disputed
    arbitrate_item(item.pk, answer=SAID[kind], by=world.actor("officer"))
    by = world.actor("officer")
    return make_labelled_set(project.pk, title="Answers", abstract="Four answers.", by=by)


@pytest.mark.parametrize("kind", ["text", "fields"])
def test_from_the_answers_to_the_files(kind: str, world: World, page_of: PageClients) -> None:
    """Who differs is decided on; the set goes out for Label Studio and as TC609 records."""
    labelled = made(world, kind)
    project, by = labelled.project, world.actor("officer")
    quality = quality_of(project)
    if kind == "text":
        assert (quality.whole.alpha, quality.same, quality.whole.items) == (None, 3, 4)
    else:
        assert quality.same is None
        found = {one.label: one.agreement for one in quality.classes}
        assert found["age"].undefined == Undefined.ALL_ALIKE, "Nobody corrected it."
        assert found["city"].alpha is not None
    page = page_of("officer").get(reverse("labelling_detail", args=[project.pk])).content.decode()
    assert ("not defined for them" in page) == (kind == "text")
    said = SAID[kind].text or json.dumps(SAID[kind].fields)
    tasks = items_of(take_out_labels(labelled.pk, form="label_studio", by=by).content)
    items = read_tasks(tasks, told_of(labelled).scheme)
    gold = GOLD[kind].text or json.dumps(GOLD[kind].fields)
    assert [one.accepted.text for one in items if one.accepted] == [gold] * 5 + [said] * 4
    lines = take_out_labels(labelled.pk, form="tc609", by=by).content.decode().splitlines()
    assert check_records([json.loads(line) for line in lines]) == 9
    for form in ("croissant", "parquet"):
        assert take_out_labels(labelled.pk, form=form, by=by).content


@pytest.mark.parametrize(
    ("kind", "sent", "answer"),
    [
        ("text", {"text": "Noise"}, {"text": "Noise"}),
        ("fields", {"column_0": "Putian"}, {"fields": {"city": "Putian"}}),
    ],
)
def test_it_is_answered_on_a_page_and_by_a_program(
    kind: str,
    sent: dict[str, Any],
    answer: dict[str, Any],
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
) -> None:
    """A page shows what was said; a program names it as it is kept, or skips."""
    task = taken(world, published(world, kind), "annotator").tasks.all()[0]
    address = reverse("item_batch", args=[task.batch_id])
    page = page_of("annotator").get(address, {"at": "1"}).content.decode()
    assert "textarea" in page
    if kind == "fields":
        shown = given.shown_by_item(task.item.project)[task.item_id]
        sent = {**sent, "column_1": shown[1]}
    page_of("annotator").post(reverse("item_label", args=[task.pk]), sent)
    task.refresh_from_db()
    assert task.answer == {"classes": [], "spans": [], **answer}
    again = page_of("annotator").get(address, {"at": "1"}).content.decode()
    assert next(iter(sent.values())) in again
    name = "text" if kind == "text" else "corrected"
    told = api_of("annotator").post(
        reverse("api_label_item", args=[task.pk]), {name: next(iter(answer.values()))}
    )
    assert told.status_code == 200
    assert told.json()["answer"][name] == next(iter(answer.values()))
    skipped = api_of("annotator").post(
        reverse("api_label_item", args=[task.pk]), {"skipped": "It cannot be read."}
    )
    assert skipped.json()["answer"] is None


def test_corrections_come_back_from_label_studio(world: World) -> None:
    """As an object of texts by column, and as nothing else."""
    batch = taken(world, published(world, "fields"), "annotator")
    by = world.actor("annotator")
    items = items_of(save_batch_items(batch.pk, by=by))
    with pytest.raises(Invalid) as refused:
        take_labels_in(batch.pk, tasks=written(items, "Putian"), by=by)
    assert refused.value.code == "label-does-not-fit"
    take_labels_in(batch.pk, tasks=written(items, '{"city": "Putian"}'), by=by)
    answers = Task.objects.filter(batch=batch).values_list("answer", flat=True)
    assert {one["fields"].get("city", "") for one in answers if one} <= {"Putian", ""}
    task = batch.tasks.all()[0]
    with pytest.raises(Invalid):
        label_item(task.pk, answer=Answer(fields={"name": "Li"}), by=by)


def written(tasks: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return tasks as Label Studio exports them, with a written answer each."""
    result = {
        "from_name": "label",
        "to_name": "text",
        "type": "textarea",
        "origin": "manual",
        "value": {"text": [text]},
    }
    said = {"completed_by": 7, "created_at": "2026-03-31T08:00:00Z", "result": [result]}
    return json.loads(json.dumps([{**task, "annotations": [said]} for task in tasks]))

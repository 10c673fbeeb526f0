"""Labelling from a plan to batches that are handed in."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.urls import reverse

from marketplace.annotation.batch.models import Annotator, Batch, ItemLook, Label, Task
from marketplace.annotation.batch.progress import annotators_of, progress_of
from marketplace.annotation.batch.selectors import batches_visible_to, free_items
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    look_at_item,
    take_batch,
)
from marketplace.annotation.kinds.kind import Answer, Span
from marketplace.annotation.project import reading
from marketplace.annotation.project.models import Guideline, Item, LabellingProject
from marketplace.annotation.project.reading import cells_of, cells_of_rows
from marketplace.annotation.project.services import (
    edit_labelling,
    open_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotFound, Refusal, WrongState
from marketplace.preparation.report.selectors import report_of
from marketplace.vault.services import remove_stored
from tests.conftest import ApiClients, PageClients
from tests.given import annotation as given
from tests.given.world import World


def work_off(world: World, person: str) -> int:
    """Let an annotator label until nothing is left for them; return how many batches."""
    batches, project = 0, LabellingProject.objects.get()
    while free_items(project, world.actor(person)).exists():
        batch = take_batch(project.pk, by=world.actor(person))
        given.inspected(world, given.handed_in(world, batch, by=person))
        batches += 1
    with pytest.raises(WrongState) as refused:
        take_batch(project.pk, by=world.actor(person))
    assert refused.value.code == "nothing-to-label"
    return batches


def test_every_item_is_labelled_as_often_as_it_must_be(world: World) -> None:
    """By different people where by several; gold items are mixed in and counted apart."""
    project = given.qualified(world)
    given.begin(world, project, "second_annotator")
    for person in ("annotator", "second_annotator"):
        assert work_off(world, person)
    items = Item.objects.filter(project=project, gold__isnull=True)
    shared = given.shared_items(project)
    assert 0 < len(shared) < items.count() == 12
    labels = Counter(
        Task.objects.filter(item__in=items, answer__isnull=False).values_list("item_id", flat=True)
    )
    assert labels == {item.pk: item.needed for item in items}
    for item_id in shared:
        people = Task.objects.filter(item_id=item_id).values_list("annotator_id", flat=True)
        assert len(set(people)) == 2
    progress = progress_of(project)
    assert progress.needed == progress.taken == progress.handed_in == 12 + len(shared)
    assert progress.accepted == progress.handed_in
    first, second = annotators_of(project)
    assert (first[0].pseudonym, second[0].pseudonym) == ("A001", "A002")
    assert first[1].gold == first[1].right == 3
    mixed = Task.objects.filter(item__gold__isnull=False, batch__is_qualification=False)
    assert mixed.filter(annotator=first[0]).count() == 3


def test_who_fails_the_first_gold_items_labels_nothing(world: World) -> None:
    """Three of five right are not four; nobody else is kept from it."""
    project = given.published(world)
    by = world.actor("annotator")
    batch = take_batch(project.pk, by=by)
    for task in batch.tasks.order_by("position"):
        given.label(world, task, given.LOW if task.position <= 2 else given.HIGH, by="annotator")
    assert hand_in_batch(batch.pk, by=by).state == "not_qualified"
    with pytest.raises(WrongState) as refused:
        take_batch(project.pk, by=by)
    assert refused.value.code == "not-qualified"
    assert given.begin(world, project, "second_annotator").state == "qualified"


def test_four_of_five_are_enough(world: World) -> None:
    """Where eighty percent are asked for."""
    batch = given.begun(world)
    for task in batch.tasks.order_by("position"):
        given.label(world, task, given.LOW if task.position == 1 else given.HIGH, by="annotator")
    assert hand_in_batch(batch.pk, by=world.actor("annotator")).state == "qualified"


def test_what_is_skipped_goes_to_somebody_else(world: World) -> None:
    """With the reason, and never back to who skipped it."""
    batch = given.taken(world)
    task = batch.tasks.filter(item__gold__isnull=True).first()
    assert task is not None
    given.label_all(world, batch, by="annotator")
    given.label(world, task, None, skipped="It cannot be read.", by="annotator")
    item = Item.objects.get(pk=task.item_id)
    assert item.taken == 1
    hand_in_batch(batch.pk, by=world.actor("annotator"))
    given.inspected(world, batch)
    item.refresh_from_db()
    assert item.taken == 0
    project = batch.annotator.project
    given.begin(world, project, "second_annotator")
    work_off(world, "annotator")
    assert Task.objects.filter(item=item).count() == 1
    work_off(world, "second_annotator")
    assert Task.objects.filter(item=item, answer__isnull=False).count() == 1


def test_a_label_replaces_the_one_before_and_both_are_kept(world: World) -> None:
    """Until the batch is handed in; what was said is never changed."""
    task = given.seen_task(world)
    by = world.actor("annotator")
    label_item(task.pk, answer=given.LOW, by=by)
    label_item(task.pk, answer=given.HIGH, by=by)
    kept = Label.objects.filter(task=task).order_by("number")
    assert [one.answer["classes"] for one in kept if one.answer] == [["low"], ["high"]]
    for row in (kept[0], ItemLook.objects.get(task=task), Guideline.objects.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(created_at=clock.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_an_item_is_looked_at_before_it_is_labelled(world: World) -> None:
    """Each look is kept; a batch with an item left is not handed in."""
    task = given.taken(world).tasks.first()
    by = world.actor("annotator")
    assert task is not None
    with pytest.raises(Invalid) as refused:
        label_item(task.pk, answer=given.LOW, by=by)
    assert refused.value.code == "item-not-seen"
    for looks in (1, 2):
        shown = look_at_item(task.pk, by=by)
        assert (
            ItemLook.objects.filter(task=task, person_id=world.person("annotator").pk).count()
            == looks
        )
    assert [cell.column for cell in shown.cells] == given.COLUMNS
    label_item(task.pk, answer=given.LOW, by=by)
    with pytest.raises(WrongState) as not_whole:
        hand_in_batch(task.batch_id, by=by)
    assert not_whole.value.code == "batch-not-whole"


def test_nothing_is_shown_once_the_risk_report_does_not_hold(world: World) -> None:
    """On the day after its last one no item is shown, labelled or taken."""
    task = given.seen_task(world)
    project = task.annotator.project
    report = report_of(project.version_id)
    assert report is not None
    by = world.actor("annotator")
    ended = clock.now() + (report.valid_until - clock.today()) + timedelta(days=1)
    with clock.stopped_at(ended):
        for act in (
            lambda: look_at_item(task.pk, by=by),
            lambda: label_item(task.pk, answer=given.LOW, by=by),
            lambda: take_batch(project.pk, by=by),
        ):
            with pytest.raises(WrongState) as refused:
                act()
            assert refused.value.code == "version-not-passed"


def test_gold_items_are_not_among_those_to_label(world: World) -> None:
    """And other classes take out what may not fit any more."""
    project, by = given.ready(world), world.actor("officer")
    services = [given.services(world)[0]]
    edit_labelling(project.pk, plan=given.plan(services, rows=30), by=by)
    assert Item.objects.filter(project=project).count() == 8
    classes = [*given.CLASSES, {"code": "none", "label": "No income"}]
    edit_labelling(project.pk, plan=given.plan(services, classes=classes), by=by)
    assert not Item.objects.filter(project=project).exists()
    with pytest.raises(WrongState) as refused:
        publish_labelling(project.pk, by=by)
    assert refused.value.code == "gold-missing"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"kind": "many"}, "kind"),
        ({"classes": given.CLASSES[:1]}, "classes"),
        ({"columns": ["name"]}, "columns"),
        ({"columns": []}, "columns"),
        ({"rows": 61}, "rows"),
        ({"rows": 0}, "rows"),
        ({"overlap_percent": 101}, "overlap_percent"),
        ({"overlap_count": 1}, "overlap_count"),
        ({"gold_percent": 51}, "gold_percent"),
        ({"batch_size": 4}, "batch_size"),
        ({"pass_percent": -1}, "pass_percent"),
        ({"price": Decimal("0.00")}, "price"),
        ({"price": Decimal("0.005")}, "price"),
        ({"quality_limit": "10"}, "quality_limit"),
        ({"organizations": []}, "organizations"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused(
    world: World, changes: dict[str, Any], field: str
) -> None:
    """Each part by its name; a column that was dropped is none of the version."""
    plan = given.plan([given.services(world)[0]], **changes)
    with pytest.raises(Invalid) as refused:
        open_labelling(given.usable(world).pk, plan=plan, by=world.actor("officer"))
    assert set(refused.value.fields) == {field}


def test_only_a_service_organization_labels(world: World) -> None:
    """Neither a company nor one's own bureau."""
    for person in ("buyer", "officer"):
        plan = given.plan([given.services(world)[0], world.organization(person).pk])
        with pytest.raises(Invalid) as refused:
            open_labelling(given.usable(world).pk, plan=plan, by=world.actor("officer"))
        assert set(refused.value.fields) == {"organizations"}


def test_spans_are_labelled_on_a_page_without_a_mouse(world: World, page_of: PageClients) -> None:
    """As lines; the piece is kept by its place in the masked text."""
    project = given.drafted(world, kind="spans", gold_percent=0)
    by = world.actor("officer")
    write_guideline(project.pk, text=given.GUIDELINE, by=by)
    for row in range(1, 6):
        set_gold(project.pk, row=row, answer=Answer(), by=by)
    publish_labelling(project.pk, by=by)
    given.funded(world, project)
    given.begin(world, project, "annotator", gold=Answer())
    task = take_batch(project.pk, by=world.actor("annotator")).tasks.first()
    assert task is not None
    shown = look_at_item(task.pk, by=world.actor("annotator"))
    city = shown.cells[0].text
    page_of("annotator").post(reverse("item_label", args=[task.pk]), {"pieces": f"high: {city}"})
    task.refresh_from_db()
    assert task.answer is not None
    assert Answer.from_json(task.answer) == Answer(spans=(Span(0, len(city), "high", "city"),))
    again = page_of("annotator").get(reverse("item_batch", args=[task.batch_id]), {"at": "1"})
    assert f"high: {city}" in again.content.decode()


def everything_told(world: World, batch: Batch, page_of: PageClients, api_of: ApiClients) -> str:
    """Return all that the pages and answers of an annotator hold."""
    project = batch.annotator.project_id
    task = batch.tasks.first()
    assert task is not None
    pages, programs = page_of("annotator"), api_of("annotator")
    answers = [
        pages.get(reverse("desk")),
        pages.get(reverse("labelling_work_list")),
        pages.get(reverse("labelling_work", args=[project])),
        pages.get(reverse("item_batch", args=[batch.pk])),
        pages.get(reverse("item_batch", args=[batch.pk]), {"at": ""}),
        programs.get(reverse("api_list_labelling_work")),
        programs.get(reverse("api_get_labelling_work", args=[project])),
        programs.get(reverse("api_list_item_batches")),
        programs.get(reverse("api_get_item_batch", args=[batch.pk])),
        programs.post(reverse("api_look_at_item", args=[task.pk])),
        programs.post(reverse("api_label_item", args=[task.pk]), {"classes": ["low"]}),
    ]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(cast("HttpResponse", answer).content.decode() for answer in answers)


def test_what_an_annotator_is_told_names_neither_owner_nor_dataset(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Nor a column that is not shown, nor which items are gold."""
    batch = given.taken(world)
    version = batch.annotator.project.version
    told = everything_told(world, batch, page_of, api_of)
    ledger = bytes(page_of("annotator").get(reverse("ledger")).content).decode()
    assert version.dataset.organization.name not in ledger
    for secret in (
        version.dataset.title,
        str(version.pk),
        str(version.dataset_id),
        str(version.dataset.organization_id),
        version.dataset.organization.name,
        version.sha256,
        "mobile",
        "gold",
    ):
        assert secret not in told, secret


def test_no_door_leads_an_annotator_to_what_is_not_theirs(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Neither to the data, nor to the project of its owner, nor to others who label beside them."""
    batch = given.taken(world)
    project = batch.annotator.project
    given.begin(world, project, "second_annotator")
    other = take_batch(project.pk, by=world.actor("second_annotator"))
    task = other.tasks.first()
    assert task is not None
    for route, pk in (
        ("dataset_detail", project.version.dataset_id),
        ("preparation_detail", project.version.parent_id),
        ("labelling_open", project.version_id),
        ("labelling_detail", project.pk),
        ("labelling_edit", project.pk),
        ("item_batch", other.pk),
    ):
        assert page_of("annotator").get(reverse(route, args=[pk])).status_code == 404, route
    row = reverse("labelling_item", args=[project.pk, 1])
    assert page_of("annotator").get(row).status_code == 404
    for route, pk in (
        ("api_get_dataset", project.version.dataset_id),
        ("api_get_labelling", project.pk),
        ("api_list_guidelines", project.pk),
        ("api_get_item_batch", other.pk),
    ):
        assert api_of("annotator").get(reverse(route, args=[pk])).status_code == 404, route
    for route, sent in (("api_look_at_item", {}), ("api_label_item", {"classes": ["low"]})):
        answer = api_of("annotator").post(reverse(route, args=[task.pk]), sent)
        assert answer.status_code == 404, route
    listed = api_of("annotator").get(reverse("api_list_item_batches")).json()["results"]
    assert {one["annotator"] for one in listed} == {"A001"}
    assert api_of("annotator").get(reverse("api_list_labellings")).json()["results"] == []


def test_who_is_not_admitted_sees_no_work(world: World) -> None:
    """An annotator of another organization, an officer, and anybody while it is a draft."""
    project = given.ready(world)
    for person, is_open in (("annotator", False), ("other_annotator", False), ("officer", False)):
        with pytest.raises(NotFound):
            take_batch(project.pk, by=world.actor(person))
        assert not is_open
    publish_labelling(project.pk, by=world.actor("officer"))
    for person in ("other_annotator", "officer", "reviewer"):
        with pytest.raises(NotFound):
            take_batch(project.pk, by=world.actor(person))
    assert take_batch(project.pk, by=world.actor("annotator")).is_qualification


def test_whoever_left_the_organization_labels_no_more(world: World) -> None:
    """Their labels stay, for the owner to read."""
    batch = given.taken(world)
    person = world.person("annotator")
    person.organization_id = given.services(world)[1]
    person.save(update_fields=["organization_id"])
    by = world.actor("annotator")
    with pytest.raises(Refusal):
        look_at_item(batch.tasks.all()[0].pk, by=by)
    assert not batches_visible_to(by).exists()
    assert batches_visible_to(world.actor("officer")).filter(pk=batch.pk).exists()


def test_a_person_with_two_accounts_has_an_item_once(world: World) -> None:
    """Whatever account they take a batch by."""
    project = given.qualified(world)
    given.begin(world, project, "second_annotator")
    work_off(world, "annotator")
    first, second = world.person("annotator"), world.person("second_annotator")
    for person in (first, second):
        person.human_id = first.pk
        person.save(update_fields=["human_id"])
    work_off(world, "second_annotator")
    had = Counter(Task.objects.filter(item__gold__isnull=True).values_list("item_id", flat=True))
    assert set(had.values()) == {1}
    assert Annotator.objects.filter(project=project).count() == 2


def test_a_label_that_was_replaced_counts_once(world: World) -> None:
    """In what an annotator has done."""
    batch = given.labelled(world)
    task = batch.tasks.all()[0]
    given.label(world, task, given.HIGH, by="annotator")
    given.label(world, task, given.LOW, by="annotator")
    hand_in_batch(batch.pk, by=world.actor("annotator"))
    ((_annotator, pace),) = annotators_of(batch.annotator.project)
    assert (pace.labelled, pace.skipped) == (5, 0)


def test_a_page_of_labelling_takes_few_queries(
    world: World, page_of: PageClients, django_assert_max_num_queries: Any
) -> None:
    """However many items the batch has: to show one, and to label it."""
    batch = given.taken(world)
    client, task = page_of("annotator"), batch.tasks.get(position=1)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("item_batch", args=[batch.pk])).status_code == 200
    with django_assert_max_num_queries(17):
        client.post(reverse("item_label", args=[task.pk]), {"classes": "low", "skipped": ""})
    task.refresh_from_db()
    assert task.answer == given.LOW.as_json()
    shown = [client.get(reverse("item_batch", args=[batch.pk]), {"at": at}) for at in (2, 1, 2)]
    assert ["checked" in page.content.decode() for page in shown] == [False, True, False]


def test_rows_that_are_kept_read_alike_and_end_with_their_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row reads as it stands in the file, from memory too; none is shown of a removed one."""
    project, officer = given.drafted(world), world.actor("officer")
    monkeypatch.setattr(reading, "KEPT_ROWS", 7)
    rows = range(1, project.rows + 1)
    for _time in range(2):
        assert [cells_of(project, row) for row in rows] == list(cells_of_rows(project, rows))
    project.version.file = remove_stored(project.version.file_id, by=officer)
    with pytest.raises(WrongState) as gone:
        cells_of(project, 1)
    assert gone.value.code == "file-removed"

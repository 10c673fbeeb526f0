"""A person takes their rows out of data that is labelled."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.models import ItemLook
from marketplace.annotation.batch.selectors import gone_tasks_of
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    look_at_item,
    save_batch_items,
    take_batch,
    take_labels_in,
)
from marketplace.annotation.labelled_set.choices import LabelFormat
from marketplace.annotation.labelled_set.services import make_labelled_set, take_out_labels
from marketplace.annotation.look.models import RowLook
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.project.models import Item
from marketplace.annotation.project.services import open_labelling, set_gold
from marketplace.annotation.renewal.matching import found_again
from marketplace.annotation.renewal.services import renew_labelling
from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.orders.person_request.services import refuse_person_request
from tests.annotation.exchanged import items_of, labelled_elsewhere
from tests.conftest import ApiClients, PageClients
from tests.given import annotation as given
from tests.given import persons
from tests.given.world import World

NAMED = {"title": "Labelled incomes", "abstract": "Incomes by class."}


def codes(*acts: Callable[[], Any]) -> set[str]:
    """Return with what codes acts are refused, each of which is."""
    found = set()
    for act in acts:
        with pytest.raises(WrongState) as refused:
            act()
        found.add(refused.value.code)
    return found


def test_annotators_see_none_of_it_from_the_proof_on(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """By page, API or file, nor do they learn why; a refusal of the holder lets them go on."""
    batch = given.labelled(world)
    by, task = world.actor("annotator"), batch.tasks.get(position=1)
    project = batch.annotator.project
    saved = labelled_elsewhere(items_of(save_batch_items(batch.pk, by=by)))
    looks, shown = ItemLook.objects.count(), look_at_item(task.pk, by=by).cells
    request = given.withdrawn(world, project.version)
    assert request.rows_found == 1
    assert codes(
        lambda: look_at_item(task.pk, by=by),
        lambda: label_item(task.pk, answer=given.HIGH, by=by),
        lambda: save_batch_items(batch.pk, by=by),
        lambda: take_labels_in(batch.pk, tasks=saved, by=by),
        lambda: hand_in_batch(batch.pk, by=by),
        lambda: take_batch(project.pk, by=by),
    ) == {"labelling-not-open"}
    page = page_of("annotator").get(reverse("item_batch", args=[batch.pk]), {"at": "1"})
    answer = api_of("annotator").post(reverse("api_look_at_item", args=[task.pk]))
    file = api_of("annotator").get(reverse("api_save_batch_items", args=[batch.pk]))
    assert (answer.status_code, file.status_code) == (409, 409)
    assert f'<dd class="text-break" data-column="city">{shown[0].text}' not in (
        page.content.decode()
    )
    assert "withdrew" not in page.content.decode() + json.dumps(answer.json())
    assert ItemLook.objects.count() == looks + 1
    refuse_person_request(request.pk, reason=persons.REASON, by=world.actor("officer"))
    assert hand_in_batch(batch.pk, by=by).state == "handed_in"


def test_neither_owner_nor_staff_is_shown_a_row(world: World, page_of: PageClients) -> None:
    """No draft, sample, disagreement, set or file; the page of the project says what happened."""
    item, by = given.disputed(world), world.actor("officer")
    project = item.project
    planned = given.plan([given.services(world)[0]])
    draft = open_labelling(project.version_id, plan=planned, by=by)
    given.withdrawn(world, project.version)
    looks = RowLook.objects.count()
    assert codes(
        lambda: open_labelling(project.version_id, plan=planned, by=by),
        lambda: set_gold(draft.pk, row=1, answer=given.HIGH, by=by),
        lambda: look_at_rows(project.pk, rows=[9], by=by),
        lambda: look_at_rows(project.pk, rows=[9], by=world.actor("auditor")),
        lambda: arbitrate_item(item.pk, answer=given.HIGH, by=by),
        lambda: make_labelled_set(project.pk, **NAMED, by=by),
    ) == {"rows-withdrawn"}
    for person in ("officer", "auditor"):
        for address in (
            reverse("labelling_item", args=[draft.pk, 9]),
            reverse("item_arbitrate", args=[item.pk]),
        ):
            answer = page_of(person).get(address)
            assert answer.status_code == 409
            assert "A person withdrew rows" in answer.content.decode()
    assert RowLook.objects.count() == looks
    page = page_of("officer").get(reverse("labelling_detail", args=[project.pk]))
    assert "A person withdrew rows" in page.content.decode()


def test_no_sample_is_shown_and_no_file_leaves(world: World, page_of: PageClients) -> None:
    """Whatever the format."""
    made, by = given.made(world), world.actor("officer")
    project = made.project
    given.withdrawn(world, project.version)
    assert codes(
        *(
            lambda form=form: take_out_labels(made.pk, form=form.value, by=by)
            for form in LabelFormat
        )
    ) == {"rows-withdrawn"}
    page = page_of("officer").get(reverse("labelled_set_file", args=[made.pk])).content.decode()
    assert "A person withdrew rows" in page
    assert "Save the file" not in page


def test_a_batch_waits_unseen_until_the_data_is_made_anew(
    world: World, page_of: PageClients
) -> None:
    """Then it is inspected without the item that is gone, which is paid like the others."""
    batch = given.sent_in(world, columns=given.STEADY)
    project, by = batch.annotator.project, world.actor("officer")
    given.withdrawn(world, project.version)
    assert codes(lambda: inspect_batch(batch.pk, wrong=[], by=by)) == {"rows-withdrawn"}
    address = reverse("batch_inspect", args=[batch.pk])
    assert page_of("officer").get(address).status_code == 409
    persons.masked_again(world, project.version.source)
    renew_labelling(project.pk, version=given.version_anew(project).pk, by=by)
    task = batch.tasks.filter(item__gold__isnull=True)[0]
    Item.objects.filter(pk=task.item_id).update(is_gone=True)
    assert page_of("officer").get(address).status_code == 200
    paid = inspect_batch(batch.pk, wrong=[], by=by)
    gone = gone_tasks_of(batch).count()
    assert gone
    assert (paid.state, paid.pay.items, paid.inspections.get().lot) == ("accepted", 5, 5 - gone)
    said = page_of("annotator").get(reverse("item_batch", args=[batch.pk])).content.decode()
    assert "taken out" in said


def test_a_project_goes_on_without_what_is_gone(world: World, page_of: PageClients) -> None:
    """Labels stay with the texts that they were given to; the ledger tells how many are gone."""
    before = given.renewable(world)
    items = {item.pk: item.row for item in before.items.all()}
    shown = given.shown_by_item(before)
    by = world.actor("officer")
    project = renew_labelling(before.pk, version=given.version_anew(before).pk, by=by)
    entry = Entry.objects.get(kind="annotation.labelling_renewed")
    gone = set(project.items.filter(is_gone=True).values_list("pk", flat=True))
    assert len(gone) == entry.payload["gone"]
    assert entry.payload["kept"] == len(items) - len(gone)
    assert entry.payload["sha256"] == project.version.sha256
    now = given.shown_by_item(project)
    assert now == {pk: text for pk, text in shown.items() if pk not in gone}
    assert codes(lambda: renew_labelling(project.pk, version=project.version_id, by=by)) == {
        "version-stands"
    }
    made = make_labelled_set(project.pk, **NAMED, by=by)
    kept = project.items.filter(is_gone=False).count()
    assert made.items == kept
    page = page_of("officer").get(reverse("labelling_detail", args=[project.pk])).content.decode()
    assert "withdrew" not in page


def test_labels_of_what_is_gone_leave_every_file(world: World) -> None:
    """Those of a set that was made before, too."""
    made, by = given.made(world, columns=given.STEADY), world.actor("officer")
    project = made.project
    given.withdrawn(world, project.version)
    persons.masked_again(world, project.version.source)
    renew_labelling(project.pk, version=given.version_anew(project).pk, by=by)
    whole = take_out_labels(made.pk, form="tc609", by=by).content.decode().splitlines()
    left = Item.objects.filter(project=project, gold__isnull=True, is_gone=False).first()
    assert left is not None
    Item.objects.filter(pk=left.pk).update(is_gone=True)
    fewer = take_out_labels(made.pk, form="tc609", by=by).content.decode().splitlines()
    assert len(fewer) == len(whole) - 1
    assert not any(str(left.pk) in line for line in fewer)


def test_a_version_that_does_not_go_on_is_refused(world: World) -> None:
    """The source, the one that is labelled, and one in which nothing reads like before."""
    project, by = given.renewable(world), world.actor("officer")
    version = given.version_anew(project)
    for other in (version.source.pk, project.version_id):
        with pytest.raises(Invalid):
            renew_labelling(project.pk, version=other, by=by)
    assert not found_again(given.shown_by_item(project), [("Nowhere", "0")])


def test_who_reads_alike_stays_as_often_as_before() -> None:
    """Of three rows that read alike two are left: two items go on, each with a row of its own."""
    alike = ("Harbour", "low")
    assert found_again({"a": alike, "b": alike, "c": alike}, [alike, ("Hill", "low"), alike]) == {
        "a": 1,
        "b": 3,
    }

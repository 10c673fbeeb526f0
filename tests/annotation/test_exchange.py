"""A batch is labelled in Label Studio, and its labels come back under the rules of the project."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from marketplace.annotation.batch.models import Batch, ItemLook, Label
from marketplace.annotation.batch.services import save_batch_items, take_batch, take_labels_in
from marketplace.annotation.project.reading import cells_of, whole_text
from marketplace.core.errors import Invalid, NotFound
from tests.annotation.exchanged import items_of, labelled_elsewhere
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.world import World


def exported(world: World, batch: Batch) -> list[dict[str, Any]]:
    """Save the items of a batch and label them elsewhere."""
    return labelled_elsewhere(items_of(save_batch_items(batch.pk, by=world.actor("annotator"))))


def test_labels_of_a_file_are_those_of_the_annotator(world: World) -> None:
    """Items are shown by saving them, on record; a second time changes nothing."""
    batch, by = given.taken(world), world.actor("annotator")
    tasks = exported(world, batch)
    assert ItemLook.objects.filter(task__batch=batch).count() == len(tasks) == 5
    told = json.dumps(tasks)
    version = batch.annotator.project.version
    for secret in ("gold", "mobile", version.dataset.title, str(version.pk)):
        assert secret not in told
    for _turn in range(2):
        take_labels_in(batch.pk, tasks=tasks, by=by)
    kept = Label.objects.filter(task__batch=batch)
    assert [one.answer["classes"] for one in kept if one.answer] == [["low"]] * 5
    assert all(one.seconds <= 3 for one in kept)


def another(world: World, tasks: list[Any]) -> None:
    """Put an item of another's batch, of the same project, into a file."""
    project = Batch.objects.latest("created_at").annotator.project
    given.begin(world, project, "second_annotator")
    other = take_batch(project.pk, by=world.actor("second_annotator")).tasks.first()
    assert other is not None
    tasks[0]["data"]["item_id"] = str(other.pk)


CASES: list[tuple[Callable[[World, list[Any]], Any], str]] = [
    (another, "item-of-another"),
    (lambda _w, tasks: tasks.append(tasks[0]), "item-of-another"),
    (lambda _w, tasks: tasks[1]["data"].update(text="Another text"), "text-differs"),
    (lambda _w, tasks: tasks[0]["annotations"][0].update(completed_by=8), "label-of-another"),
    (
        lambda _w, tasks: tasks[0].update(annotations=tasks[0]["annotations"] * 2),
        "label-of-another",
    ),
    (
        lambda _w, tasks: [one["data"].update(labelled_by=["A002"]) for one in tasks],
        "label-of-another",
    ),
    (
        lambda _w, tasks: tasks[0]["annotations"][0]["result"][0].update(origin="prediction"),
        "label-by-machine",
    ),
    (
        lambda _w, tasks: tasks[0]["annotations"][0]["result"][0]["value"].update(choices=["x"]),
        "bad-task",
    ),
    (lambda _w, tasks: tasks[0].pop("data"), "bad-task"),
]


@pytest.mark.parametrize(("change", "code"), CASES)
def test_what_does_not_fit_is_refused_whole(
    world: World, change: Callable[[World, list[Any]], Any], code: str
) -> None:
    """Nothing of such a file is taken in."""
    batch = given.taken(world)
    tasks = exported(world, batch)
    change(world, tasks)
    with pytest.raises(Invalid) as refused:
        take_labels_in(batch.pk, tasks=tasks, by=world.actor("annotator"))
    assert refused.value.code == code
    assert not Label.objects.filter(task__batch=batch).exists()


def test_nobody_saves_or_labels_the_items_of_another(world: World) -> None:
    """Not a colleague of the same organization, not the owner of the data; and none unseen."""
    batch, by = given.taken(world), world.actor("annotator")
    task = batch.tasks.get(position=1)
    text = whole_text(cells_of(batch.annotator.project, task.item.row)).text
    guessed = labelled_elsewhere([{"data": {"item_id": str(task.pk), "text": text}}])
    with pytest.raises(Invalid) as refused:
        take_labels_in(batch.pk, tasks=guessed, by=by)
    assert refused.value.code == "item-not-seen"
    for person in ("second_annotator", "officer", "reviewer"):
        with pytest.raises(NotFound):
            take_labels_in(batch.pk, tasks=guessed, by=world.actor(person))
        with pytest.raises(NotFound):
            save_batch_items(batch.pk, by=world.actor(person))


def test_the_page_takes_a_file_and_says_what_is_wrong_with_another(
    world: World, page_of: PageClients
) -> None:
    """No JSON, no list: told at the field."""
    batch = given.taken(world)
    content = json.dumps(exported(world, batch)).encode()
    page, address = page_of("annotator"), reverse("labels_take_in", args=[batch.pk])
    for sent in (b"{", b"{}"):
        wrong = page.post(address, {"upload": io.BytesIO(sent)})
        assert wrong.status_code == 422
    assert page.post(address, {"upload": io.BytesIO(content)}).status_code == 302
    assert Label.objects.filter(task__batch=batch).count() == 5

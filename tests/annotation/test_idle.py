"""Batches that nobody goes on with are given back, and looks at rows are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.services import (
    hand_in_batch,
    look_at_item,
    return_idle_batches,
    take_batch,
)
from marketplace.annotation.look.models import RowLook
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.pipeline.due import CLOCKWORK
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.world import World


@contextmanager
def hours_later(hours: float) -> Iterator[None]:
    """Go on so many hours later."""
    with clock.stopped_at(clock.now() + timedelta(hours=hours)):
        yield


def half_done(world: World) -> Batch:
    """Return a batch of which two items are labelled, in a project where one labels an item."""
    project = given.published(world, overlap_percent=0)
    given.begin(world, project, "annotator")
    batch = take_batch(project.pk, by=world.actor("annotator"))
    for task in batch.tasks.filter(item__gold__isnull=True)[:2]:
        given.label(world, task, given.LOW, by="annotator")
    return batch


def taken(project: LabellingProject) -> int:
    """Count the items that nobody else can have."""
    return Item.objects.filter(project=project, taken__gt=0).count()


def test_a_batch_that_nobody_touches_is_given_back(world: World) -> None:
    """After two days without a label or a look; its items and its money are free again."""
    batch = half_done(world)
    project = batch.annotator.project
    assert taken(project) == 4
    with hours_later(47):
        assert return_idle_batches(by=CLOCKWORK) == []
        look_at_item(batch.tasks.all()[0].pk, by=world.actor("annotator"))
    with hours_later(94):
        assert return_idle_batches(by=CLOCKWORK) == []
    with hours_later(96):
        assert return_idle_batches(by=CLOCKWORK) == [batch]
        assert return_idle_batches(by=CLOCKWORK) == []
    assert taken(project) == 0
    assert funds_of(project).promised == 0
    with pytest.raises(WrongState) as refused:
        look_at_item(batch.tasks.all()[0].pk, by=world.actor("annotator"))
    assert refused.value.code == "batch-lapsed"
    with pytest.raises(NotAllowed):
        return_idle_batches(by=world.actor("officer"))


def test_whoever_comes_back_goes_on_with_what_is_left(world: World) -> None:
    """What they said is kept where nobody else took the item; the rest is another's."""
    batch = half_done(world)
    project, by = batch.annotator.project, world.actor("annotator")
    with hours_later(49):
        return_idle_batches(by=CLOCKWORK)
        again = take_batch(project.pk, by=by)
        assert (again, again.state) == (batch, "open")
        assert sum(task.is_done for task in again.tasks.all()) == 2
        assert return_idle_batches(by=CLOCKWORK) == []
    with hours_later(98):
        return_idle_batches(by=CLOCKWORK)
        given.begin(world, project, "second_annotator")
        other = take_batch(project.pk, by=world.actor("second_annotator"))
        lost = set(other.tasks.values_list("item_id", flat=True))
        fresh = take_batch(project.pk, by=by)
        assert fresh != batch
        assert not lost & set(
            fresh.tasks.filter(item__gold__isnull=True).values_list("item_id", flat=True)
        )
    assert max(Item.objects.filter(project=project).values_list("taken", flat=True)) == 1


def test_an_item_that_another_took_is_not_handed_in(world: World) -> None:
    """The batch goes on without it, and each label counts once."""
    batch = half_done(world)
    project, by = batch.annotator.project, world.actor("annotator")
    with hours_later(49):
        return_idle_batches(by=CLOCKWORK)
        first = batch.tasks.filter(answer__isnull=False)[0]
        Item.objects.filter(pk=first.item_id).update(taken=1)
        take_batch(project.pk, by=by)
        first.refresh_from_db()
        assert (first.is_lost, first.answer, first.labels.count()) == (True, None, 1)
        for task in batch.tasks.filter(is_lost=False):
            given.label(world, task, given.HIGH, by="annotator")
        handed = hand_in_batch(batch.pk, by=by)
    assert first.position not in handed.sample
    assert given.inspected(world, handed).pay.items == 4


def test_rows_are_shown_to_nobody_without_a_trace(world: World, page_of: PageClients) -> None:
    """Those that the staff is shown stand in the ledger too, where the owner reads it."""
    batch = given.sent_in(world)
    project = batch.annotator.project
    rows = sorted(task.item.row for task in batch.tasks.all() if task.position in batch.sample)
    inspect = reverse("batch_inspect", args=[batch.pk])
    for person, count in (("officer", 0), ("reviewer", 1), ("auditor", 2)):
        assert page_of(person).get(inspect).status_code == 200
        look = RowLook.objects.filter(project=project).latest("created_at")
        assert (sorted(look.rows), look.person_id) == (rows, world.person(person).pk)
        assert Entry.objects.filter(kind="annotation.rows_shown").count() == count
    one = reverse("labelling_item", args=[project.pk, 7])
    page_of("auditor").get(one)
    assert RowLook.objects.filter(project=project, rows=[7]).count() == 1
    entry = Entry.objects.filter(kind="annotation.rows_shown").latest("pk")
    assert (entry.subject, entry.payload["first"]) == (project.subject, 7)

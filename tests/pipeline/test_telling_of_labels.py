"""Those who label are told, and the owner of the data, each once and of what is theirs."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse

from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.services import hand_in_batch, take_batch
from marketplace.annotation.closing.services import close_labelling
from marketplace.notices.models import Notice
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.pipeline import catch_up
from tests.given.world import World

OWN = (
    *("labelling_open", "batch_returned", "batch_accepted", "batch_refused", "batch_called_in"),
    *("batch_to_inspect", "items_disputed", "labels_complete"),
)


def told(world: World) -> dict[str, Counter[str]]:
    """Let what follows from the facts happen; return by person how often they were told of what."""
    catch_up()
    names = {
        world.person(name).pk: name
        for name in ("annotator", "second_annotator", "other_annotator", "officer", "colleague")
    }
    found: dict[str, Counter[str]] = {}
    for notice in Notice.objects.filter(kind__in=OWN):
        found.setdefault(names[notice.person_id], Counter())[notice.kind] += 1
    return found


def test_from_the_opening_to_the_last_decision(world: World, page_of: PageClients) -> None:
    """Two annotators of an admitted organization, and the officers of the owner."""
    item = given.disputed(world)
    assert told(world)["officer"] == {"items_disputed": 1}
    arbitrate_item(item.pk, answer=given.HIGH, by=world.actor("officer"))
    found = told(world)
    assert found["annotator"] == {"labelling_open": 1, "batch_accepted": 1}
    assert found["second_annotator"] == found["annotator"]
    assert "other_annotator" not in found
    assert found["officer"] == {"items_disputed": 1, "labels_complete": 1}
    notice = Notice.objects.get(kind="batch_accepted", person=world.person("annotator"))
    assert notice.parameters["amount"].startswith("1.50 ")
    page = page_of("annotator").get(reverse("notice_list")).content.decode()
    assert given.TITLE in page
    assert item.project.version.dataset.title not in page


def test_a_batch_that_waits_is_told_once(world: World) -> None:
    """Further ones that wait beside it are on the desk."""
    project = given.sent_in(world).annotator.project
    assert told(world)["officer"] == {"batch_to_inspect": 1}
    given.begin(world, project, "second_annotator")
    other = take_batch(project.pk, by=world.actor("second_annotator"))
    given.handed_in(world, other, by="second_annotator")
    assert told(world)["officer"] == {"batch_to_inspect": 1}


def test_a_batch_that_came_back_and_one_that_was_called_in(world: World) -> None:
    """Its annotator alone is told."""
    batch = given.returned(world)
    project = batch.annotator.project
    given.begin(world, project, "second_annotator")
    other = take_batch(project.pk, by=world.actor("second_annotator"))
    given.label(world, other.tasks.all()[0], given.HIGH, by="second_annotator")
    close_labelling(project.pk, by=world.actor("officer"))
    found = told(world)
    assert found["annotator"] == {"labelling_open": 1, "batch_returned": 1}
    assert found["second_annotator"] == {"labelling_open": 1, "batch_called_in": 1}


def test_a_third_round_that_fails_is_told(world: World) -> None:
    """As refused for good."""
    batch = given.sent_in(world)
    for _round in range(2):
        given.inspected(world, batch, 0)
        batch = hand_in_batch(batch.pk, by=world.actor("annotator"))
    given.inspected(world, batch, 0)
    assert told(world)["annotator"]["batch_refused"] == 1

"""What a project's page tells of how annotators label."""

from __future__ import annotations

from django.urls import reverse

from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.services import hand_in_batch, take_batch
from marketplace.annotation.quality.selectors import gold_over_time, quality_of
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.world import World


def test_classes_that_are_taken_for_one_another_are_counted(
    world: World, page_of: PageClients
) -> None:
    """By pairs of annotators of one item, those who agree on the diagonal."""
    project = given.disputed(world).project
    told = {
        name: [(one.times, one.depth) for one in cells]
        for name, cells in quality_of(project).pairings
    }
    assert told == {"Low income": [(3, 3), (1, 1)], "High income": [(1, 4), (0, 0)]}
    page = page_of("officer").get(reverse("labelling_detail", args=[project.pk])).content.decode()
    assert '<td class="depth-3 same">3</td><td class="depth-1">1</td>' in page


def two_batches(world: World) -> Batch:
    """Let an annotator have the gold items of one batch right and those of the next one wrong."""
    project = given.qualified(world)
    for gold in (given.HIGH, given.LOW):
        batch = take_batch(project.pk, by=world.actor("annotator"))
        given.label_all(world, batch, by="annotator", gold=gold)
        given.inspected(world, hand_in_batch(batch.pk, by=world.actor("annotator")))
    return batch


def test_gold_items_are_told_batch_by_batch(world: World, page_of: PageClients) -> None:
    """To the owner by pseudonym, to annotators their own and not how they qualified."""
    project = two_batches(world).annotator.project
    points = gold_over_time(project)
    assert [
        (one.batch, one.right, one.gold, one.right_so_far, one.gold_so_far, one.percent)
        for one in points["A001"]
    ] == [(1, 5, 5, 5, 5, 100), (2, 1, 1, 6, 6, 100), (3, 0, 1, 6, 7, 86)]
    owner = page_of("officer").get(reverse("labelling_detail", args=[project.pk]))
    own = page_of("annotator").get(reverse("labelling_work", args=[project.pk]))
    assert "6 / 7" in owner.content.decode()
    assert "<td>1 / 2</td><td>50</td>" in own.content.decode()
    assert "6 / 7" not in own.content.decode()
    begun = page_of("second_annotator").get(reverse("labelling_work", args=[project.pk]))
    assert "A001" not in begun.content.decode()

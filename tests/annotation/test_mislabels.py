"""Labels that are likely wrong are found, listed, and put to a decision."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from django.urls import reverse

from marketplace.annotation.arbitration.selectors import outcomes_of
from marketplace.annotation.arbitration.services import arbitrate_item, doubt_label
from marketplace.annotation.labelled_set.rules import check_make_labelled_set
from marketplace.annotation.mislabels.confident import confident_joint, doubts_of, thresholds_of
from marketplace.annotation.mislabels.texts import shares_of
from marketplace.annotation.quality.execution import compare_labels
from marketplace.annotation.quality.models import LabelComparison
from marketplace.annotation.quality.services import keep_comparison
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.pipeline.models import SetAside
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.pipeline import catch_up
from tests.given.world import World

SHARES = np.array(
    [
        [0.9, 0.1, 0.0],
        [0.7, 0.3, 0.0],
        [0.2, 0.8, 0.0],
        [0.1, 0.9, 0.0],
        [0.4, 0.6, 0.0],
        [0.0, 0.1, 0.9],
    ]
)
LABELS = np.array([0, 0, 0, 1, 1, 2])


def test_the_joint_is_that_of_the_paper() -> None:
    """By hand: of the mean of each class, and of which class each item reaches it."""
    assert thresholds_of(LABELS, SHARES).round(6).tolist() == [0.6, 0.75, 0.9]
    joint, counted = confident_joint(LABELS, SHARES)
    assert counted.tolist() == [0, 0, 1, 1, -1, 2]
    assert joint.tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 1]]
    [doubt] = doubts_of(LABELS, SHARES)
    assert (doubt.place, doubt.given, doubt.likely) == (2, 0, 1)
    assert (doubt.given_share, doubt.likely_share, round(doubt.usual, 6)) == (0.2, 0.8, 0.75)


def test_the_only_label_of_its_class_stands() -> None:
    """However sure the model is of another one."""
    shares = np.array([[0.9, 0.1], [0.8, 0.2], [0.95, 0.05]])
    assert doubts_of(np.array([0, 0, 1]), shares) == []


TOPICS = ("小区施工噪声扰民", "自来水停水水压低", "道路坑洼路灯不亮")


def messages(count: int, wrong: set[int]) -> tuple[list[str], np.ndarray]:
    """Return messages of three topics, and labels of which some are wrong."""
    chance = Random(5)
    topics = [number % 3 for number in range(count)]
    texts = ["".join(chance.choices(TOPICS[topic], k=16)) for topic in topics]
    labels = [(one + 1) % 3 if place in wrong else one for place, one in enumerate(topics)]
    return texts, np.array(labels)


def test_wrong_labels_of_texts_are_found() -> None:
    """All of them, and hardly any that is right; the same each time."""
    wrong = set(range(4, 300, 20))
    texts, labels = messages(300, wrong)
    shares = shares_of(texts, labels)
    assert shares is not None
    found = {one.place for one in doubts_of(labels, shares)}
    assert wrong <= found
    assert len(found - wrong) <= 3
    again = shares_of(texts, labels)
    assert again is not None
    assert (again == shares).all()


@pytest.mark.parametrize(
    ("texts", "labels"),
    [(["a b"], [0]), (["a", "b", "c"], [0, 0, 1]), (["a", "b"], [0, 0]), ([""] * 4, [0, 0, 1, 1])],
)
def test_too_little_is_compared_with_nothing(texts: list[str], labels: list[int]) -> None:
    """One class, a class of one text, or texts without a sign."""
    assert shares_of(texts, np.array(labels)) is None


def test_a_doubted_label_counts_no_more_until_somebody_decides(
    world: World, page_of: PageClients
) -> None:
    """It waits among the disagreements; whoever decides says what counts."""
    item, by = given.decided(world), world.actor("officer")
    other = item.project.items.filter(gold__isnull=True).exclude(pk=item.pk)[0]
    with pytest.raises(WrongState) as decided:
        doubt_label(item.pk, by=by)
    assert decided.value.code == "nothing-to-doubt"
    doubt_label(other.pk, by=by)
    other.refresh_from_db()
    [outcome] = outcomes_of([other])
    assert (outcome.is_disputed, outcome.answer) == (True, None)
    with pytest.raises(WrongState) as waits:
        check_make_labelled_set(item.project, by)
    assert waits.value.code == "items-disputed"
    page = page_of("officer").get(reverse("labelling_detail", args=[item.project_id]))
    assert reverse("item_arbitrate", args=[other.pk]) in page.content.decode()
    arbitrate_item(other.pk, answer=given.HIGH, by=by)
    other.refresh_from_db()
    assert outcomes_of([other])[0].answer == given.HIGH.as_json()
    assert check_make_labelled_set(item.project, by) == world.person("officer").pk


def test_the_page_lists_what_is_likely_wrong(world: World, page_of: PageClients) -> None:
    """With both classes and how sure the models are; before that there is nothing to compare."""
    project = given.published(world, rows=48, overlap_percent=0, columns=["city"], batch_size=20)
    address = reverse("likely_errors", args=[project.pk])
    assert "Nothing is compared yet" in page_of("officer").get(address).content.decode()
    compare_labels(project.pk)
    assert "nothing to compare yet" in page_of("officer").get(address).content.decode()
    wrong = given.labelled_by_city(world, project)
    compare_labels(project.pk)
    page = page_of("officer").get(address).content.decode()
    assert reverse("item_arbitrate", args=[wrong.pk]) in page
    assert "Put it to a decision" in page
    sent = page_of("officer").post(reverse("label_doubt", args=[wrong.pk]), follow=True)
    assert reverse("item_arbitrate", args=[wrong.pk]) not in sent.content.decode()
    assert LabelComparison.objects.get().compared_at < clock.now()


def test_labels_are_compared_once_and_by_the_centre_alone(world: World) -> None:
    """The same labels are not compared again; what came too late is not kept."""
    item = given.decided(world)
    project, by = item.project, Actor.system(Door.TASK)
    for _time in range(2):
        compare_labels(project.pk)
    kept = LabelComparison.objects.get(project=project)
    assert Entry.objects.filter(kind="annotation.labels_compared").count() == 1
    assert keep_comparison(project.pk, labels_sha256="0" * 64, found=[], by=by) is None
    with pytest.raises(NotAllowed):
        keep_comparison(
            project.pk, labels_sha256=kept.labels_sha256, found=[], by=world.actor("officer")
        )
    other = project.items.filter(gold__isnull=True).exclude(pk=item.pk)[0]
    doubt_label(other.pk, by=world.actor("officer"))
    compare_labels(project.pk)
    again = LabelComparison.objects.get(project=project)
    assert (again.items, again.pk) == (kept.items - 1, kept.pk)


def test_a_worker_is_asked_once_a_batch_is_inspected(world: World, settings: Any) -> None:
    """Where none is there to be asked, that waits among the steps that were put aside."""
    settings.BROKER_URL = ""
    given.accepted(world)
    catch_up()
    waits = SetAside.objects.get(reaction="ask_label_comparer")
    assert waits.error_code == "broker-missing"

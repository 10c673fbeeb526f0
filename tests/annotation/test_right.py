"""The right to use the data is asked at every door of labelling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.models import ItemLook
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    look_at_item,
    take_batch,
)
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.rules import versions_to_open
from marketplace.annotation.project.services import open_labelling, set_gold
from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import freeze_certificate, unfreeze_certificate
from marketplace.rights.right.choices import Right
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.preparation import masked_version, people
from tests.given.rights import certified
from tests.given.world import World

NAMED = {"title": "Labelled incomes", "abstract": "Four incomes by class."}


def freeze(world: World) -> Certificate:
    """Freeze the right over the data that is labelled."""
    labelled = LabellingProject.objects.values("version__dataset_id")
    held = Certificate.objects.get(dataset_id__in=labelled)
    return freeze_certificate(held.pk, reason="A court asked for it.", by=world.actor("reviewer"))


def test_without_a_right_to_use_the_data_nothing_is_opened(world: World) -> None:
    """The rights to hold and to operate are none to have it labelled."""
    version, by = masked_version(world), world.actor("officer")
    planned = given.plan([given.services(world)[0]])
    certified(
        world,
        dataset=version.dataset,
        rights=frozenset({Right.HOLD.value, Right.OPERATE.value}),
    )
    with pytest.raises(WrongState) as refused:
        open_labelling(version.pk, plan=planned, by=by)
    assert refused.value.code == "right-missing"


def test_annotators_are_shown_nothing_once_the_right_is_frozen(
    world: World, page_of: PageClients
) -> None:
    """Nor told why: no item is shown, labelled, taken or handed in until it is lifted."""
    batch = given.labelled(world)
    task = batch.tasks.get(position=1)
    by, looks = world.actor("annotator"), ItemLook.objects.count()
    held = freeze(world)
    for act in (
        lambda: look_at_item(task.pk, by=by),
        lambda: label_item(task.pk, answer=given.HIGH, by=by),
        lambda: hand_in_batch(batch.pk, by=by),
        lambda: take_batch(batch.annotator.project_id, by=by),
    ):
        with pytest.raises(WrongState) as refused:
            act()
        assert refused.value.code == "labelling-not-open"
        assert "right" not in str(refused.value)
    page = page_of("annotator").get(reverse("item_batch", args=[batch.pk]), {"at": "1"})
    assert "frozen" not in page.content.decode()
    assert ItemLook.objects.count() == looks
    unfreeze_certificate(held.pk, by=world.actor("reviewer"))
    assert hand_in_batch(batch.pk, by=by).state == "handed_in"


def test_no_officer_goes_on_once_the_right_is_frozen(world: World) -> None:
    """No project is opened, no disagreement decided, no set made."""
    item, by = given.disputed(world), world.actor("officer")
    planned = given.plan([given.services(world)[0]])
    draft = open_labelling(item.project.version_id, plan=planned, by=by)
    freeze(world)
    for act in (
        lambda: open_labelling(item.project.version_id, plan=planned, by=by),
        lambda: set_gold(draft.pk, row=1, answer=given.HIGH, by=by),
        lambda: arbitrate_item(item.pk, answer=given.HIGH, by=by),
        lambda: make_labelled_set(item.project_id, **NAMED, by=by),
    ):
        with pytest.raises(WrongState) as refused:
            act()
        assert refused.value.code == "right-frozen"


def test_a_right_that_is_not_in_date_is_none(world: World) -> None:
    """On the day after its last one, before anybody marks it as expired."""
    version, by = masked_version(world), world.actor("officer")
    held = certified(world, dataset=version.dataset)
    planned = given.plan([given.services(world)[0]])
    before = clock.now() + (held.valid_from - clock.today()) - timedelta(days=1)
    with clock.stopped_at(before), pytest.raises(WrongState) as refused:
        open_labelling(version.pk, plan=planned, by=by)
    assert refused.value.code == "right-missing"


def test_versions_to_label_are_asked_once(world: World) -> None:
    """Two take as many queries as one, on the page on which one is chosen."""
    by = world.actor("officer")

    def opened() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            versions = versions_to_open(by)
        return len(versions), len(asked.captured_queries)

    given.usable(world)
    versions, queries = opened()
    assert versions == 1
    second = masked_version(world, title="Incomes of another town", table=people(80))
    certified(world, dataset=second.dataset)
    assert opened() == (2, queries)

"""Disagreements that are decided, and the dataset that labels become."""

from __future__ import annotations

from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.annotation.quality.selectors import quality_of
from marketplace.catalog.lineage.models import Origin
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.vault.services import open_stored
from tests.given import annotation as given
from tests.given.world import World


def test_disagreement_is_told(world: World) -> None:
    """Three of four items alike: the row, what is taken for what, and alpha."""
    item = given.disputed(world)
    assert [one.item.row for one in disputed_of(item.project)] == [9]
    quality = quality_of(item.project)
    assert quality.whole.items == 4
    assert [(one.first, one.second, one.times) for one in quality.confusions] == [
        ("High income", "Low income", 1)
    ]
    assert quality.whole.alpha == pytest.approx(0.0)
    assert {one.agreement.alpha for one in quality.classes} == {quality.whole.alpha}


def test_who_labelled_an_item_does_not_decide_on_it(world: World) -> None:
    """By whatever account of theirs; a second person does, once."""
    item = given.disputed(world)
    annotator, officer = world.person("annotator"), world.person("officer")
    for person in (annotator, officer):
        person.human_id = annotator.pk
        person.save(update_fields=["human_id"])
    with pytest.raises(NotAllowed):
        arbitrate_item(item.pk, answer=given.HIGH, by=world.actor("officer"))
    arbitrate_item(item.pk, answer=given.HIGH, by=world.actor("colleague"))
    assert disputed_of(item.project) == []
    with pytest.raises(WrongState):
        arbitrate_item(item.pk, answer=given.LOW, by=world.actor("colleague"))


def test_a_set_has_the_items_whose_label_is_known(world: World) -> None:
    """In the order of their rows, of the masked bytes; the labelled data is its origin."""
    item = given.disputed(world)
    named = {"title": "Labelled incomes", "abstract": "Four incomes by class."}
    by = world.actor("officer")
    with pytest.raises(WrongState) as refused:
        make_labelled_set(item.project_id, **named, by=by)
    assert refused.value.code == "items-disputed"
    arbitrate_item(item.pk, answer=given.HIGH, by=by)
    made = make_labelled_set(item.project_id, **named, by=by)
    source = item.project.version
    with open_stored(made.version.file) as file:
        written = pq.read_table(file).to_pylist()
    with open_stored(source.file) as file:
        masked = pq.read_table(file, columns=given.COLUMNS).to_pylist()
    assert [{name: row[name] for name in given.COLUMNS} for row in written] == masked[8:12]
    assert [row["label"] for row in written] == ["high", "low", "low", "low"]
    origin = Origin.objects.get(dataset_id=made.version.dataset_id)
    assert (origin.upstream_id, origin.upstream_version_id) == (source.dataset_id, source.pk)
    assert (made.items, made.cost) == (4, Decimal("3.00"))
    with pytest.raises(WrongState) as again:
        make_labelled_set(item.project_id, **named, by=by)
    assert again.value.code == "labelled-set-made"

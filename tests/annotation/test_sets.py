"""Disagreements that are decided, and the dataset that labels become."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from django.utils.translation import override

from marketplace.annotation.agreement.alpha import Undefined
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.annotation.quality.selectors import quality_of
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.version.code_lists import codes_of
from marketplace.catalog.version.selectors import columns_of
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.credentials.presentation import VALUES
from marketplace.learning.grounds.locks import grounds_of
from marketplace.learning.model.pedigree import claims_of_pedigree, pedigree_of
from marketplace.vault.services import open_stored
from tests.annotation.test_exports import taken_out
from tests.conftest import PageClients
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


def test_labels_that_do_not_vary_have_no_agreement(world: World, page_of: PageClients) -> None:
    """All got one class: page, export and model card say so, and of the class nobody gave."""
    made = given.made_alike(world)
    quality = quality_of(made.project)
    assert (quality.whole.items, quality.whole.alpha, quality.whole.low) == (4, None, None)
    assert [one.agreement.undefined for one in quality.classes] == [
        Undefined.ALL_ALIKE,
        Undefined.NEVER_GIVEN,
    ]
    address = reverse("labelling_detail", args=[made.project_id])
    for language, words in (
        ("en", ("all answers are the same", "nobody gave this class")),
        ("zh-hans", ("全部作答相同", "无人标注过该类别")),
    ):
        page = page_of("officer").get(address, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        for one in words:
            assert one in page
    with zipfile.ZipFile(io.BytesIO(taken_out(world, made, "croissant"))) as archive:
        told = json.loads(archive.read("croissant.json"))
    assert "is not defined: all answers are the same" in told["rai:dataAnnotationAnalysis"]
    grounds = grounds_of(made.project.version, made.project.organization)
    pedigree = pedigree_of(made.version, grounds)
    assert pedigree["labelling"]["undefined"] == "not defined: all answers are the same"
    said = claims_of_pedigree(pedigree)["labelling_agreement"]
    assert said == "not defined: all answers are the same"
    with override("zh-hans"):
        assert "全部作答相同" in str(VALUES["labelling_agreement"][said])


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


def test_the_columns_of_a_set_are_explained(world: World) -> None:
    """As those of the data are that was labelled; the labels by the classes, in both languages."""
    made = given.made(world)
    columns = {one.name: one for one in columns_of(made.version)}
    known = {one.name: one for one in columns_of(made.project.version)}
    for name in given.COLUMNS:
        for part in ("label", "meaning", "unit", "code_list"):
            assert getattr(columns[name], part) == getattr(known[name], part)
    assert known["income"].label
    label = columns["label"]
    assert label.label == "标注结果 Label of the row"
    assert codes_of(label) == {"low": "Low income", "high": "High income"}


def test_a_set_has_the_items_whose_label_is_known(world: World) -> None:
    """Gold ones too, by their rows, of the masked bytes; the labelled data is its origin."""
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
    assert [{name: row[name] for name in given.COLUMNS} for row in written] == masked[:12]
    gold = ["high"] * len(given.GOLD_ROWS)
    assert [row["label"] for row in written] == [*gold, "high", "low", "low", "low"]
    origin = Origin.objects.get(dataset_id=made.version.dataset_id)
    assert (origin.upstream_id, origin.upstream_version_id) == (source.dataset_id, source.pk)
    assert (made.items, made.cost) == (12, Decimal("3.00")), "Gold ones cost no annotator's work."
    with pytest.raises(WrongState) as again:
        make_labelled_set(item.project_id, **named, by=by)
    assert again.value.code == "labelled-set-made"

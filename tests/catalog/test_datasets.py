"""Officers register, describe, grade, reopen and retire datasets."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from uuid import uuid4

import pytest

from marketplace.catalog.dataset.filters import DatasetFilters
from marketplace.catalog.dataset.grading import Grade, HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.services import (
    register_dataset,
    reopen_dataset,
    retire_dataset,
    revise_dataset,
)
from marketplace.catalog.dataset.states import DATASET, DatasetState
from marketplace.catalog.grade.services import grade_dataset
from marketplace.core.actor import NOBODY, Actor
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from tests.given.catalog import (
    SLIGHT,
    approved_dataset,
    description,
    draft_dataset,
    submitted_dataset,
)
from tests.given.world import World

ALLOWED = {
    ("draft", "in_review"),
    ("draft", "retired"),
    ("in_review", "approved"),
    ("in_review", "returned"),
    ("returned", "in_review"),
    ("returned", "retired"),
    ("approved", "draft"),
    ("approved", "retired"),
}
GRAVE = (
    Impact(HarmedObject.INDIVIDUAL, HarmDegree.GENERAL),
    Impact(HarmedObject.ECONOMY, HarmDegree.SERIOUS),
)


def revise(dataset: Dataset, by: Actor) -> Dataset:
    """Change a title."""
    return revise_dataset(dataset.pk, description=description(title="Bus trips"), by=by)


def grade(dataset: Dataset, by: Actor) -> Dataset:
    """Give a grade."""
    return grade_dataset(dataset.pk, impacts=GRAVE, negative_list=("state-secret",), by=by)


def reopen(dataset: Dataset, by: Actor) -> Dataset:
    """Open for changes."""
    return reopen_dataset(dataset.pk, by=by)


def retire(dataset: Dataset, by: Actor) -> Dataset:
    """Take out of use."""
    return retire_dataset(dataset.pk, reason="The source ended.", by=by)


ACTS = [revise, grade, reopen, retire]
Act = Callable[[Dataset, Actor], Dataset]


def assert_refused(kind: type[Exception], act: Act, dataset: Dataset, by: Actor) -> None:
    """A refusal changes nothing."""
    before = (list(Dataset.objects.filter(pk=dataset.pk).values()), Entry.objects.count())
    with pytest.raises(kind):
        act(dataset, by)
    assert (list(Dataset.objects.filter(pk=dataset.pk).values()), Entry.objects.count()) == before


@pytest.mark.parametrize(("now", "then"), list(product(DatasetState, DatasetState)))
def test_moves_between_all_pairs_of_states(now: DatasetState, then: DatasetState) -> None:
    dataset = Dataset(state=now)
    if (now.value, then.value) in ALLOWED:
        DATASET.move(dataset, then)
        assert dataset.state == then
    else:
        with pytest.raises(WrongState):
            DATASET.move(dataset, then)
        assert dataset.state == now


def test_an_officer_registers_a_draft(world: World) -> None:
    dataset = register_dataset(
        description=description(title="  Bus trips  "), by=world.actor("officer")
    )
    assert dataset.state == DatasetState.DRAFT
    assert dataset.title == "Bus trips"
    assert dataset.organization == world.organization("officer")
    assert dataset.grade == ""
    entry = Entry.objects.get(subject=f"dataset:{dataset.pk}")
    assert entry.kind == "catalog.dataset_registered"
    assert entry.about == [f"organization:{dataset.organization_id}"]
    assert entry.payload == {}


@pytest.mark.parametrize("person", ["finance", "buyer", "reviewer", "auditor", "pending", ""])
def test_who_is_no_officer_registers_nothing(world: World, person: str) -> None:
    by = world.actor(person) if person else NOBODY
    before = Dataset.objects.count(), Entry.objects.count()
    with pytest.raises(NotAllowed):
        register_dataset(description=description(), by=by)
    assert (Dataset.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": " "}, "Fill this in"),
        ({"title": "x" * 41}, "40 characters"),
        ({"abstract": "数" * 401}, "400 characters"),
        ({"theme": "astrology"}, "Choose one of what"),
        ({"theme": ""}, "Fill this in"),
        ({"personal_basis": "none of your business"}, "Choose one of what"),
        ({"region": "Min\x00jiang"}, "cannot be stored"),
        ({"legal_basis": "x" * 301}, "300 characters"),
        ({"contact": ""}, "Fill this in"),
    ],
)
def test_a_description_that_breaks_a_rule_is_refused(
    world: World, change: dict[str, str], words: str
) -> None:
    before = Dataset.objects.count()
    with pytest.raises(Invalid) as refusal:
        register_dataset(description=description(**change), by=world.actor("officer"))
    assert list(refusal.value.fields) == list(change)
    assert words in refusal.value.fields[next(iter(change))][0]
    assert Dataset.objects.count() == before


def test_every_fault_of_a_description_is_told_at_once(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        register_dataset(
            description=description(title="", abstract="", region="x" * 61),
            by=world.actor("officer"),
        )
    assert set(refusal.value.fields) == {"title", "abstract", "region"}


def test_texts_at_their_limits_are_taken(world: World) -> None:
    dataset = draft_dataset(world, title="题" * 40, abstract="数" * 400)
    dataset.refresh_from_db()
    assert (len(dataset.title), len(dataset.abstract)) == (40, 400)


def test_a_colleague_revises(world: World) -> None:
    dataset = draft_dataset(world)
    assert revise(dataset, world.actor("colleague")).title == "Bus trips"
    assert Entry.objects.filter(kind="catalog.dataset_revised").count() == 1


def test_the_same_description_again_changes_nothing(world: World) -> None:
    dataset = draft_dataset(world)
    entries = Entry.objects.count()
    revise_dataset(dataset.pk, description=description(), by=world.actor("officer"))
    assert Entry.objects.count() == entries


def test_the_grade_follows_from_the_harm(world: World) -> None:
    dataset = grade(draft_dataset(world), world.actor("officer"))
    dataset.refresh_from_db()
    assert dataset.grade == Grade.IMPORTANT
    assert dataset.impacts == [
        {"object": "economy", "degree": "serious"},
        {"object": "individual", "degree": "general"},
    ]
    assert dataset.negative_list == ["state-secret"]
    entry = Entry.objects.get(kind="catalog.dataset_graded")
    assert entry.payload == {"grade": "important", "negative_list": ["state-secret"]}


def test_the_same_grade_again_changes_nothing(world: World) -> None:
    dataset = grade(draft_dataset(world), world.actor("officer"))
    entries = Entry.objects.count()
    grade(dataset, world.actor("officer"))
    assert Entry.objects.count() == entries


def test_harm_is_named_once_an_object(world: World) -> None:
    dataset = draft_dataset(world)
    twice = (*SLIGHT, Impact(HarmedObject.ORGANIZATION, HarmDegree.SERIOUS))
    with pytest.raises(Invalid) as refusal:
        grade_dataset(dataset.pk, impacts=twice, negative_list=(), by=world.actor("officer"))
    assert "impacts" in refusal.value.fields


def test_the_negative_list_has_its_items_only(world: World) -> None:
    dataset = draft_dataset(world)
    with pytest.raises(Invalid) as refusal:
        grade_dataset(
            dataset.pk, impacts=SLIGHT, negative_list=("astrology",), by=world.actor("officer")
        )
    assert "negative_list" in refusal.value.fields


def test_an_approved_dataset_is_opened_for_changes(world: World) -> None:
    dataset = reopen(approved_dataset(world), world.actor("officer"))
    assert dataset.state == DatasetState.DRAFT
    assert revise(dataset, world.actor("officer")).title == "Bus trips"


def test_a_dataset_is_retired_with_a_reason(world: World) -> None:
    dataset = approved_dataset(world)
    with pytest.raises(Invalid) as refusal:
        retire_dataset(dataset.pk, reason="  ", by=world.actor("officer"))
    assert "reason" in refusal.value.fields
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.APPROVED
    assert retire(dataset, world.actor("officer")).state == DatasetState.RETIRED


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("person", "kind"),
    [
        ("stranger", NotFound),
        ("buyer", NotFound),
        ("", NotFound),
        ("finance", NotAllowed),
        ("reviewer", NotAllowed),
        ("auditor", NotAllowed),
    ],
)
def test_who_may_not_is_refused(world: World, act: Act, person: str, kind: type[Exception]) -> None:
    dataset = draft_dataset(world)
    assert_refused(kind, act, dataset, world.actor(person) if person else NOBODY)


@pytest.mark.parametrize("act", [revise, grade])
def test_frozen_data_is_not_changed(world: World, act: Act) -> None:
    submitted = submitted_dataset(world)
    assert_refused(WrongState, act, submitted, world.actor("officer"))
    approved = approved_dataset(world, table="a,b\n1,2\n")
    assert_refused(WrongState, act, approved, world.actor("officer"))
    retired = retire(approved, world.actor("officer"))
    assert_refused(WrongState, act, retired, world.actor("officer"))


@pytest.mark.parametrize("act", [reopen, retire])
def test_a_dataset_under_review_is_neither_opened_nor_retired(world: World, act: Act) -> None:
    assert_refused(WrongState, act, submitted_dataset(world), world.actor("officer"))


@pytest.mark.parametrize("act", ACTS)
def test_what_does_not_exist_is_not_found(world: World, act: Act) -> None:
    with pytest.raises(NotFound):
        act(Dataset(pk=uuid4()), world.actor("officer"))


def test_who_sees_a_dataset(world: World) -> None:
    dataset = draft_dataset(world)
    for person in ("officer", "colleague", "finance", "reviewer", "auditor", "administrator"):
        assert dataset in datasets_visible_to(world.actor(person)), person
    for person in ("stranger", "buyer", "treasurer", "pending"):
        assert dataset not in datasets_visible_to(world.actor(person)), person
    assert not datasets_visible_to(NOBODY).exists()


def test_datasets_are_found_by_each_word(world: World) -> None:
    buses = draft_dataset(world)
    weather = draft_dataset(world, title="Rain by hour", abstract="Rain gauges of the city.")
    rows = datasets_visible_to(world.actor("officer"))

    def found(words: str) -> set[Dataset]:
        return set(DatasetFilters({"q": words}, queryset=rows).qs)

    assert found("minjiang") == {buses, weather}
    assert found("BOARDINGS bus") == {buses}
    assert found("rain transport") == {weather}
    assert found("boardings rain") == set()
    assert found("  ") == {buses, weather}

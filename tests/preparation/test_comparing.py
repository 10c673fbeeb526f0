"""A small table beside a large release is compared person by person before both are tried."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from django.urls import reverse

from desensitize.attacks import people as sketches
from desensitize.attacks.people import sketch_people
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.services import declare_origin, withdraw_origin
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.errors import WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation.execution import execute_run
from marketplace.preparation.release.comparing import compare_what_is_open
from marketplace.preparation.release.models import Composition, PeopleComparison
from marketplace.preparation.release.people import (
    earlier_releases,
    untried_with,
    where_people_stand,
)
from marketplace.preparation.release.services import (
    keep_sketch,
    let_out,
    people_key,
    start_composition,
)
from marketplace.preparation.run.models import Run
from marketplace.vault.services import decrypt_into
from tests.conftest import PageClients
from tests.given import annotation, preparation
from tests.given import people as given
from tests.given.shelf import kept
from tests.given.world import World

ROWS, FEW = 400, 40
KEPT = {"role": "sensitive", "mask": "keep", "options": {}}

NUMBERS = [f"138{one:08d}" for one in np.random.default_rng(7).choice(10**8, ROWS + FEW, False)]
"""Mobile numbers, none of them twice."""


def survey() -> str:
    """Make up a survey with telephone numbers, as CSV."""
    random = np.random.default_rng(5)
    ages, bands = random.integers(20, 70, ROWS), random.integers(1, 9, ROWS)
    lines = [f"{NUMBERS[one]},{ages[one]},{bands[one]}" for one in range(ROWS)]
    return "\n".join(["mobile,age,band", *lines]) + "\n"


def calls(numbers: list[str]) -> str:
    """Make up what somebody with each number said, as CSV."""
    lines = [f"{one},The lamp {place} is out" for place, one in enumerate(numbers)]
    return "\n".join(["phone,message", *lines]) + "\n"


THEIRS, OTHERS = NUMBERS[:FEW], NUMBERS[ROWS:]


@kept
def survey_out(world: World) -> DatasetVersion:
    """Let a release of the survey out."""
    source = preparation.classified_version(
        world, table=survey(), title="A survey", personal_basis="none"
    )
    document = preparation.policy_document(source, mobile="drop", age="drop", band=KEPT)
    with given.few_will_do():
        released = preparation.masked(world, source, document=document)
    let_out(released)
    return released


def sketched(version: DatasetVersion, folder: Path) -> DatasetVersion:
    """Keep a sketch of a source again, of so few rows as it would be of many."""
    path = decrypt_into(version.file, folder)
    sketch = sketch_people(path, key=people_key(version.dataset.organization_id))
    keep_sketch(version.pk, sketch=sketch, person=None, by=preparation.SYSTEM)
    path.unlink()
    return version


@pytest.fixture(autouse=True)
def _few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "ROWS_KEPT", 50)


def beside_the_survey(world: World, numbers: list[str], folder: Path) -> DatasetVersion:
    """Return a source whose sketch leaves open whether it shares people with the survey."""
    released = survey_out(world)
    sketched(released.source, folder)
    version = sketched(
        preparation.classified_version(
            world, table=calls(numbers), title="Calls", personal_basis="none"
        ),
        folder,
    )
    assert list(earlier_releases(version)) == [released]
    return version


@pytest.mark.parametrize(
    ("numbers", "is_common", "is_open"),
    [
        (OTHERS, False, False),
        ([f"+86 {one[:3]}-{one[3:7]}-{one[7:]}" for one in THEIRS], True, True),
        ([f"{one[:3]}****{one[7:]}" for one in THEIRS], None, True),
    ],
    ids=["other people", "written otherwise", "cut"],
)
def test_only_other_people_are_not_tried(
    numbers: list[str],
    is_common: bool | None,
    is_open: bool,
    world: World,
    tmp_path: Path,
    page_of: PageClients,
) -> None:
    """Who reformats the numbers of the same people is tried as before."""
    version = beside_the_survey(world, numbers, tmp_path)
    run = Run.objects.filter(version=version)[0]
    for _again in range(2):
        compare_what_is_open(run, version, tmp_path, by=preparation.SYSTEM)
    assert earlier_releases(version).exists() is is_open
    page = page_of("officer").get(reverse("preparation_detail", args=[version.pk]))
    told = page.content.decode().partition("Earlier releases of other people")[2]
    assert ("A survey" in told, "mobile number" in told) == (not is_open, not is_open)
    found = PeopleComparison.objects.first()
    if is_common is None:
        assert found is None
        return
    assert found is not None
    assert PeopleComparison.objects.count() == 1
    assert (found.sha256, found.other_sha256) == (version.sha256, found.other.sha256)
    assert found.are_apart is not is_common
    entry = Entry.objects.get(kind="preparation.people_compared")
    assert entry.payload["other_sha256"] == found.other.sha256
    assert entry.payload["are_apart"] is not is_common
    assert not any(tmp_path.iterdir()), "nothing in plain is left"


@pytest.mark.parametrize("are_others", [True, False])
def test_the_run_that_tries_both_looks_first_whether_they_share_anybody(
    are_others: bool, world: World
) -> None:
    """Then there is nothing to try, and the offer is not refused for it."""
    numbers = OTHERS if are_others else [f"0086{one}" for one in THEIRS]
    source = preparation.classified_version(
        world, table=calls(numbers), title="Calls", personal_basis="none"
    )
    document = preparation.policy_document(source, phone="drop", message=KEPT)
    with given.few_will_do():
        masked = preparation.masked(world, source, document=document)
    released = survey_out(world)
    assert untried_with(masked) == [released]
    with given.few_will_do():
        run = start_composition(masked.pk, by=world.actor("officer"))
        execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert untried_with(masked) == []
    assert Composition.objects.exists() is not are_others
    assert PeopleComparison.objects.get().are_apart is are_others
    with pytest.raises(WrongState) as again:
        start_composition(masked.pk, by=world.actor("officer"))
    assert again.value.code == "composition-tried"


def test_people_of_a_labelled_set_stand_where_its_rows_came_from(world: World) -> None:
    """By what the centre wrote alone: not of what is uploaded later, whatever is declared."""
    made = annotation.made(world)
    origin = Origin.objects.get(dataset=made.version.dataset)
    stood = where_people_stand(made.version)
    assert (stood.version, stood.origin) == (made.project.version.source, origin)
    other = preparation.classified_version(
        world, table=calls(OTHERS), title="Calls", personal_basis="none"
    )
    declare_origin(
        other.dataset_id, upstream_id=made.project.version.dataset_id, by=world.actor("officer")
    )
    assert where_people_stand(other).version == other
    DatasetVersion.objects.filter(pk=other.pk).update(
        dataset=made.version.dataset, number=made.version.number + 1
    )
    other.refresh_from_db()
    assert where_people_stand(other).version == other
    assert where_people_stand(made.version).origin == origin
    withdraw_origin(origin.pk, reason="It was another one.", by=world.actor("reviewer"))
    assert where_people_stand(made.version).version == made.version


def test_what_was_found_by_an_origin_falls_with_it(world: World, tmp_path: Path) -> None:
    version = beside_the_survey(world, OTHERS, tmp_path)
    run = Run.objects.filter(version=version)[0]
    compare_what_is_open(run, version, tmp_path, by=preparation.SYSTEM)
    origin = declare_origin(version.dataset_id, reference="Elsewhere", by=world.actor("officer"))
    PeopleComparison.objects.update(origin=origin)
    assert not earlier_releases(version).exists()
    withdraw_origin(origin.pk, reason="It was another one.", by=world.actor("reviewer"))
    assert earlier_releases(version).exists()


def test_a_sketch_that_knows_somebody_again_takes_it_back(world: World, tmp_path: Path) -> None:
    """As where the column that tells persons apart is named later."""
    version = beside_the_survey(world, OTHERS, tmp_path)
    run = Run.objects.filter(version=version)[0]
    compare_what_is_open(run, version, tmp_path, by=preparation.SYSTEM)
    assert not earlier_releases(version).exists()
    other = PeopleComparison.objects.get().other
    path, key = decrypt_into(other.file, tmp_path), people_key(other.dataset.organization_id)
    sketch = sketch_people(path, key=key)
    keep_sketch(version.pk, sketch=sketch, person=None, by=preparation.SYSTEM)
    assert earlier_releases(version).exists()

"""Runs that only look: what each method loses, and what masked versions lost."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from desensitize.risk import compare_tables
from marketplace.catalog.models import DatasetVersion
from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation.execution import execute_run
from marketplace.preparation.models import Run, RunKind
from marketplace.preparation.selectors import last_study
from marketplace.preparation.services.hierarchies import set_hierarchy
from marketplace.preparation.services.leases import take_run
from marketplace.preparation.services.runs import cancel_run
from marketplace.preparation.services.studies import (
    finish_study,
    start_comparison,
    start_tradeoff,
)
from marketplace.vault.services.work import decrypt_into
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.towns import TOWNS

pytestmark = pytest.mark.django_db


def done(run: Run) -> Run:
    """Do a run to its end."""
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done", (run.error_code, run.error_parameters)
    return run


def pictured(world: World) -> DatasetVersion:
    """Answer a classified version whose methods were compared."""
    version = given.classified_version(world)
    done(start_tradeoff(version.pk, by=world.actor("officer")))
    return version


def test_point_taken_over_loses_what_the_picture_said(world: World) -> None:
    version = pictured(world)
    study = last_study(version, RunKind.TRADEOFF)
    assert study is not None
    points = study.answer["points"]
    assert {point["k"] for point in points} == {5, 10, 15, 20, 30}
    for point in (points[1], points[-1]):
        if point["refusal"]:
            continue
        document = given.without_trace(version) | {
            "method": point["method"],
            "smallest_class": point["k"],
        }
        report = given.masked(world, version, document=document).risk_reports.get()
        assert report.figures["loss"] == pytest.approx(point["loss"])
    assert "Fuzhou" not in str(study.answer)


def test_same_question_is_asked_once(world: World) -> None:
    version = pictured(world)
    officer = world.actor("officer")
    first = start_tradeoff(version.pk, by=officer)
    assert start_tradeoff(version.pk, by=officer) == first
    set_hierarchy(version.pk, column="city", rows=TOWNS, by=officer)
    second = start_tradeoff(version.pk, by=officer)
    assert second != first
    set_hierarchy(version.pk, column="city", rows=[[row[0], "*"] for row in TOWNS], by=officer)
    with pytest.raises(WrongState) as caught:
        start_tradeoff(version.pk, by=officer)
    assert caught.value.code == "study-under-way"


def test_nothing_generalized_leaves_nothing_to_choose(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    document = given.policy_document(version, age="drop", sex="drop", city="drop")
    given.confirmed(world, version, document=document)
    with pytest.raises(WrongState) as caught:
        start_tradeoff(version.pk, by=world.actor("officer"))
    assert caught.value.code == "nothing-generalized"
    page = page_of("officer").get(reverse("tradeoff_detail", kwargs={"pk": version.pk}))
    assert "nothing to choose between" in page.content.decode()
    assert not Run.objects.filter(kind=RunKind.TRADEOFF).exists()


def test_cancelled_study_keeps_no_answer(world: World) -> None:
    version = given.classified_version(world)
    run = start_tradeoff(version.pk, by=world.actor("officer"))
    held = take_run(run.pk, by=given.SYSTEM)
    cancel_run(run.pk, by=world.actor("officer"))
    with pytest.raises(WrongState):
        finish_study(run.pk, attempt=held.attempt, answer={"points": []}, by=given.SYSTEM)
    study = last_study(version, RunKind.TRADEOFF)
    assert study is not None
    assert study.answer == {}
    assert start_tradeoff(version.pk, by=world.actor("officer")) != run
    assert not Entry.objects.filter(kind="preparation.study_finished").exists()


def test_picture_offers_its_points(world: World, page_of: PageClients) -> None:
    version = pictured(world)
    address = reverse("tradeoff_detail", kwargs={"pk": version.pk})
    page = page_of("officer").get(address)
    shown = page.content.decode()
    assert "<svg" in shown
    assert "in the policy now" in shown
    assert "method=global&amp;smallest_class=10" in shown
    assert page.context["is_current"]
    assert "Take over" not in page_of("reviewer").get(address).content.decode()
    set_hierarchy(version.pk, column="city", rows=TOWNS, by=world.actor("officer"))
    changed = page_of("officer").get(address)
    assert not changed.context["is_current"]
    assert "Draw it again" in changed.content.decode()


def two_masked(world: World) -> tuple[DatasetVersion, DatasetVersion, DatasetVersion]:
    """Answer a source version with two masked ones."""
    source = given.classified_version(world)
    first = given.masked(world, source, document=given.without_trace(source))
    coarser = given.without_trace(source) | {"smallest_class": 20}
    return source, first, given.masked(world, source, document=coarser)


def test_comparison_is_the_librarys(world: World, page_of: PageClients, tmp_path: Path) -> None:
    source, first, second = two_masked(world)
    done(start_comparison(source.pk, masked=[second.pk, first.pk], by=world.actor("officer")))
    study = last_study(source, RunKind.COMPARE)
    assert study is not None
    [found, other] = study.answer["compared"]
    assert (found["version"], other["version"]) == (str(second.pk), str(first.pk))
    again = compare_tables(
        decrypt_into(source.file, tmp_path),
        decrypt_into(second.file, tmp_path),
        quasi_identifiers=["age", "sex", "city"],
    ).as_dict()
    assert found["loss"] == pytest.approx(again["loss"])
    assert [one["distances"] for one in found["columns"]] == [
        one["distances"] for one in again["columns"]
    ]
    assert found["sha256_after"] == second.sha256
    assert found["loss"] > other["loss"]

    page = page_of("reviewer").get(reverse("comparison_detail", kwargs={"pk": source.pk}))
    shown = page.content.decode()
    assert shown.count("against its source") == 2
    assert "of the detail lost" in shown
    assert "left out" in shown


def test_what_cannot_be_compared_is_refused(world: World) -> None:
    source, first, second = two_masked(world)
    officer = world.actor("officer")
    other = given.masked_version(world, title="Another table")
    for masked in ([], [first.pk, second.pk, other.pk], [other.pk], [source.pk], [uuid4()]):
        with pytest.raises(Invalid) as caught:
            start_comparison(source.pk, masked=masked, by=officer)
        assert "masked" in caught.value.fields
    run = start_comparison(source.pk, masked=[first.pk], by=officer)
    assert start_comparison(source.pk, masked=[first.pk, first.pk], by=officer) == run
    with pytest.raises(WrongState):
        start_comparison(source.pk, masked=[second.pk], by=officer)


def test_form_asks_for_a_version(world: World, page_of: PageClients) -> None:
    source, _first, _second = two_masked(world)
    client = page_of("officer")
    address = reverse("comparison_detail", kwargs={"pk": source.pk})
    refused = client.post(address, {})
    assert refused.status_code == 422
    untouched = given.classified_version(world, title="Another table")
    empty = client.get(reverse("comparison_detail", kwargs={"pk": untouched.pk}))
    assert "no masked version" in empty.content.decode()

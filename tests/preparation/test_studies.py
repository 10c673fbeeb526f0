"""Runs that only look: what each method loses, and what masked versions lost."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from desensitize.policy import Policy
from desensitize.risk import compare_tables
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.errors import Invalid, WrongState
from marketplace.jobs.services import take_job
from marketplace.ledger.models import Entry
from marketplace.preparation.column.services import set_hierarchy
from marketplace.preparation.execution import execute_run
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.services import cancel_run
from marketplace.preparation.run.steps import RUNS
from marketplace.preparation.study.presentation import adopted
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.study.services import finish_study, start_comparison, start_tradeoff
from marketplace.vault.services import decrypt_into
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given.treatments import tried_version
from tests.given.world import World
from tests.preparation.towns import TOWNS

pytestmark = pytest.mark.django_db


def done(run: Run) -> Run:
    """Do a run to its end."""
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done", (run.error_code, run.error_parameters)
    return run


def test_same_question_is_asked_once(world: World) -> None:
    version = tried_version(world)
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


def test_cancelled_study_keeps_no_answer(world: World) -> None:
    version = given.classified_version(world)
    run = start_tradeoff(version.pk, by=world.actor("officer"))
    held = take_job(run.pk, queue=RUNS, by=given.SYSTEM)
    cancel_run(run.pk, by=world.actor("officer"))
    with pytest.raises(WrongState):
        finish_study(run.pk, attempt=held.attempt, answer={"treatments": []}, by=given.SYSTEM)
    study = last_study(version, RunKind.TRADEOFF)
    assert study is not None
    assert study.answer == {}
    assert start_tradeoff(version.pk, by=world.actor("officer")) != run
    assert not Entry.objects.filter(kind="preparation.study_finished").exists()


def test_treatment_is_adopted_as_it_was_tried(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    version, officer = tried_version(world), page_of("officer")
    study = last_study(version, RunKind.TRADEOFF)
    assert study is not None
    assert "Fuzhou" not in str(study.answer)
    address = reverse("tradeoff_detail", kwargs={"pk": version.pk})
    page = officer.get(address)
    picture = page.context["picture"]
    assert page.context["is_current"]
    assert [point.is_now for point in picture.points] == [True] + [False] * (
        len(picture.points) - 1
    )
    assert "<svg" in page.content.decode()
    first = picture.points[1]
    assert "Leave out “Id number”" in first.steps
    assert f"?treatment={first.place}" in page.content.decode()
    assert "?treatment=" not in page_of("reviewer").get(address).content.decode()

    chosen = reverse("policy_confirm", kwargs={"pk": version.pk}) + f"?{first.query}"
    by_program = api_of("officer").get(
        reverse("api_get_treatment_policy", kwargs={"pk": study.run_id, "place": first.place})
    )
    assert Policy.from_dict(by_program.json()) == adopted(study, first.place)
    form = officer.get(chosen).context["form"]
    sent = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    assert officer.post(chosen, sent).status_code == 302
    confirmed = policy_of(version)
    assert confirmed is not None
    assert Policy.from_dict(confirmed.document) == adopted(study, first.place)
    again = officer.get(address)
    assert again.context["picture"].points[1].is_now
    assert not again.context["is_current"]
    assert "What you adopt begins from the policy of then." in again.content.decode()


def test_nothing_is_adopted_that_was_not_tried(world: World, page_of: PageClients) -> None:
    version = tried_version(world)
    study = last_study(version, RunKind.TRADEOFF)
    assert study is not None
    synthetic = len(study.answer["treatments"]) - 1
    for place in (0, synthetic, 99):
        assert adopted(study, place) is None
    policy = reverse("policy_confirm", kwargs={"pk": version.pk})
    for query in ("?treatment=99", "?treatment=-1", "?treatment=x", f"?treatment={synthetic}"):
        assert not page_of("officer").get(policy + query).context["begun"].is_treatment


def two_masked(world: World) -> tuple[DatasetVersion, DatasetVersion, DatasetVersion]:
    """Return a source version with two masked ones."""
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

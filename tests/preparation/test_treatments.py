"""Words for attackers and treatments, and what a report advises."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from desensitize.attacks.registry import ATTACKERS, REASONS
from desensitize.attacks.verdict import Verdict
from desensitize.treatments import Step, Treatment, Tried
from desensitize.treatments.steps import SENTENCES
from marketplace.core.errors import NotAllowed
from marketplace.credentials.models import Credential
from marketplace.credentials.presentation import (
    VALUES,
    attacker_label,
    sheet_sections,
)
from marketplace.jobs.states import JobState
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.presentation import values_chart
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.outcomes import (
    STEP_SENTENCES,
    reason_sentence,
    step_sentence,
)
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.presentation import adopted
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.study.services import help_failed_report
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.pipeline import catch_up
from tests.given.world import World

PARAMETERS: dict[str, Any] = {
    "attacker": "inference",
    "what": "Nothing.",
    "file": "二〇二五",
    "column": "age",
    "columns": "“age”, “sex”",
    "left_out": "but “age”",
    **dict.fromkeys(("rows", "k", "failing", "tried", "known", "trials", "needed"), 1234),
    **dict.fromkeys(("left", "total", "most"), 1234),
    **dict.fromkeys(("rate", "control", "excess", "limit", "high", "share"), 0.25),
}
FIGURES = {"epsilon": "ε"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_code_of_the_library_has_its_words(language: str) -> None:
    labels = {"age": "年龄", "sex": "性别"}
    assert set(STEP_SENTENCES) == set(SENTENCES)
    with translation.override(language):
        words = [
            *(reason_sentence({"code": one, "parameters": PARAMETERS}, labels) for one in REASONS),
            *(step_sentence(Step(one, ("age", "sex"), 2.0), labels) for one in SENTENCES),
            *map(attacker_label, ATTACKERS),
            *(translation.gettext(one.knows) for one in ATTACKERS.values()),
            *(translation.gettext(one.nothing) for one in ATTACKERS.values() if one.nothing),
        ]
    for sentence in words:
        assert "%(" not in sentence
        if language == "zh-hans":
            assert not re.search(r"[A-Za-z]{3}", sentence), sentence


def test_a_credential_says_in_words_what_it_states(world: World) -> None:
    assert set(VALUES["verdict"]) == set(Verdict)
    assert set(VALUES["relabelled.found_as"]) == set(ColumnRole)
    report = given.passed_report(world)
    (general, tried, *_others) = sheet_sections(Credential.objects.get(kind="risk"))
    assert dict(general.facts)["Verdict"] == report.get_verdict_display()
    told = {one.who for one in tried.attacks}
    assert told == {attacker_label(one["name"]) for one in report.judgement["attackers"]}


def test_columns_are_listed_by_what_they_mean() -> None:
    reason = {"code": "rows_below_k", "parameters": PARAMETERS}
    told = reason_sentence(reason, {"age": "Age in years"})
    assert told.endswith("in all columns but “Age in years”; 25 % is allowed.")
    assert told.startswith("25 % of the rows have fewer than 1,234")
    together = reason_sentence(
        {"code": "rows_below_k", "parameters": PARAMETERS | {"left_out": "together"}}, {}
    )
    assert "all columns together" in together


def test_values_of_single_rows_are_a_sentence_and_no_chart() -> None:
    for pairs in ([["…", 60]], [["3000", 0], ["…", 60]]):
        shown = values_chart(pairs, "income", width=170)
        assert "No value stands in so many rows" in shown
        assert "<svg" not in shown
    assert "<svg" in values_chart([["3000", 6], ["…", 54]], "income", width=170)
    assert values_chart([], "income", width=170) == ""


def answered(report: RiskReport, *treatments: Treatment) -> None:
    """Keep an answer to the question what would help against a report."""
    source, policy = report.version.parent, report.measured_by.policy
    assert source is not None
    assert policy is not None
    run = Run.objects.create(
        kind=RunKind.TRADEOFF,
        version=source,
        organization_id=report.organization_id,
        state=JobState.DONE,
        queued_at=report.measured_at,
    )
    Study.objects.create(
        run=run,
        question={"policy": policy.document, "limits": {"excess": 0.05}},
        answer=Tried(60, 60, treatments).as_dict(),
        digest="",
    )


def refused(world: World) -> RiskReport:
    """Return a report of which attackers make too much."""
    version = given.classified_version(world)
    report = report_of(given.masked(world, version).pk)
    assert report is not None
    assert report.verdict == Verdict.DE_IDENTIFIED
    return report


@pytest.mark.django_db
def test_report_names_column_treatment_and_cost(world: World, page_of: PageClients) -> None:
    report = refused(world)
    address = reverse("risk_report_detail", kwargs={"pk": report.pk})
    before = page_of("officer").get(address)
    advice = before.context["advice"]
    assert "“Id number”" in advice.blame
    assert not advice.steps
    assert "Try treatments" in before.content.decode()
    assert "Try treatments" not in page_of("reviewer").get(address).content.decode()
    answered(
        report,
        Treatment((), 0.9, "singling out", 1.0, Verdict.DE_IDENTIFIED),
        Treatment((Step("leave_out", ("age",)),), 0.85, "linkage", 0.2, Verdict.DE_IDENTIFIED),
        Treatment((Step("leave_out", ("id_number",)),), 0.8, "linkage", 0.02, Verdict.ANONYMOUS),
        Treatment((Step("larger_classes", (), 50.0),), 0.3, "linkage", 0.01, Verdict.ANONYMOUS),
    )
    page = page_of("officer").get(address)
    advice, shown = page.context["advice"], page.content.decode()
    assert advice.steps == ("Leave out “Id number”",)
    assert advice.cost == "Usefulness falls from 90 % to 80 %."
    adopt = reverse("policy_confirm", kwargs={"pk": report.version.parent_id}) + "?treatment=2"
    assert adopt in shown
    assert adopt not in page_of("reviewer").get(address).content.decode()


def test_of_many_columns_the_first_are_named() -> None:
    """A step over forty columns is read in a line; six are named one by one."""
    names = tuple(f"column {number}" for number in range(33))
    said = step_sentence(Step("by_cell", names), {})
    assert said == (
        "Make “column 0”, “column 1”, “column 2” and 30 other columns coarser cell by cell"
    )
    assert "“column 4” and “column 5”" in step_sentence(Step("by_cell", names[:6]), {})


@pytest.mark.django_db
def test_treatments_of_another_policy_are_no_advice(world: World, page_of: PageClients) -> None:
    report = refused(world)
    answered(
        report,
        Treatment((), 0.9, "singling out", 1.0, Verdict.DE_IDENTIFIED),
        Treatment((Step("leave_out", ("id_number",)),), 0.8, "linkage", 0.02, Verdict.ANONYMOUS),
    )
    source = report.version.parent
    assert source is not None
    study = last_study(source, RunKind.TRADEOFF)
    assert study is not None
    study.question["policy"]["smallest_class"] = 50
    study.save()
    address = reverse("risk_report_detail", kwargs={"pk": report.pk})
    assert not page_of("officer").get(address).context["advice"].is_tried


@pytest.mark.django_db
def test_failed_report_has_treatments_tried(world: World) -> None:
    version = given.classified_version(world, personal_basis="")
    report = report_of(given.masked(world, version).pk)
    assert report is not None
    assert not Run.objects.filter(kind=RunKind.TRADEOFF).exists()
    catch_up()
    run = Run.objects.get(kind=RunKind.TRADEOFF)
    assert run.version == version
    assert help_failed_report(report.pk, by=given.SYSTEM) == run
    with pytest.raises(NotAllowed):
        help_failed_report(report.pk, by=world.actor("officer"))


@pytest.mark.django_db
def test_what_may_be_traded_has_none_tried(world: World) -> None:
    lawful = refused(world)
    assert help_failed_report(lawful.pk, by=given.SYSTEM) is None
    other = given.classified_version(world, title="Another table", personal_basis="")
    report = report_of(given.masked(world, other).pk)
    assert report is not None
    given.confirmed(world, other, document=given.without_trace(other))
    assert help_failed_report(report.pk, by=given.SYSTEM) is None
    assert not Run.objects.filter(kind=RunKind.TRADEOFF).exists()


@pytest.mark.django_db
def test_the_picture_says_what_became_of_each_treatment(world: World, page_of: PageClients) -> None:
    """Of all rows, not of the part that was tried; what cannot be made is no choice."""
    first = refused(world)
    source, leave_out = first.version.parent, Step("leave_out", ("id_number",))
    assert source is not None
    treatments = (
        Treatment((), 0.9, "singling out", 1.0, Verdict.DE_IDENTIFIED),
        Treatment((Step("generalize", ("income",)),), refusal="search-too-large"),
        Treatment((leave_out,), 0.8, "linkage", 0.02, Verdict.ANONYMOUS),
        Treatment((leave_out, Step("leave_out", ("mobile",))), 0.7, "linkage", 0.02,
                  Verdict.ANONYMOUS),
    )  # fmt: skip
    answered(first, *treatments)
    address = reverse("tradeoff_detail", kwargs={"pk": source.pk})
    page = page_of("officer").get(address)
    picture, shown = page.context["picture"], page.content.decode()
    assert [(one.place, one.report) for one in picture.points] == [(0, first), (2, None), (3, None)]
    assert [one.place for one in picture.unmade] == [1]
    assert "The policy as it is" in shown
    assert "Made of all rows" in shown
    # Another is adopted, made of all rows, and refused there; a third is in the policy then.
    study = last_study(source, RunKind.TRADEOFF)
    assert study is not None
    for place in (2, 3):
        policy = adopted(study, place)
        assert policy is not None
        given.confirmed(world, source, document=policy.to_dict())
        if place == 2:
            run = start_masking(source.pk, by=world.actor("officer"))
            execute_run(run.pk)
    second = RiskReport.objects.get(version__parent=source, run=run)
    RiskReport.objects.filter(pk=second.pk).update(passed=False, failures=["suppression"])
    page = page_of("officer").get(address)
    picture, shown = page.context["picture"], page.content.decode()
    then, fell, now = picture.points
    assert "The policy as it was then" in shown
    assert "The policy as it is" not in shown
    assert (fell.report, fell.tone, fell.can_be_adopted) == (second, "bad", False)
    assert "Made of all rows: refused" in shown
    assert (now.is_now, now.report, now.tone) == (True, None, "good")
    assert "?treatment=2" not in shown
    assert shown.index("What cannot be made of these data") > shown.index("in the policy now")
    assert not then.is_now

"""What a risk report passes, what it says, and how it is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from desensitize.attacks.verdict import Judgement, Verdict
from desensitize.risk import Finding, RiskFigures
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.core.months import months_after
from marketplace.credentials.presentation import attacker_label
from marketplace.credentials.selectors import check_document, document_of
from marketplace.ledger.models import Entry
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.report.measurement import Measurement, Thresholds, failures_of
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.outcomes import has_nothing_to_play
from marketplace.preparation.report.presentation import explained
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.report.services import record_report, withdraw_report
from marketplace.web.shares import percent
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World

THRESHOLDS = Thresholds(5, 0.0, 0.2, 0.2)
FIGURES = RiskFigures(
    rows=100,
    classes=10,
    smallest_class=5,
    unique_rows=0,
    unique_share=0.0,
    prosecutor_max=0.2,
    prosecutor_mean=0.1,
    marketer=0.1,
    sha256="ab" * 32,
    l=2,
    t=0.3,
)
MEASURED = Measurement(
    risk=FIGURES,
    rows_read=120,
    suppressed_rows=20,
    suppressed_cells={},
    loss=0.1,
    quasi_identifiers=("age",),
    sensitive=(),
    found=(),
)
CARD = Finding("note", "BANK_CARD", 3, 0.03)


@pytest.mark.parametrize(
    ("risk", "other", "failures"),
    [
        ({}, {}, []),
        ({"smallest_class": 4}, {}, ["smallest-class"]),
        ({"unique_share": 0.01}, {}, ["unique-share"]),
        ({"prosecutor_max": 0.25}, {}, ["prosecutor-risk"]),
        ({}, {"suppressed_rows": 25}, ["suppression"]),
        ({}, {"suppressed_rows": 24}, []),
        ({}, {"found": (CARD,)}, ["direct-found"]),
        ({"smallest_class": 1}, {"quasi_identifiers": ()}, []),
        (
            {"smallest_class": 1, "unique_share": 0.1, "prosecutor_max": 1.0},
            {"suppressed_rows": 60, "found": (CARD,)},
            ["direct-found", "smallest-class", "unique-share", "prosecutor-risk", "suppression"],
        ),
    ],
)
def test_thresholds(risk: dict[str, Any], other: dict[str, Any], failures: list[str]) -> None:
    measured = replace(MEASURED, risk=replace(FIGURES, **risk), **other)
    assert failures_of(measured, THRESHOLDS) == failures


def judgement(verdict: Verdict) -> Judgement:
    """Make a judgement with a verdict and nothing else."""
    return Judgement(verdict, (), (), 0.0, 0.0, {})


@pytest.mark.parametrize(
    ("verdict", "failures", "level"),
    [
        (Verdict.ANONYMOUS, [], 3),
        (Verdict.DE_IDENTIFIED, [], 2),
        (Verdict.NOT_MEASURED, ["not-measured"], 2),
    ],
)
def test_the_verdict_decides(verdict: Verdict, failures: list[str], level: int) -> None:
    measured = replace(MEASURED, judgement=judgement(verdict))
    assert failures_of(measured, THRESHOLDS) == failures
    assert measured.figures()["grade"]["level"] == level


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0 %"), (1, "100 %"), (0.2, "20 %"), (0.1234, "12.3 %"), (0.00005, "0.005 %")],
)
def test_percent(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.django_db
def test_centre_that_asks_more_is_not_satisfied(world: World) -> None:
    version = given.classified_version(world)
    given.confirmed(world, version, document=given.without_trace(version))
    run = start_masking(version.pk, by=world.actor("officer"))
    centre = {"SMALLEST_CLASS": 20, "LARGEST_PROSECUTOR_RISK": 0.05}
    with override_settings(CENTRE={**settings_of_centre(), **centre}):
        execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert run.result_version_id is not None
    report = report_of(run.result_version_id)
    assert report is not None
    assert not report.passed
    assert report.failures == ["smallest-class", "prosecutor-risk"]
    assert report.thresholds["smallest_class"] == 20
    assert report.verdict == Verdict.DE_IDENTIFIED
    assert report.credential is None
    words = explained(report, {})
    assert "cannot be sold" in words.verdict
    assert "Generalize further quasi-identifiers" in words.failures[0]
    assert [line.holds for line in words.lines if line.holds is False] == [False, False]


def settings_of_centre() -> dict[str, Any]:
    """Return the centre's settings of the tests."""
    return dict(settings.CENTRE)


@pytest.mark.django_db
def test_pseudonyms_stay_personal_and_are_named(world: World) -> None:
    version = given.classified_version(world)
    report = report_of(given.masked(world, version).pk)
    assert report is not None
    assert report.passed
    assert report.verdict == Verdict.DE_IDENTIFIED
    assert "id_number" in explained(report, {}).personal


@pytest.mark.django_db
def test_report_tells_who_tried_and_how_far_they_came(world: World) -> None:
    report = given.passed_report(world)
    words = explained(report, {"age": "Age in years"})
    measured = {one["name"]: one for one in report.judgement["attackers"]}
    told = {one.who: one for one in words.attacks}
    assert set(told) == {attacker_label(name) for name in measured}
    for name, one in measured.items():
        shown = told[attacker_label(name)]
        if has_nothing_to_play(one) or not one["tried"]:
            assert (shown.right, shown.guessing, shown.beyond, shown.worst) == ("", "", "", "")
        else:
            assert shown.right == percent(one["rate"])
            assert shown.guessing == percent(one["control"])
            assert percent(one["high"]) in shown.beyond
        assert (shown.tone == "bad") <= (not one["passed"])
    assert len(words.reasons) == len(report.judgement["reasons"])
    assert all(line.holds is not False for line in words.lines)


@pytest.mark.django_db
def test_report_counts_to_the_end_of_its_year(world: World) -> None:
    report = given.passed_report(world)
    assert report.valid_until == months_after(clock.today(), 12)
    later = clock.now() + timedelta(days=400)
    with clock.stopped_at(later):
        rerun = start_masking(report.measured_by.version_id, by=world.actor("officer"))
    assert rerun.pk != report.run_id


@pytest.mark.django_db
def test_report_of_other_bytes_is_refused(world: World) -> None:
    report = given.passed_report(world)
    before = Entry.objects.count()
    measured = replace(MEASURED, judgement=judgement(Verdict.ANONYMOUS))
    with pytest.raises(WrongState) as caught:
        record_report(report.measured_by.pk, measured=measured, by=given.SYSTEM)
    assert caught.value.code == "digest-mismatch"
    with pytest.raises(NotAllowed):
        record_report(report.measured_by.pk, measured=MEASURED, by=world.actor("officer"))
    assert Entry.objects.count() == before
    assert RiskReport.objects.count() == 1


@pytest.mark.django_db
def test_withdrawn_report_revokes_its_credential(world: World) -> None:
    report = given.passed_report(world)
    assert report.credential is not None
    document = document_of(report.credential)
    assert check_document(document).valid
    withdraw_report(report.pk, reason="A person was found again.", by=world.actor("reviewer"))
    assert report_of(report.version_id) is None
    assert [doubt.code for doubt in check_document(document).doubts] == ["revoked"]


@pytest.mark.django_db
def test_withdrawal_needs_a_reason_and_a_right(world: World) -> None:
    report = given.passed_report(world)
    before = Entry.objects.count()
    with pytest.raises(Invalid):
        withdraw_report(report.pk, reason=" ", by=world.actor("officer"))
    for person, refusal in (("finance", NotAllowed), ("auditor", NotAllowed), ("buyer", NotFound)):
        with pytest.raises(refusal):
            withdraw_report(report.pk, reason="No", by=world.actor(person))
    assert report_of(report.version_id) == report
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_pages_tell_reviewer_and_officer(world: World, page_of: PageClients) -> None:
    report = given.passed_report(world)
    for person in ("officer", "reviewer", "auditor"):
        client = page_of(person)
        page = client.get(f"/risk-reports/{report.pk}/").content.decode()
        assert "Who tried, and how far they came" in page
        assert report.sha256 in page
        assert report.credential is not None
        assert report.credential.number in page
        assert client.get(f"/preparation/{report.version.parent_id}/").status_code == 200
    # The page of the masked version is that of its source.
    answer = page_of("officer").get(f"/preparation/{report.version_id}/")
    assert answer.headers["Location"] == f"/preparation/{report.version.parent_id}/"

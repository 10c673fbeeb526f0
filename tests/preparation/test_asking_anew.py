"""Stricter limits: the verdicts in force are asked again, and those that do not keep recalled."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as in_force
from django.core.management import call_command
from pytest_django import Settings

from marketplace.preparation.raw_data.services import destroy_raw_data
from marketplace.preparation.recall.asking_anew import failures_today
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.selectors import passed_reports, report_of
from tests.given import preparation as given
from tests.given.world import World

WITHSTOOD: dict[str, Any] = {
    "attackers": [{"name": "linkage", "high": 0.02}],
    "unique_share_all_columns": 0.004,
    "share_below_k_all_columns": 0.03,
    "certain": {"income": 0.01},
    "known": 4,
}


@pytest.fixture
def report(world: World) -> RiskReport:
    """Return the report of a version in which nobody can be found by the limits of now."""
    version = given.classified_version(world)
    found = report_of(given.masked(world, version, document=given.without_trace(version)).pk)
    assert found is not None
    return RiskReport.objects.select_related("run__version", "version").get(pk=found.pk)


def limited(settings: Settings, **limits: Any) -> None:
    """Set other limits."""
    settings.CENTRE = {**in_force.CENTRE, **limits}


def test_the_same_limits_keep_every_verdict(
    report: RiskReport, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked on the very bytes; and by the command, which names what it recalls and why."""
    assert report.passed
    assert failures_today(report) == []
    call_command("recall_reports")
    assert "1 asked, 0 recalled." in capsys.readouterr().out
    limited(settings, SMALLEST_CLASS=report.figures["smallest_class"] + 1)
    call_command("recall_reports", "--dry-run")
    assert "smallest-class" in capsys.readouterr().out
    assert passed_reports(given.SYSTEM).get().recall == ""
    call_command("recall_reports")
    report.refresh_from_db()
    assert (report.state, report.recall) == ("withdrawn", "stricter")
    call_command("recall_reports")
    assert "0 asked, 0 recalled." in capsys.readouterr().out


def test_attackers_try_the_bytes_again(
    world: World, report: RiskReport, settings: Settings
) -> None:
    """What was called anonymous and is not is found; once the source is gone, figures decide."""
    report.verdict = Verdict.ANONYMOUS
    assert failures_today(report) == ["de-identified"]
    destroy_raw_data(report.measured_by.version_id, by=world.actor("officer"))
    report.measured_by.version.refresh_from_db()
    report.judgement = WITHSTOOD
    assert failures_today(report) == []
    for stricter in (
        {"ATTACK_EXCESS": 0.01},
        {"ATTACK_KNOWN_COLUMNS": 5},
        {"ATTACK_CERTAIN_SHARE": 0.001},
        {"ATTACK_UNIQUE_SHARE": 0.001},
        {"ATTACK_SMALL_CLASS_SHARE": 0.01},
    ):
        limited(settings, **stricter)
        assert failures_today(report) == ["not-measured"]
    report.verdict = Verdict.NO_PERSONAL_INFORMATION
    assert failures_today(report) == []

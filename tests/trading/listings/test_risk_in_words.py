"""What a listing says of finding a person is what was measured, and nothing where nothing was."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.presentation import explained
from marketplace.trading.listings.sheet.presentation import risk_in_words
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.test_untouched_proposal import NOTES

pytestmark = pytest.mark.django_db


def words(report: RiskReport) -> str:
    return " ".join(
        risk_in_words(
            {
                "figures": report.figures,
                "verdict": report.verdict,
                "judgement": report.judgement,
                "quasi_identifiers": report.quasi_identifiers,
            }
        )
    )


def test_nothing_is_said_of_what_was_not_measured(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world, table=NOTES)
    report = given.masked(world, version).risk_reports.get()
    assert report.quasi_identifiers == []
    assert report.figures["smallest_class"] == 9
    said = words(report)
    assert "still personal information" in said
    page = page_of("reviewer").get(reverse("risk_report_detail", kwargs={"pk": report.pk}))
    for sentence in ("finds at least", "cannot tell them apart", "A guess"):
        assert sentence not in said
        assert sentence not in page.content.decode()


def test_what_was_measured_is_said(world: World) -> None:
    report = given.passed_report(world)
    smallest = report.figures["smallest_class"]
    assert f"finds at least {smallest} rows that fit" in words(report)
    # Few of many rows are not none, and shares are written as in the report.
    report.figures |= {"rows": 48_842, "suppressed_rows": 22, "suppressed_share": 22 / 48_842}
    assert "22 rows (0.045 %) were left out" in words(report)
    assert "0 of 48,842 rows stand alone" in words(report)
    assert explained(report, {}).attacks[0].right == "100 %"
    assert "right in 100 % of the cases" in words(report)

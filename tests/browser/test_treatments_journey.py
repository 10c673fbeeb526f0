"""An officer's version is told too much of: she looks at treatments, adopts one, and passes."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from desensitize.crypto import KeyRing
from marketplace.catalog.models import DatasetVersion
from marketplace.preparation import execution
from marketplace.preparation.execution import execute_run
from marketplace.preparation.models import RiskReport, Run, Verdict
from marketplace.preparation.states import RunState
from tests.browser.visitor import Visitor
from tests.given import preparation as given
from tests.given.staff import staff
from tests.given.world import World

pytestmark = pytest.mark.browser


def work() -> None:
    """Do the one run that waits."""
    execute_run(Run.objects.get(state=RunState.QUEUED).pk)


def masked_by(officer: Visitor, version: DatasetVersion) -> RiskReport:
    """Have the version desensitized as it was decided; answer the report, whose page is open."""
    officer.press("Start desensitizing")
    work()
    officer.page.goto(reverse("preparation_detail", kwargs={"pk": version.pk}))
    officer.follow("Read the risk report")
    report: RiskReport = RiskReport.objects.filter(version__parent=version).latest("created_at")
    return report


@pytest.fixture
def _same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rows leave in the order in which treatments are tried.

    Of so few rows, some orders leave those who look at places too few trials to say anything.
    """
    keys = KeyRing(hashlib.sha256(b"treatments 0").digest())
    monkeypatch.setattr(execution, "key_ring", lambda *_args, **_options: keys)


@pytest.mark.usefixtures("_same_order")
def test_officer_adopts_a_treatment_and_passes(
    browser: Browser, site: str, everyone: World
) -> None:
    version = given.classified_version(everyone, table=staff(400))
    officer = Visitor(browser, site, "officer@example.org")
    officer.page.goto(reverse("policy_confirm", kwargs={"pk": version.pk}))
    officer.press("Confirm the policy")

    first = masked_by(officer, version)
    assert first.verdict == Verdict.DE_IDENTIFIED
    officer.sees("De-identified, but not anonymous")
    officer.sees("names each row as a number would")
    officer.sees("“Staff no”")
    officer.look("treatments-failed")
    officer.press("Try treatments")
    work()
    officer.page.goto(reverse("tradeoff_detail", kwargs={"pk": version.pk}))
    officer.sees("What was tried")
    officer.sees("Leave out “Staff no”")
    officer.look("treatments-picture")
    officer.look_in_chinese("treatments-picture")

    officer.page.goto(reverse("risk_report_detail", kwargs={"pk": first.pk}))
    officer.sees("This was tried, and withstood")
    officer.look("treatments-advice")
    officer.look_in_chinese("treatments-advice")
    officer.follow("Adopt this treatment")
    officer.sees("The treatment that you chose in the picture is filled in below.")
    officer.sees("In each group at most 0.2 (t) from the whole")
    officer.look("treatments-adopted")
    officer.press("Confirm the policy")

    second = masked_by(officer, version)
    assert (second.verdict, second.passed) == (Verdict.ANONYMOUS, True)
    officer.sees("none came further than the centre allows")
    officer.look("treatments-passed")
    assert officer.problems == []

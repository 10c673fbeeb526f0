"""A table that its officer calls less personal than it is: refused, treated, sold, recalled."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from desensitize.crypto import KeyRing
from marketplace.catalog.version.models import DatasetVersion
from marketplace.jobs.states import JobState
from marketplace.preparation.execution import execute_run
from marketplace.preparation.release import life
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.order.models import Order
from tests.browser.visitor import Visitor
from tests.conftest import signed_in
from tests.given import preparation as given
from tests.given import recalls, trading
from tests.given.client import Program
from tests.given.pipeline import catch_up
from tests.given.preparation import REASON
from tests.given.staff import staff
from tests.given.world import World

pytestmark = pytest.mark.browser

SEX = 2
"""The place of the column `sex`, from 0 on."""


@pytest.fixture
def _same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rows leave in the order in which treatments are tried.

    Of so few rows, some orders leave those who look at places too few trials to say anything.
    """
    keys = KeyRing(hashlib.sha256(b"treatments 0").digest())
    monkeypatch.setattr(life, "key_ring", lambda *_args, **_options: keys)


def work() -> None:
    """Do the one run that waits."""
    execute_run(Run.objects.get(state=JobState.QUEUED).pk)


def masked_by(officer: Visitor, version: DatasetVersion) -> RiskReport:
    """Have the version desensitized as it was decided; answer the report, whose page is open."""
    officer.press("Start desensitizing")
    work()
    officer.page.goto(reverse("preparation_detail", kwargs={"pk": version.pk}))
    officer.follow("Read the risk report")
    report: RiskReport = RiskReport.objects.filter(version__parent=version).latest("created_at")
    return report


def relabels(officer: Visitor, version: DatasetVersion) -> RiskReport:
    """Call sex nothing personal: refused without a reason, and attackers find what they find."""
    officer.page.goto(reverse("policy_confirm", kwargs={"pk": version.pk}))
    officer.fill({f"columns.{SEX}.role": "other", f"columns.{SEX}.mask": "keep"})
    officer.press("Confirm the policy")
    officer.sees("Column “sex” was taken for this: Quasi-identifier.")
    officer.look("relabelled-refused")
    officer.fill({f"columns.{SEX}.reason": REASON})
    officer.press("Confirm the policy")
    officer.sees("A reviewer is asked about the columns")
    report = masked_by(officer, version)
    officer.sees("The risk that remains is larger than the centre accepts.")
    officer.sees("names each row as a number would")
    officer.sees("By no reviewer: it counts as what was found.")
    officer.look("relabelled-report")
    return report


def finds_no_door(officer: Visitor, listing: Listing) -> None:
    """Try the page, its form, the API and the admin; the listing stays a draft."""
    officer.page.goto(reverse("listing_detail", args=[listing.pk]))
    officer.sees("You can submit it as soon as every line of the gate stands.")
    officer.sees("sex")
    form = signed_in(Client(), "officer").post(reverse("listing_submit", args=[listing.pk]))
    api = signed_in(Program(), "officer").post(reverse("api_submit_listing", args=[listing.pk]))
    assert (form.status_code, api.status_code) == (422, 422)
    assert {"role-unconfirmed", "risk-failed"} <= set(api.json()["errors"])
    admin = signed_in(Client(), "administrator")
    page = reverse("admin:listings_listing_change", args=[listing.pk])
    assert admin.get(page).status_code == 200
    assert admin.post(page, {"state": "published"}).status_code == 403
    listing.refresh_from_db()
    assert listing.state == "draft"


def is_returned(reviewer: Visitor, version: DatasetVersion) -> None:
    """Read evidence and reason side by side, and do not agree."""
    reviewer.go_to("Review queue")
    reviewer.follow(version.dataset.title)
    reviewer.sees(REASON)
    reviewer.look_in_chinese("relabelled-review")
    reviewer.press("Confirm the columns")
    reviewer.sees("Confirm each of these columns by its name")
    reviewer.look("relabelled-review")
    expect(reviewer.page.locator("#id_reason")).to_have_count(1)
    reviewer.press("Show the values")
    expect(reviewer.page.locator("td code", has_text="F").first).to_be_visible()
    reviewer.fill({"reason": "These are employees."})
    reviewer.press("Return with this reason")


def adopts(officer: Visitor, version: DatasetVersion, failed: RiskReport) -> RiskReport:
    """Look at what was tried, and pass by what the report advises, which makes sex coarser too."""
    officer.page.goto(reverse("risk_report_detail", kwargs={"pk": failed.pk}))
    officer.press("Try treatments")
    work()
    officer.page.goto(reverse("tradeoff_detail", kwargs={"pk": version.pk}))
    officer.sees("Leave out “Staff no”")
    officer.look("treatments-picture")
    officer.look_in_chinese("treatments-picture")
    officer.page.goto(reverse("risk_report_detail", kwargs={"pk": failed.pk}))
    officer.sees("This was tried, and withstood")
    officer.look("treatments-advice")
    officer.follow("Adopt this treatment")
    officer.sees("The treatment that you chose in the picture is filled in below.")
    officer.sees("In each group at most 0.2 (t) from the whole")
    expect(officer.page.locator(f"[name='columns.{SEX}.role']")).to_have_value("quasi")
    officer.look("treatments-adopted")
    officer.press("Confirm the policy")
    return masked_by(officer, version)


@pytest.mark.usefixtures("_same_order")
def test_relabelled_refused_treated_sold_and_recalled(
    browser: Browser, site: str, everyone: World
) -> None:
    version = given.classified_version(everyone, table=staff(400))
    officer, reviewer, second, buyer = (
        Visitor(browser, site, f"{name}@example.org")
        for name in ("officer", "reviewer", "second_reviewer", "buyer")
    )
    failed = relabels(officer, version)
    finds_no_door(officer, trading.drafted(everyone, failed.version))
    is_returned(reviewer, version)
    passed = adopts(officer, version, failed)
    assert (passed.verdict, passed.passed) == (Verdict.ANONYMOUS, True)
    officer.sees("none came further than the centre allows")
    officer.look("treatments-passed")
    trading.valued(everyone, passed.version)
    listing = trading.published(everyone, version=passed.version)
    order = trading.paid(everyone, trading.placed(everyone, listing))
    mark_delivered(order.pk, by=trading.SYSTEM)
    stranger = Visitor(browser, site, "stranger@example.org", scripts=False)
    is_recalled(stranger, reviewer, second, order)
    catch_up()
    is_refunded(buyer, order)
    for visitor in (officer, reviewer, second, buyer, stranger):
        assert visitor.problems == []


def is_recalled(stranger: Visitor, first: Visitor, second: Visitor, order: Order) -> None:
    """Report without an account that a person was found; two reviewers prove it."""
    stranger.page.context.clear_cookies()
    stranger.page.goto(reverse("listing_public", args=[order.listing_id]))
    stranger.follow("Report that a person can be found")
    stranger.look("recall-report")
    stranger.look_in_chinese("recall-report")
    stranger.fill({"found": recalls.FOUND, "how": recalls.HOW})
    stranger.press("Send the report")
    stranger.sees("Waiting to be examined")
    stranger.look("recall-reported")
    first.go_to("Re-identifications")
    first.follow("RF")
    first.page.get_by_label("Proven: persons can be found").check()
    first.fill({"reason": recalls.REASON})
    first.look("recall-examine")
    first.press("Propose the outcome")
    first.sees("A second reviewer confirms the outcome")
    second.page.goto(first.page.url)
    second.look("recall-decide")
    second.press_and_confirm("Confirm the outcome")
    second.sees("Proven: the verdict is withdrawn")
    stranger.page.reload()
    stranger.sees(recalls.REASON)


def is_refunded(buyer: Visitor, order: Order) -> None:
    """Find the order undone and the money back, and state that what was had is deleted."""
    buyer.page.goto(reverse("order_detail", args=[order.pk]))
    buyer.sees("12,000.00 CNY")
    buyer.look("recall-order")
    buyer.look_in_chinese("recall-order")
    buyer.fill({"statement": recalls.STATEMENT})
    buyer.press("State the deletion")
    buyer.sees(recalls.STATEMENT)
    order.refresh_from_db()
    assert order.state == "refunded"

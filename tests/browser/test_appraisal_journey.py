"""An officer values data by two approaches, a reviewer approves, the report is read and printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from marketplace.appraisal.appraisal.models import Appraisal
from tests.browser.test_accessibility import faults, look
from tests.browser.test_preparation_states import A4_INSIDE_MARGINS
from tests.browser.visitor import PATIENCE, Visitor, leave_by
from tests.given import appraisal as given
from tests.given.world import World

pytestmark = pytest.mark.browser

INCOME = {
    "income-income": "90000\n80000\n60000",
    "income-income_source": "Licences of the last two years",
    "income-rf": "2.35",
    "income-rf_source": "Government bond of three years",
    "income-circulation": "6",
    "income-circulation_source": "Judgement of the appraiser",
}
WEIGHTS = {
    "cost-weight": "0.4",
    "cost-reason": "Vouchers for every line",
    "income-weight": "0.6",
    "income-reason": "Two years of licences",
}
LONG = "A source that an officer wrote out at length, with every voucher and contract named. " * 2
OPTION = {
    "options-present_value": "1800000",
    "options-launch_cost": "2000000",
    "options-T": "2",
    "options-r": "3",
    "options-sigma": "45",
    **{
        f"options-{name}_source": "Plan"
        for name in ("present_value", "launch_cost", "T", "r", "sigma")
    },
}


def test_officer_values_by_two_approaches(browser: Browser, site: str, everyone: World) -> None:
    """To a reviewed valuation and its report."""
    dataset = given.valuable(everyone)
    officer = Visitor(browser, site, "officer@example.org")
    reviewer = Visitor(browser, site, "reviewer@example.org")
    officer.page.goto(reverse("appraisal_draft", args=[dataset.pk]))
    officer.fill({"approach": ["income"]})
    officer.press("Show these approaches")
    officer.fill({"purpose": "trade"} | given.form() | INCOME | WEIGHTS)
    expect(officer.page.locator("#figure")).to_contain_text("between", timeout=PATIENCE)
    officer.press("Compute")
    officer.sees("between")
    officer.sees("60 %")
    officer.keep_picture("appraisal-figure")
    officer.press("Save the draft")
    officer.sees("From several approaches to one value")
    officer.press("Submit for review")
    officer.sees("Under review")

    reviewer.go_to("Review queue")
    reviewer.follow(dataset.title)
    reviewer.sees("Reproduced to the cent")
    reviewer.tick_all("checklist")
    reviewer.press("Approve and sign")
    reviewer.sees("In force")

    officer.page.reload()
    officer.follow("Report")
    appraisal = Appraisal.objects.get(dataset=dataset)
    assert appraisal.low < appraisal.amount < appraisal.high
    officer.sees(f"{appraisal.amount:,.2f}")
    officer.sees(appraisal.version.sha256)
    officer.keep_picture("appraisal-report")
    assert officer.download("Download as JSON").suggested_filename.endswith(".json")
    assert officer.problems == []
    assert reviewer.problems == []
    assert Decimal(appraisal.result["amount"]) == appraisal.amount


def drafted_of_all(page: Page, site: str, world: World) -> Appraisal:
    """Draft by cost and income with long texts and an option beside, through the page."""
    dataset = given.valuable(world)
    query = "?approach=cost&approach=income&approach=options"
    page.goto(site + reverse("appraisal_draft", args=[dataset.pk]) + query)
    typed = given.form(direct_source=LONG[:200]) | INCOME | WEIGHTS | OPTION
    typed |= {"cost-reason": LONG * 2}
    for name, text in typed.items():
        field = page.locator(f"[name='{name}']")
        if name == "cost-cost_basis":
            field.select_option(text)
        else:
            field.fill(text)
    leave_by(page.get_by_role("button", name="Save the draft"))
    expect(page.get_by_role("main")).to_contain_text("never added")
    return Appraisal.objects.get()


def test_each_state_is_readable(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """All approaches, what is wrong, several with an option beside, the report, and it on paper."""
    sign_in("officer")
    appraisal = drafted_of_all(page, site, everyone)
    query = "".join(f"&approach={name}" for name in ("cost", "income", "market", "options"))
    addresses = {
        "all": reverse("appraisal_revise", args=[appraisal.pk]) + "?" + query[1:],
        "several": reverse("appraisal_detail", args=[appraisal.pk]),
        "report": reverse("appraisal_report", args=[appraisal.pk]),
    }
    for name, address in addresses.items():
        assert look(page, site, address, keep_picture, f"appraisal-{name}") == {}, name
    page.goto(site + reverse("appraisal_revise", args=[appraisal.pk]))
    page.locator("[name='cost-direct']").fill("-5")
    leave_by(page.locator(".actions button[type=submit]").last)
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture("appraisal-wrong")
        assert faults(page) == []
    page.goto(site + reverse("calculator"))
    page.get_by_role("main").locator("form button[type=submit]").click()
    expect(page.locator("#calculation table").first).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture("calculator-computed")
        assert faults(page) == []
    page.goto(site + addresses["report"])
    fits_on_paper(page, keep_picture)
    assert violations == []


def fits_on_paper(page: Page, keep_picture: Callable[[str], None]) -> None:
    """Check that the open report fits on A4, without what is for the screen alone."""
    page.set_viewport_size({"width": A4_INSIDE_MARGINS, "height": 1000})
    page.emulate_media(media="print")
    expect(page.locator("[data-print]")).to_be_hidden()
    keep_picture("appraisal-report-on-paper")
    assert not page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.table-region')]"
        ".some((piece) => piece.scrollWidth > piece.clientWidth)"
    )

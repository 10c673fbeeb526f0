"""A sandbox and a report, from the seller's declaration to the buyer's acceptance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, expect

from desensitize.privacy.sandbox import Question
from marketplace.delivery.sandbox.services import ask_question
from tests.browser.visitor import leave_by
from tests.given import reports, sandboxes
from tests.given.world import World

pytestmark = pytest.mark.browser
NARROW = ViewportSize(width=390, height=844)
WIDE = ViewportSize(width=1280, height=900)
SignIn = Callable[[str], None]


@pytest.fixture
def looked(page: Page, keep_picture: Callable[[str], None]) -> Callable[[str], None]:
    """Return a function that looks at a page at both widths: it is never wider than the window."""

    def look(name: str) -> None:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            keep_picture(name)

    return look


def test_a_sandbox_is_declared_bought_asked_and_accepted(
    page: Page,
    site: str,
    everyone: World,
    sign_in: SignIn,
    looked: Callable[[str], None],
    violations: list[str],
) -> None:
    """Seen from the seller's, the buyer's and the auditor's side."""
    listing = sandboxes.drafted(everyone)
    sign_in("officer")
    page.goto(site + reverse("listing_detail", args=[listing.pk]))
    page.get_by_role("link", name="Declare the sandbox").click()
    page.get_by_label("What can be asked").nth(1).select_option("listed")
    page.get_by_label("Values, one a line").nth(1).fill("1\n2\n3")
    page.get_by_label("What can be asked").nth(2).select_option("bounded")
    looked("sandbox-declare")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give both bounds.").first).to_be_visible()
    looked("sandbox-declare-refused")
    page.get_by_label("Lowest").nth(1).fill("0")
    page.get_by_label("Highest").nth(1).fill("2000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The sandbox is declared.")).to_be_visible()

    grant = sandboxes.granted(World())
    sign_in("buyer")
    page.goto(site + reverse("listing_public", args=[grant.listing_id]))
    looked("sandbox-listing")
    page.goto(site + reverse("order_grant", args=[grant.order_id]))
    expect(page.get_by_role("heading", name="Ask a question")).to_be_visible()
    looked("sandbox-empty")
    page.get_by_label("What you ask for").select_option("histogram")
    page.get_by_label("Of which column").select_option("boardings")
    page.get_by_label("ε to spend").fill("0.5")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="What it cost")).to_be_visible()
    looked("sandbox-histogram")
    for question in (Question("mean", "boardings", by=("line",)),):
        given = ask_question(
            grant.pk, question=question, epsilon=Decimal("0.4"), by=everyone.actor("buyer")
        )
        page.goto(site + reverse("answer_detail", args=[given.pk]))
        looked("sandbox-groups")
    leave_by(page.get_by_role("link", name="Ask another question"))
    page.get_by_label("ε to spend").fill("0.5")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("The budget does not allow this question").first).to_be_visible()
    looked("sandbox-refused")
    last = ask_question(
        grant.pk, question=Question("count"), epsilon=Decimal("0.1"), by=everyone.actor("buyer")
    )
    page.goto(site + reverse("answer_detail", args=[last.pk]))
    looked("sandbox-count")
    page.goto(site + reverse("grant_sandbox", args=[grant.pk]))
    expect(page.get_by_text("The budget is spent")).to_be_visible()
    looked("sandbox-exhausted")
    page.goto(site + reverse("order_detail", args=[grant.order_id]))
    act = page.locator("details.act", has=page.locator("summary", has_text="Accept the delivery"))
    act.locator("summary").click()
    leave_by(act.get_by_role("button", name="Accept the delivery", exact=True))
    expect(page.get_by_text("Accept the delivery", exact=True)).not_to_be_visible()
    sign_in("auditor")
    page.goto(site + reverse("grant_sandbox", args=[grant.pk]))
    expect(page.get_by_text("seen by the buyer alone")).to_be_visible()
    looked("sandbox-auditor")
    assert violations == []


def test_a_report_is_written_bought_and_read(
    page: Page,
    site: str,
    everyone: World,
    sign_in: SignIn,
    looked: Callable[[str], None],
    violations: list[str],
) -> None:
    """The seller begins with the proposal; the buyer reads figures, chart and signature."""
    listing = reports.drafted(everyone)
    sign_in("officer")
    page.goto(site + reverse("report_write", args=[listing.pk]))
    looked("report-write")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The report is written.")).to_be_visible()
    grant = reports.granted(World())
    sign_in("buyer")
    page.goto(site + reverse("order_grant", args=[grant.order_id]))
    expect(page.get_by_role("heading", name="Signed by the centre")).to_be_visible()
    looked("report-read")
    sign_in("officer")
    page.goto(site + reverse("grant_report", args=[grant.pk]))
    expect(page.get_by_text("Signed by the centre")).not_to_be_visible()
    looked("report-seller")
    assert violations == []

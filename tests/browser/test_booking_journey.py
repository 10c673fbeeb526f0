"""A finance officer goes from vouchers to an approved booking and a debt-ratio plan, by clicks.

In browsers that run no script.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visitor import Visitor
from tests.given.accounting import answers
from tests.given.catalog import draft_dataset
from tests.given.world import World

pytestmark = pytest.mark.browser

TITLE = "Timetables of the ferries"
COSTS = (
    ("processing", "900.00", "V-1"),
    ("attestation", "180.00", "V-2"),
    ("research", "70.00", "V-3"),
)
PLAN = {
    "entity": "administrative_unit",
    "assets": "1000",
    "liabilities": "620",
    "spend": "12",
    "capitalized": "9",
    "equity": "50",
    "pledge": "36",
    "target": "60",
}


def test_finance_officer_books_data_and_plans(browser: Browser, site: str, everyone: World) -> None:
    draft_dataset(everyone, title=TITLE)
    finance = Visitor(browser, site, "finance@example.org", scripts=False)
    reviewer = Visitor(browser, site, "reviewer@example.org", scripts=False)

    finance.go_to("Datasets")
    finance.follow(TITLE)
    finance.follow("Costs")
    for kind, amount, voucher in COSTS:
        finance.fill(
            {"kind": kind, "incurred_on": "2026-02-01", "amount": amount, "voucher": voucher}
        )
        finance.press("Record")
        finance.sees(voucher)

    finance.follow("Book this data")
    finance.fill({"profile": "CAS", "origin": "bought"})
    finance.press("Show the questions")
    finance.sees("财会〔2023〕11号")
    finance.keep_picture("booking-questions")
    finance.press("Submit for review")
    finance.sees("This field is required")
    answer(finance)
    finance.press("Submit for review")
    finance.sees("Under review")
    finance.sees("1,080.00")

    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.press("Approve")
    reviewer.sees("Tick every point of the checklist")
    reviewer.tick_all("checklist")
    reviewer.press("Approve")
    reviewer.sees("In force")
    reviewer.keep_picture("booking-approved")

    finance.page.reload()
    finance.sees("In force")
    finance.fill({"tested_on": "2026-06-30", "recoverable": "640.00", "voucher": "T-1"})
    finance.press("Record")
    finance.sees("320.00")
    finance.go_to("Bookings")
    finance.follow("Disclosure table")
    finance.sees(TITLE)

    finance.go_to("Debt ratio")
    finance.fill(PLAN)
    finance.press("Compare")
    for words in (
        "62.75",
        "62.19",
        "59.05",
        "33.33",
        "may not pledge data assets",
        "genuine equity",
    ):
        finance.sees(words)
    finance.keep_picture("debt-ratio-plan")
    assert {"finance": finance.problems, "reviewer": reviewer.problems} == {
        "finance": [],
        "reviewer": [],
    }


def answer(finance: Visitor) -> None:
    """Answer each question with yes and its evidence."""
    finance.fill({"ready_on": "2026-03-01", "life_months": "36"})
    finance.page.locator("input[name='purpose'][value='own_use']").check()
    for code, given in answers().items():
        finance.page.locator(f"input[name='{code}'][value='yes']").check()
        finance.fill({f"{code}_evidence": given["evidence"]})

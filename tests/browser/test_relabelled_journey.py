"""A column that looks personal and is not: reason, reviewer and publisher, through the pages."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from marketplace.trading.services.listings import submit_listing
from tests.browser.visitor import Visitor
from tests.given import relabelled as given
from tests.given.preparation import REASON
from tests.given.relabelled import SEX, policy_in_force
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_a_herd_reaches_the_market_by_two_who_looked(
    browser: Browser, site: str, everyone: World
) -> None:
    version = given.classified_herd(everyone)
    officer = Visitor(browser, site, "officer@example.org")
    officer.page.goto(reverse("policy_confirm", args=[version.pk]))
    officer.fill({f"columns.{SEX}.role": "other", f"columns.{SEX}.mask": "keep"})
    officer.press("Confirm the policy")
    officer.sees("Column “sex” was taken for this: Quasi-identifier.")
    officer.look("relabelled-refused")
    officer.fill({f"columns.{SEX}.reason": REASON})
    officer.press("Confirm the policy")
    officer.sees("A reviewer is asked about the columns")
    officer.sees("By no reviewer: it counts as what was found.")
    officer.look("relabelled-waits")

    reviewer = Visitor(browser, site, "reviewer@example.org")
    reviewer.go_to("Review queue")
    reviewer.follow("A herd")
    reviewer.sees(REASON)
    reviewer.press("Confirm the columns")
    reviewer.sees("Confirm each of these columns by its name")
    reviewer.look("relabelled-review")
    reviewer.tick_all("columns")
    reviewer.press("Confirm the columns")
    reviewer.sees("Content reviewer,")

    report = given.measured(everyone, version)
    listing = given.drafted_herd(everyone, report)
    submit_listing(listing.pk, by=everyone.actor("officer"))
    publisher = Visitor(browser, site, "second_reviewer@example.org")
    publisher.page.goto(reverse("listing_review", args=[listing.pk]))
    publisher.tick_all("checklist")
    publisher.press("Publish the listing")
    publisher.sees("Confirm each of these columns by its name")
    publisher.look("relabelled-publish")
    publisher.tick_all("columns")
    publisher.tick_all("checklist")
    publisher.press("Publish the listing")
    publisher.sees("The listing is published.")
    officer.page.goto(reverse("risk_report_detail", args=[report.pk]))
    officer.sees("Publisher,")
    officer.look("relabelled-report")
    reviewer.page.goto(reverse("roles_review", args=[policy_in_force(version).pk]))
    reviewer.look_in_chinese("relabelled-review")
    assert officer.problems + reviewer.problems + publisher.problems == []

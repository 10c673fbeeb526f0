"""A stranger reports, two reviewers examine, and the buyer states the deletion: without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from marketplace.trading.recalls.services.recalling import recall_order
from tests.browser.visitor import Visitor
from tests.given import recalls
from tests.given import trading as given
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_from_report_to_deletion(browser: Browser, site: str, everyone: World) -> None:
    order = given.delivered(everyone)
    stranger, first, second, buyer = (
        Visitor(browser, site, f"{name}@example.org", scripts=False)
        for name in ("stranger", "reviewer", "second_reviewer", "buyer")
    )
    stranger.page.context.clear_cookies()
    stranger.page.goto(f"/market/{order.listing_id}/")
    stranger.follow("Report that a person can be found")
    stranger.fill({"found": recalls.FOUND, "how": recalls.HOW})
    stranger.look("recall-report")
    stranger.look_in_chinese("recall-report")
    stranger.fill({"found": recalls.FOUND, "how": recalls.HOW})
    stranger.press("Send the report")
    stranger.sees("Waiting to be examined")
    stranger.look("recall-reported")
    reported = stranger.page.url

    first.go_to("Re-identifications")
    first.look("recall-list")
    first.follow("RF")
    case = first.page.url
    first.page.get_by_label("Proven: persons can be found").check()
    first.fill({"reason": recalls.REASON})
    first.look("recall-examine")
    first.press("Propose the outcome")
    first.sees("A second reviewer confirms the outcome")
    second.page.goto(case)
    second.look("recall-decide")
    second.press_and_confirm("Confirm the outcome")
    second.sees("Proven: the verdict is withdrawn")
    stranger.page.goto(reported)
    stranger.sees(recalls.REASON)

    recall_order(order.pk, by=given.SYSTEM)
    buyer.page.goto(f"/orders/{order.pk}/")
    buyer.sees("12,000.00 CNY")
    buyer.look("recall-order")
    buyer.look_in_chinese("recall-order")
    buyer.fill({"statement": recalls.STATEMENT})
    buyer.press("State the deletion")
    buyer.sees(recalls.STATEMENT)
    for visitor in (stranger, first, second, buyer):
        assert visitor.problems == []

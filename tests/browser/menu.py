"""The menu at the side of a page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def entry(page: Page, place: str) -> Locator:
    """Open the part of the menu in which a place stands, and return the entry of the place."""
    menu = page.get_by_role("navigation", name="Menu")
    link = menu.get_by_role("link", name=place, exact=True, include_hidden=True)
    closed = link.locator("xpath=ancestor::details[not(@open)]")
    while closed.count():
        closed.first.locator("> summary").click()
    return link

"""Signing in, and hearing what the browser refuses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    ViewportSize,
    expect,
)

from tests.browser.visitor import READING
from tests.given.shelf import alone
from tests.given.world import PEOPLE, World, new_session, session_of
from tests.plugins.browser import browser_type_launch_args

# A plugin named on the command line loads before Playwright's and would be hidden by it.
__all__ = ["browser_type_launch_args"]

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=READING)

FIRST_SIZE = ViewportSize(width=1280, height=720)
"""How large Playwright makes a page."""


@pytest.fixture(scope="session")
def kept_page(browser: Browser, browser_context_args: dict[str, Any]) -> Page:
    """Return the page that tests take one after the other.

    Another would be a context and a process of its own, which cost more than what most tests open.
    Nothing moves on it: axe would measure the colours of a button halfway between two of them.
    """
    return browser.new_context(**browser_context_args, reduced_motion="reduce").new_page()


@pytest.fixture
def page(kept_page: Page, _closed_afterwards: None) -> Iterator[Page]:
    """Return a page that nothing is left on of the test before."""
    yield kept_page
    kept_page.unroute_all(behavior="wait")
    # A page that follows a run would go on to ask a site that is gone.
    kept_page.goto("about:blank")
    kept_page.context.clear_cookies()
    kept_page.emulate_media(media="null", reduced_motion="reduce")
    kept_page.set_viewport_size(FIRST_SIZE)


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """Return the context of the page."""
    return page.context


@pytest.fixture(autouse=True)
def _closed_afterwards(browser: Browser, kept_page: Page) -> Iterator[None]:
    """Close what a test opened, whose pages would go on to ask a site that is gone."""
    yield
    for context in browser.contexts:
        if context != kept_page.context:
            context.close()


@pytest.fixture(scope="session", autouse=True)
def _going_past_what_loads_itself() -> Iterator[None]:
    """Go to an address again where the page that is left was loading itself anew just then.

    A page that follows a run does so when that is over, and the browser drops one of the two: it
    says so, or names no answer, as else for what needs none.
    """
    once = Page.goto

    def goto(page: Page, url: str, **options: Any) -> Response | None:
        try:
            answer = once(page, url, **options)
            if answer is not None or url == "about:blank" or "#" in url:
                return answer
        except Error as error:
            if "ERR_ABORTED" not in error.message:
                raise
        page.wait_for_load_state()
        return once(page, url, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "goto", goto)
        yield


@pytest.fixture
def everyone(site: str) -> Iterator[World]:
    """Yield the people, whom the served site sees too.

    The site writes when a test clicks, and builders have their turn before or after.
    """
    with alone():
        yield World()


@pytest.fixture
def violations(page: Page) -> Iterator[list[str]]:
    """Collect what the browser refused under the Content-Security-Policy, and script errors."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            found.append(f"{page.url}: {message.text}")

    def hear_error(error: Error) -> None:
        found.append(f"{page.url}: {error}")

    page.on("console", hear)
    page.on("pageerror", hear_error)
    yield found
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", hear_error)


@pytest.fixture
def sign_in(context: BrowserContext, site: str, everyone: World) -> Callable[[str], None]:
    """Return a function that signs a person in by their session; "" signs out."""

    def become(person: str) -> None:
        context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        if not person:
            return
        key = session_of(person) if person in PEOPLE else new_session(everyone.person(person))
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])

    return become

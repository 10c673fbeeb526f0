"""A person at the site in a browser of their own."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from django.conf import settings
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    ViewportSize,
    expect,
)

from tests.browser.menu import entry
from tests.given.world import PASSWORD, session_of

PICTURE_NUMBERS = count(1)
PATIENCE = 120_000
"""Milliseconds to wait for what a worker does."""
READING = 20_000
"""Milliseconds to wait for what stands on a page, though the machine may be busy."""
GLANCE = 500
"""Milliseconds until a page that does not follow by itself is loaded again."""
DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
FITS = "width => document.documentElement && document.documentElement.scrollWidth <= width"


def leave_by(place: Locator) -> None:
    """Click what leads to another page, and wait for that: the one before is read no more."""
    with place.page.expect_navigation():
        place.click()


class Visitor:
    """Somebody of the world who reads, fills in and clicks, signed in by the session they have.

    Whatever they click they wait for the page that it leads to. `problems` collects what their
    browser refused, script errors and answers that say that the site broke. Without scripts they
    look again by hand where a page would follow by itself.
    """

    def __init__(
        self,
        browser: Browser,
        site: str,
        email: str,
        *,
        scripts: bool = True,
        signs_in_by_form: bool = False,
    ) -> None:
        context = browser.new_context(
            base_url=site,
            viewport=DESK,
            locale="en-GB",
            java_script_enabled=scripts,
            # What moves is drawn sixty times a second, as long as somebody waits.
            reduced_motion="reduce",
        )
        self.scripts = scripts
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on(
            "response",
            lambda answer: self._note(f"{answer.status}") if answer.status >= 500 else None,
        )
        if signs_in_by_form:
            self.page.goto("/account/login/")
            self.fill({"login": email, "password": PASSWORD})
            self.press("Sign in")
            expect(self.page.locator("details.menu")).to_be_visible()
        else:
            name, key = settings.SESSION_COOKIE_NAME, session_of(email.partition("@")[0])
            context.add_cookies([{"name": name, "value": key, "url": site}])

    def go_to(self, place: str) -> None:
        """Choose a place in the menu at the side; whoever has no page open begins at the desk."""
        if self.page.url == "about:blank":
            self.page.goto(settings.LOGIN_REDIRECT_URL)
        leave_by(entry(self.page, place))

    def follow(self, words: str) -> None:
        """Follow a link on the page."""
        leave_by(self._link(words))

    def download(self, words: str) -> Download:
        """Follow a link to a file; return the file."""
        with self.page.expect_download() as started:
            # Beside it the sections of the page may be named alike.
            links = self.page.get_by_role("main").get_by_role("link", name=words, exact=True)
            (links.first if links.count() else self._link(words)).click()
        return started.value

    def press(self, words: str) -> None:
        """Press a button on the page."""
        leave_by(self.page.get_by_role("main").get_by_role("button", name=words, exact=True))

    def press_and_confirm(self, words: str, *, reason: str = "") -> None:
        """Press a button that opens a sheet, give the reason, and press the one in the sheet."""
        act = self.page.locator("details.act", has=self.page.locator("summary", has_text=words))
        act.locator("summary").click()
        if reason:
            act.locator("textarea[name=reason]").fill(reason)
        leave_by(act.get_by_role("button", name=words, exact=True))

    def fill(self, values: Mapping[str, object]) -> None:
        """Fill in fields by their names: choose from lists, tick boxes, type the rest."""
        for name, value in values.items():
            field = self.page.locator(f"[name='{name}']:not([type=hidden])")
            kind = field.first.evaluate("field => field.type")
            if kind == "checkbox":
                for wanted in value if isinstance(value, list | tuple | frozenset) else [value]:
                    field.and_(self.page.locator(f"[value='{wanted}']")).check()
            elif kind == "select-one":
                field.select_option(str(value))
            else:
                field.fill(str(value))

    def tick_all(self, name: str) -> None:
        """Tick every box of a checklist."""
        for box in self.page.locator(f"input[name='{name}']").all():
            box.check()

    def choose_file(self, name: str, path: Path) -> None:
        """Choose a file to send."""
        self.page.locator(f"input[name='{name}']").set_input_files(path)

    def sees(self, words: str, *, within: int = READING) -> None:
        """Check that words stand on the page, or appear in time."""
        until = time.monotonic() + within / 1000
        seen = expect(self.page.get_by_role("main"))
        while within > READING and not self.scripts and time.monotonic() < until:
            try:
                seen.to_contain_text(words, timeout=GLANCE)
            except AssertionError:
                self.page.reload()
            else:
                return
        seen.to_contain_text(words, timeout=within)

    def keep_picture(self, name: str) -> None:
        """Keep a picture of the page where pictures are wanted, in the order of the story."""
        folder, size = os.environ.get("SCREENSHOTS", ""), self.page.viewport_size
        if folder and size:
            path = Path(folder) / f"story-{next(PICTURE_NUMBERS):02d}-{name}-{size['width']}.png"
            self.page.screenshot(path=path, full_page=True)

    def look(self, name: str) -> None:
        """See that the page fits a desk and a phone, and keep pictures of both."""
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            # Waited for, as a page that follows a task may load itself anew at this very moment.
            self.page.wait_for_function(FITS, arg=size["width"], timeout=READING)
            self.keep_picture(name)

    def look_in_chinese(self, name: str) -> None:
        """Open the page that is shown once more in Chinese, look at it, and come back."""
        cookie, address = settings.LANGUAGE_COOKIE_NAME, self.page.url
        self.page.context.add_cookies([{"name": cookie, "value": "zh-hans", "url": address}])
        self.page.goto(address)
        self.look(f"{name}-zh")
        self.page.context.clear_cookies(name=cookie)
        self.page.goto(address)

    def id_in_address(self) -> str:
        """Return the id of the thing whose page is open."""
        found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", self.page.url)
        assert found, self.page.url
        return found[0]

    def _link(self, words: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=words).first

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._note(message.text)

    def _note(self, problem: str) -> None:
        self.problems.append(f"{self.page.url}: {problem}")

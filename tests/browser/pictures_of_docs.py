"""Take the pictures of the documentation anew, on the data of the demo: `make docs-images`.

The story is played into a folder of its own and served; a browser then visits the pages as those
who are named with each picture. Nothing is arranged by hand, so the pictures age with the pages.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.menu import entry
from tests.plugins.browser import FLAGS, found_chromium

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images"
WORK = ROOT / "build" / "docs-images"
MOST_BYTES = 300_000
WIDTH, HEIGHT = 1280, 860
PATIENCE = 20_000
"""Milliseconds to wait for a page."""
DATASET = "普查登记样本 Registered census survey 1994"
SURVEY = "1994 年普查（匿名） Census survey 1994, anonymized"


@dataclass(frozen=True)
class Picture:
    """A picture of the page that a person comes to; nobody is signed in without a person.

    `way` starts with a place of the menu and goes on by links on the page. `above` scrolls to a
    heading first.
    """

    name: str
    way: Sequence[str]
    person: str = ""
    above: str = ""
    height: int = HEIGHT


PICTURES = (
    Picture("listing", ("Market", SURVEY), height=1100),
    Picture("market", ("Market",), height=1240),
    Picture("desk", ("My desk",), "officer"),
    Picture("preparation", ("Preparation runs", DATASET), "officer", above="Columns"),
    Picture("valuation", ("Valuations", DATASET), "officer"),
    Picture("order", ("Orders", SURVEY), "buyer", height=1000),
    Picture("contract", ("Orders", SURVEY, "Contract"), "buyer"),
    Picture("delivery", ("Orders", SURVEY, "Delivery"), "buyer", height=1180),
    Picture("money", ("Money",), "treasurer"),
    Picture("certificate", ("Market", SURVEY, "PR-")),
    Picture("ledger", ("Ledger",), "auditor"),
)


def main() -> int:
    """Play, visit, and write every picture, or only those that are named."""
    wanted = set(sys.argv[1:]) or {picture.name for picture in PICTURES}
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=FLAGS)
        passwords = json.loads((WORK / "demo-sign-ins.json").read_text(encoding="utf-8"))
        for picture in PICTURES:
            if picture.name in wanted:
                path = FOLDER / f"{picture.name}.png"
                take(picture, browser, site, passwords, path)
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    sizes = {picture.name: (FOLDER / f"{picture.name}.png").stat().st_size for picture in PICTURES}
    too_large = [name for name, size in sizes.items() if size > MOST_BYTES]
    if too_large:
        print(f"Larger than {MOST_BYTES:,} bytes: {', '.join(too_large)}")
    return 1 if too_large else 0


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo from a data folder of its own; what was played there before stays."""
    WORK.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.dev",
            "VAR_DIR": str(WORK),
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            print(line, end="")
            if found := re.search(r"http://localhost:\d+", line):
                break
        else:
            raise SystemExit("The demo did not come to be served.")
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def take(
    picture: Picture, browser: Browser, site: str, passwords: dict[str, str], path: Path
) -> None:
    """Go the way of a picture, and write what is seen at its end."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": WIDTH, "height": picture.height},
        locale="en-GB",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if picture.person:
        email = f"{picture.person}@example.org"
        page.goto("/account/login/")
        page.locator("[name=login]").fill(email)
        page.locator("[name=password]").fill(passwords[email])
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        page.locator("details.menu").wait_for()
    else:
        page.goto("/")
    go(page, picture.way)
    if picture.above:
        heading = page.get_by_role("heading", name=picture.above).first
        heading.evaluate("heading => heading.scrollIntoView()")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    context.close()


def go(page: Page, way: Sequence[str]) -> None:
    """Choose a place of the menu, then follow links on the pages."""
    place, *links = way
    entry(page, place).click()
    page.wait_for_load_state()
    for words in links:
        page.get_by_role("main").get_by_role("link", name=words).first.click()
        page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())

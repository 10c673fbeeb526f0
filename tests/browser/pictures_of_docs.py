"""Take the pictures of the documentation anew, on the data of the demo: `make docs-images`.

The story is told anew and a copy of it served; a browser then visits the pages as those who are
named with each picture. What figures a picture shows is kept beside it, in `figures.json`, which
a test compares with the told demo.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.menu import entry
from tests.given.pictured import (
    FIGURES,
    FOLDER,
    MOST_BYTES,
    PICTURES,
    WHOLE,
    WIDTH,
    Picture,
    Shown,
    digest_of,
    figures_in,
    kept_figures,
)
from tests.plugins.browser import FLAGS, found_chromium

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "docs-images"
PATIENCE = 20_000
"""Milliseconds to wait for a page."""
VISIBLE = """() => {
    const texts = [], nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(nodes.currentNode);
        const {width, height, top, bottom} = range.getBoundingClientRect();
        const style = getComputedStyle(nodes.currentNode.parentElement);
        if (width > 1 && height > 1 && top < innerHeight && bottom > 0
            && style.visibility === "visible") texts.push(nodes.currentNode.textContent);
    }
    return texts;
}"""
"""Answers the texts that stand within the window."""


def main() -> int:
    """Tell, visit, and write every picture, or of what was told before those that are named."""
    named = set(sys.argv[1:])
    if not named or not WHOLE.exists():
        tell()
    kept = kept_figures() if named else {}
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=FLAGS)
        passwords = json.loads((WORK / "demo-sign-ins.json").read_text(encoding="utf-8"))
        for picture in PICTURES:
            if not named or picture.name in named:
                path = FOLDER / f"{picture.name}.png"
                texts = take(picture, browser, site, passwords, path)
                kept[picture.name] = Shown(digest_of(path), figures_in(texts, picture.varies))
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    written = {name: kept[name]._asdict() for name in sorted(kept)}
    text = json.dumps(written, ensure_ascii=False, indent=1)
    FIGURES.write_text(f"{text}\n", encoding="utf-8")
    sizes = {picture.name: (FOLDER / f"{picture.name}.png").stat().st_size for picture in PICTURES}
    too_large = [name for name, size in sizes.items() if size > MOST_BYTES]
    if too_large:
        print(f"Larger than {MOST_BYTES:,} bytes: {', '.join(too_large)}")
    return 1 if too_large else 0


def tell() -> None:
    """Tell the whole story, where the tests of the guides find it too."""
    shutil.rmtree(WHOLE, ignore_errors=True)
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-serve"],
        cwd=ROOT,
        env=environment(WHOLE),
        check=True,
    )


def environment(var: Path) -> dict[str, str]:
    """Return the environment of a demo with a data folder of its own."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.dev",
        "VAR_DIR": str(var),
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def served() -> Iterator[str]:
    """Serve a copy of what was told, which visits change."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(WHOLE, WORK, ignore=shutil.ignore_patterns("run", "valkey"))
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env=environment(WORK),
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
) -> list[str]:
    """Go the way of a picture, write what is seen at its end, and answer its texts."""
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
    texts: list[str] = page.evaluate(VISIBLE)
    context.close()
    return texts


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

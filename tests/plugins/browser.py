"""A Chromium, a site for it to visit, and pictures of what it saw.

The Chromium is the one that `CHROMIUM` names, the system's, or else Playwright's own. Of the
system's, the shell goes first: it opens no window for each test, which costs more than a page.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.plugins.clock import unmoved

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # This list is heard in place of Playwright's: what that switches off and we meet is here again.
    # A new frame for every document (RenderDocument) takes a third of what a page takes to open.
    "--disable-features=RenderDocument,PaintHolding,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "ThirdPartyStoragePartitioning,AvoidUnnecessaryBeforeUnloadCheckSync,OptimizationHints,"
    "NetworkTimeServiceQuerying",
]


def found_chromium() -> str | None:
    """Return the path of the Chromium to start; None for Playwright's own."""
    return (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium-headless-shell")
        or shutil.which("chromium")
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Return how Chromium is started."""
    return {
        **browser_type_launch_args,
        "executable_path": found_chromium(),
        "args": FLAGS,
        "env": unmoved(os.environ),
    }


@pytest.fixture
def site(committed_database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of the site, served from the tests' committed database.

    `live_server` would flush the database afterwards, which append-only tables refuse.
    """
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    server = LiveServer("localhost:0")
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture
def keep_picture(page: Page) -> Callable[[str], None]:
    """Return a function that keeps a picture of the page under a name, where pictures are wanted.

    `make screenshots` wants them: the environment variable SCREENSHOTS names the folder.
    """
    folder = os.environ.get("SCREENSHOTS", "")

    def keep(name: str) -> None:
        if folder:
            path = Path(folder) / f"{name}-{(page.viewport_size or {'width': 0})['width']}.png"
            page.screenshot(path=path, full_page=True)

    return keep

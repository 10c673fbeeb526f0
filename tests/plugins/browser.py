"""A Chromium for the browser tests: the one that `CHROMIUM` names, the system's, else Playwright's.

The system's is preferred since it needs no download; its version is the distribution's.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Answer how Chromium is started."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    executable = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **executable, "args": FLAGS}

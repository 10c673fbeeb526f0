"""The environment of the program that judges lineage events."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ROOT / "build" / "lineage" / "bin" / "python"


@pytest.fixture(scope="session")
def lineage() -> Path:
    """Return the Python of the judge of lineage; `make` builds it where it is missing."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "lineage.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "build/lineage/.installed"], cwd=ROOT, check=True, timeout=600)
    return PYTHON

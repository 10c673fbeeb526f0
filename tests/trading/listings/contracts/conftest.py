"""The environment of the program that tests data contracts."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PYTHON = ROOT / "build" / "contracts" / "bin" / "python"


@pytest.fixture(scope="session")
def contracts() -> Path:
    """Return the Python of the judge of contracts; `make` builds it where it is missing."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "contracts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "build/contracts/.installed"], cwd=ROOT, check=True, timeout=600)
    return PYTHON

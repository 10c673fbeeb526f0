"""The environment of programs that judge what this library judges."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ROOT / "build" / "judges" / "bin" / "python"


@pytest.fixture(scope="session")
def judges() -> Path:
    """Return the Python of the judges; `make` builds it where it is missing."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "judges.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "build/judges/.installed"], cwd=ROOT, check=True, timeout=600)
    return PYTHON

"""The environment of the buyers' tools."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build" / "interop" / "bin" / "python"


@pytest.fixture(scope="session")
def tools() -> Path:
    """Return the Python of the buyers' tools; `make` builds it where it is missing."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "interop.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "build/interop/.installed"], cwd=ROOT, check=True, timeout=600)
    return PYTHON

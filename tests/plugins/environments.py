"""Environments of programs that read or judge what the centre makes, each with its own packages.

`make` builds one in `build/` where a test needs it. With `--build-nothing` that test is skipped.
"""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--build-nothing`."""
    parser.addoption(
        "--build-nothing", action="store_true", help="skip tests whose environment is missing"
    )


def environment(name: str, config: pytest.Config) -> Path:
    """Return the folder of an environment; `make` builds it where it is missing."""
    target = f"build/{name}/.installed"
    if config.getoption("--build-nothing") and not (ROOT / target).exists():
        pytest.skip(f"This run builds nothing. Build what is missing: make {target}")
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", target], cwd=ROOT, check=True, timeout=PATIENCE)
    return ROOT / "build" / name


def python_of(name: str, config: pytest.Config) -> Path:
    """Return the Python of an environment."""
    return environment(name, config) / "bin" / "python"

"""The environments of programs that read labelled sets: each needs other versions."""

from __future__ import annotations

import fcntl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 300


@pytest.fixture(scope="session")
def judge() -> Callable[[str, str, Path], str]:
    """Return what runs a program in the environment of a judge; `make` builds it where missing.

    The program gets a folder; its output is returned.
    """

    def run(name: str, program: str, folder: Path) -> str:
        (ROOT / "build").mkdir(exist_ok=True)
        with (ROOT / "build" / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            subprocess.run(["make", f"build/{name}/.installed"], cwd=ROOT, check=True, timeout=600)
        done = subprocess.run(
            [ROOT / "build" / name / "bin" / "python", "-c", program, str(folder)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    return run

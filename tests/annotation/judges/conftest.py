"""The environments of programs that read labelled sets: each needs other versions."""

from __future__ import annotations

import fcntl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 300
Built = Callable[[str], Path]


@pytest.fixture(scope="session")
def built() -> Built:
    """Return what gives the Python of a judge; `make` builds its environment where missing."""

    def python_of(name: str) -> Path:
        (ROOT / "build").mkdir(exist_ok=True)
        with (ROOT / "build" / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            subprocess.run(["make", f"build/{name}/.installed"], cwd=ROOT, check=True, timeout=600)
        return ROOT / "build" / name / "bin" / "python"

    return python_of


@pytest.fixture(scope="session")
def judge(built: Built) -> Callable[[str, str, Path], str]:
    """Return what runs a program in the environment of a judge.

    The program gets a folder; its output is returned.
    """

    def run(name: str, program: str, folder: Path) -> str:
        done = subprocess.run(
            [built(name), "-c", program, str(folder)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    return run

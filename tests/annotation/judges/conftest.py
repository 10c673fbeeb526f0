"""The environments of programs that read labelled sets: each needs other versions."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugins.environments import python_of

PATIENCE = 300
Built = Callable[[str], Path]


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config) -> Built:
    """Return what gives the Python of a judge."""
    return lambda name: python_of(name, pytestconfig)


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

"""Environments that hold nothing but what `pip install` of a clean checkout brings."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.plugins.environments import environment

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "build" / "packaging"
HELP = ("docs/glossary.md", "docs/how-to/", "docs/images/")
"""What of the docs the site shows, and therefore is installed."""


@dataclass(frozen=True)
class Installed:
    """An environment, and what was installed into it."""

    folder: Path

    @property
    def packages(self) -> Path:
        """Return where its packages lie."""
        [found] = self.folder.glob("lib/python*/site-packages")
        return found

    def run(
        self, command: str, *arguments: object, folder: Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its commands in a folder, with nothing of this process's environment."""
        own = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "VAR_DIR": str(folder / "var")}
        return subprocess.run(
            [self.folder / "bin" / command, *map(str, arguments)],
            cwd=folder,
            env=own | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def committed_files(*folders: str) -> list[str]:
    """Return what belongs to the tree, of some folders or all: committed or new, not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [name for name in listed if name and (ROOT / name).exists()]


@pytest.fixture(scope="session")
def checkout(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree without what was built in it, and fetch what it needs where that is missing."""
    environment("packaging", pytestconfig)
    folder = tmp_path_factory.mktemp("checkout")
    for name in committed_files():
        if name.startswith(HELP) or not name.startswith(("tests/", "docs/", "benchmarks/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def install(what: str, folder: Path) -> Installed:
    """Install a checkout into a new environment, from files alone: no index is asked."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    subprocess.run(
        ["sh", ".ci/install", folder, "--no-index", "--find-links", FILES, what],
        cwd=ROOT,
        check=True,
        timeout=300,
    )
    return Installed(folder)


@pytest.fixture(scope="session")
def libraries(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return what `pip install .` gives."""
    return install(str(checkout), tmp_path_factory.mktemp("libraries"))


@pytest.fixture(scope="session")
def centre(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return what `pip install .[centre]` gives."""
    return install(f"{checkout}[centre]", tmp_path_factory.mktemp("centre"))

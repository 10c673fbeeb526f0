"""`--times FILE`: how long each test took and what was skipped, for `python -m tests.times`."""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from tests.plugins.databases import is_postgres
from tests.plugins.turns import RESTED, is_late


@dataclass
class Times:
    """What one run of pytest measured.

    seconds: of each test, setup and teardown included, by the wall clock.
    skipped: the reason of each test that was skipped.
    rested: how many cases have their turn in another run, with those whose turn came too late.
    """

    database: str
    machine: str
    whole: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    rested: int = 0


class TimesWriter:
    """Adds up the reports of all workers and writes them down at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.began = time.monotonic()
        self.times = Times(
            database="PostgreSQL" if is_postgres() else "SQLite",
            machine=f"{os.cpu_count()} cores, Python {platform.python_version()}",
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one phase of a test."""
        seconds = self.times.seconds
        seconds[report.nodeid] = seconds.get(report.nodeid, 0.0) + report.duration
        if report.skipped and isinstance(report.longrepr, tuple):
            self.times.skipped[report.nodeid] = str(report.longrepr[2])
        self.times.rested += is_late(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file, whatever came out."""
        self.times.rested += session.config.stash.get(RESTED, 0)
        self.times.whole = time.monotonic() - self.began
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(asdict(self.times)), encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--times`."""
    parser.addoption("--times", default="", help="file to write each test's seconds to")


def pytest_configure(config: pytest.Config) -> None:
    """Listen in the process that hears of every test: with xdist, the controller."""
    path = config.getoption("--times")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(TimesWriter(Path(path)), "times")

"""`--clock-readers FILE`: which tests read a clock, so that these can be run at another time.

    pytest -m "not browser" --clock-readers=build/clock-readers.txt
    pytest --clock=+40d @build/clock-readers.txt

The file names a test a line, as pytest takes them. A test is named where, while it runs, code of
the project or of the tests asks what time it is: `clock.now()` while nothing holds it,
`timezone.now()`, `datetime.now()`, `date.today()` or `time.time()`. That a row notes when it was
made does not count, nor what a library asks for itself. A process that a test starts is not seen.
Each call of a function is looked at, so that a run takes several times as long.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import BuiltinFunctionType, FrameType
from typing import Any

import pytest

OPTION = "--clock-readers"
PROPERTY = "reads_clock"
ROOT = Path(__file__).resolve().parents[2]
OURS = f"{ROOT}/"
OTHERS = "/site-packages/"
PLUGINS = f"{Path(__file__).parent}/"
THE_CLOCK = str(ROOT / "marketplace/core/clock.py")
LIKE_THE_CLOCK = ("/django/utils/timezone.py",)
ASKED = frozenset({"now", "today", "utcnow", "time", "time_ns"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--clock-readers`."""
    parser.addoption(
        OPTION, type=Path, metavar="FILE", help="write into a file which tests read a clock"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Look at each test that runs here, and gather what the workers found."""
    path: Path | None = config.getoption(OPTION)
    if path is not None:
        config.pluginmanager.register(ClockReaders(path), "clock-readers")


class ClockReaders:
    """Notes where each test reads a clock first, and writes the names of those that do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Look at a test with what is set up for it."""
        with looking() as places:
            item.stash[PLACES] = places
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """Let a worker tell where the test read a clock."""
        report: Any = yield
        if report.when == "call" and item.stash[PLACES]:
            report.user_properties.append((PROPERTY, item.stash[PLACES][0]))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather a test that reads a clock."""
        if any(name == PROPERTY for name, _place in report.user_properties):
            self.found.add(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Write the names, in order."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("".join(f"{name}\n" for name in sorted(self.found)), encoding="utf-8")
        terminalreporter.write_line(f"{len(self.found)} tests read a clock: {self.path}")


PLACES = pytest.StashKey[list[str]]()


@contextmanager
def looking() -> Iterator[list[str]]:
    """Yield a list that gets the first place, as path and line, where a clock is read."""
    places: list[str] = []

    before = sys.getprofile()

    def look(frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and not places and asks_the_time(called):
            place = place_of(frame)
            if place:
                places.append(place)
                sys.setprofile(before)

    threading.setprofile(look)
    sys.setprofile(look)
    try:
        yield places
    finally:
        sys.setprofile(before)
        threading.setprofile(before)


def asks_the_time(called: object) -> bool:
    """Return whether a function of C tells the day or the moment."""
    if not isinstance(called, BuiltinFunctionType) or called.__name__ not in ASKED:
        return False
    owner = called.__self__
    return owner is time or (isinstance(owner, type) and issubclass(owner, date))


def place_of(frame: FrameType | None) -> str:
    """Return where code of ours asks, "" where other code does for itself."""
    while frame is not None and frame.f_code.co_filename.endswith(LIKE_THE_CLOCK):
        frame = frame.f_back
    while frame is not None and frame.f_code.co_filename == THE_CLOCK:
        frame = frame.f_back
    if frame is None:
        return ""
    path = frame.f_code.co_filename
    if not path.startswith(OURS) or OTHERS in path or path.startswith(PLUGINS):
        return ""
    return f"{Path(path).relative_to(ROOT)}:{frame.f_lineno}"

"""`--clock +40d`: all processes of a run live at another time.

    pytest --clock=+40d               # weeks, days, hours or minutes from now, or before it (-12h)
    pytest --clock=2026-12-31T23:50   # or from a moment on
    make test CLOCK=+40d

The clock runs on from there. It is moved below everything that could read it, by libfaketime, which
the dynamic linker loads into each process: nothing that asks what time it is, in Python, in a
library or in a program that a test starts, can be forgotten. Waiting goes on by a clock that nobody
moves. Servers of databases and browsers keep the machine's own, and so do the times of files: the
timeouts of those programs do not bear to be moved, and the centre never asks them what time it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

OPTION = "--clock"
UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
LIBRARY = "lib/*/faketime/libfaketimeMT.so.1"
MOVED = "TEST_CLOCK_IS_MOVED"
"""The variable by which a process knows that its clock is the one that was asked for."""
UNMOVED = ("postgres", "valkey-server")
"""Programs that do not bear it; browsers and MariaDB do not bear that the library is loaded."""
UNTOUCHED = {
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "DONT_FAKE_MONOTONIC": "1",
    "FAKETIME_SKIP_CMDS": ",".join(UNMOVED),
}
HOW = "give it as +40d, -12h or 2026-12-31T23:50"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--clock`, which has been read before pytest reads its options."""
    parser.addoption(OPTION, help=f"another time for all processes of the run: {HOW}")


def pytest_report_header() -> list[str]:
    """Say what time it is, where it is another."""
    return [f"clock: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"] if MOVED in os.environ else []


def asked_clock(arguments: Sequence[str]) -> str:
    """Return what the arguments of pytest say of the clock, or nothing."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument.partition("=")[0] == OPTION:
            return argument.partition("=")[2] or following
    return ""


def seconds_to(clock: str, now: datetime) -> int:
    """Return by how many seconds the clock is moved.

    Raises:
        pytest.UsageError: this is neither a distance nor a moment.
    """
    sign, number, unit = clock[:1], clock[1:-1], clock[-1:]
    if sign in ("+", "-") and number.isdecimal() and unit in UNITS:
        distance = timedelta(**{UNITS[unit]: int(number)})
        return int(distance.total_seconds()) * (1 if sign == "+" else -1)
    try:
        moment = datetime.fromisoformat(clock)
    except ValueError:
        raise pytest.UsageError(f"{OPTION}: {clock!r} is no time: {HOW}.") from None
    return round((moment.astimezone(UTC) - now).total_seconds())


def moved(environment: Mapping[str, str], seconds: int) -> dict[str, str]:
    """Return the environment of a process whose clock is moved, and that of all that it starts.

    Raises:
        pytest.UsageError: libfaketime is not installed.
    """
    before = environment.get("LD_PRELOAD")
    preloaded = f"{library()}:{before}" if before else library()
    loads = {"LD_PRELOAD": preloaded, "FAKETIME": f"{seconds:+d}", MOVED: "1"}
    return {**environment, **UNTOUCHED, **loads}


def unmoved(environment: Mapping[str, str]) -> dict[str, str | float | bool]:
    """Return the environment of a process that keeps the machine's time."""
    gone = ("LD_PRELOAD", "FAKETIME") if MOVED in environment else ()
    return {name: value for name, value in environment.items() if name not in gone}


def clock_alone() -> dict[str, str]:
    """Return the environment of a program that gets nothing of ours but the time of the tests."""
    names = ("LD_PRELOAD", "FAKETIME", *UNTOUCHED) if MOVED in os.environ else ()
    return {name: os.environ[name] for name in names}


def library() -> str:
    """Return the path of libfaketime.

    Raises:
        pytest.UsageError: it is not installed.
    """
    for found in sorted(Path("/usr").glob(LIBRARY)):
        return str(found)
    raise pytest.UsageError(f"{OPTION} needs libfaketime: apt-get install libfaketime")


def _begin_anew() -> None:
    """Start this process again with its clock moved, before anything has read it."""
    clock = asked_clock(sys.argv)
    if clock and MOVED not in os.environ:
        environment = moved(os.environ, seconds_to(clock, datetime.now(UTC)))
        os.execve(sys.executable, sys.orig_argv, environment)


_begin_anew()

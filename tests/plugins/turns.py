"""`--turns 40`: the tests that take long run by turns, a fortieth of them in each run.

`tests/long.txt` lists them with their seconds, written by `make times`. They are dealt out so that
each turn takes as long as the others; the seed of the run says whose turn it is, and runs of all
seeds leave nothing out. What kills a listed mutant runs each time, and so does what is drawn from
already. `make test` has turns; `make campaign`, and whoever names a file, has all.

`--short 2` lets only those rest that take two seconds and more; nothing is drawn then, since what
`drawn` would leave out takes turns as everything else. `--until` names the moment (of
`time.monotonic`) from which no test begins that had its turn: the last lines name those.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.mutants.listed import mutants
from tests.plugins.databases import is_of_the_other

LONG = Path(__file__).resolve().parents[1] / "long.txt"
HEADING = "# What takes long, with its seconds: written by `make times`."
SHARED = ("told", "walked")
"""Fixtures that take long themselves: the tests that need one have their turn together."""
TOO_LATE = "It had its turn, and the time for such tests was over."
TAKES_TURNS = pytest.StashKey[bool]()
"""Whether a test could have rested in this run."""
RESTED = pytest.StashKey[int]()
"""How many cases have their turn in another run, or in the campaign alone."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--turns`, `--short` and `--until`."""
    parser.addoption(
        "--turns", type=int, default=1, help="run one of so many parts of the long tests"
    )
    parser.addoption(
        "--short", type=float, default=0.0, help="seconds: what takes less never rests"
    )
    parser.addoption(
        "--until", type=float, help="the moment of time.monotonic after which no long test begins"
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None]:
    """Leave to the campaign whatever has its turn in another run, and count what rests."""
    if config.getoption("--turns") > 1:
        _let_rest(config, items)
        if config.getoption("--until") is not None:
            # What may be left out comes last.
            items.sort(key=lambda item: item.stash.get(TAKES_TURNS, False))
    collected = list(items)
    yield
    runs = set(items)
    config.stash[RESTED] = sum(_rests(item, config) for item in collected if item not in runs)


def _let_rest(config: pytest.Config, items: list[pytest.Item]) -> None:
    turns, short = config.getoption("--turns"), config.getoption("--short")
    long = read(LONG.read_text(encoding="utf-8"))
    parts = {item.nodeid: part_of(item) for item in items if may_rest(item, short)}
    seconds: dict[str, float] = {}
    for test, part in parts.items():
        if test in long:
            seconds[part] = seconds.get(part, 0.0) + long[test]
    turn = Random(str(config.option.hypothesis_seed)).randrange(turns)
    dealt = deal(long_parts(seconds, killers(), short), turns)
    for item in items:
        part = parts.get(item.nodeid, "")
        item.stash[TAKES_TURNS] = part in dealt
        if dealt.get(part, turn) != turn:
            item.add_marker(pytest.mark.campaign)


def _rests(item: pytest.Item, config: pytest.Config) -> bool:
    """Tell whether a test does not run because its turn is in another run."""
    is_left_to_browser = (
        "not browser" in config.option.markexpr and item.get_closest_marker("browser") is not None
    )
    if is_left_to_browser or is_of_the_other(item):
        return False
    return item.get_closest_marker("campaign") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin nothing that takes turns when the time for it is over."""
    until = item.config.getoption("--until")
    if until is not None and item.stash.get(TAKES_TURNS, False) and time.monotonic() > until:
        pytest.skip(TOO_LATE)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the controller of xdist what rested; all workers have left out the same."""
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["rested"] = session.config.stash.get(RESTED, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear of it from a worker."""
    rested = getattr(node, "workeroutput", {}).get("rested")
    if rested is not None:
        node.config.stash[RESTED] = rested


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many rested, and name what had its turn too late."""
    if rested := config.stash.get(RESTED, 0):
        terminalreporter.line(f"{rested:,} cases rested")
    late = [
        report.nodeid for report in terminalreporter.stats.get("skipped", ()) if is_late(report)
    ]
    if late:
        terminalreporter.line(
            f"left out, since the time for what takes turns was over: {len(late)}"
        )
        for test in sorted(late):
            terminalreporter.line(f"  {test}")


def is_late(report: pytest.TestReport) -> bool:
    """Tell whether a test was left out because its turn came too late."""
    return isinstance(report.longrepr, tuple) and TOO_LATE in str(report.longrepr[2])


def may_rest(item: pytest.Item, short: float = 0.0) -> bool:
    """Tell whether a test takes turns: what is drawn from already has its part in each run.

    A rule of the house is asked in each run: whatever is added could break it.
    """
    never = ("house",) if short else ("drawn", "house")
    return not any(item.get_closest_marker(mark) for mark in never)


def part_of(item: pytest.Item) -> str:
    """Return by what a test has its turn: by itself, or by the fixture that it shares."""
    shared = [name for name in SHARED if name in getattr(item, "fixturenames", ())]
    return shared[0] if shared else item.nodeid


def long_parts(long: Mapping[str, float], always: set[str], short: float = 0.0) -> dict[str, float]:
    """Return what takes turns, with its seconds: what is long, and not wanted in each run."""
    return {
        test: taken
        for test, taken in long.items()
        if taken >= short and not always & names_of(test)
    }


def read(text: str) -> dict[str, float]:
    """Return the seconds of each test of the list."""
    rows = (line.split(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {test: float(seconds) for seconds, test in rows}


def written(long: Mapping[str, float]) -> str:
    """Return the list as it is kept, by the tests' names."""
    rows = (f"{seconds:.1f} {test}" for test, seconds in sorted(long.items()))
    return "\n".join([HEADING, *rows]) + "\n"


def deal(seconds: Mapping[str, float], turns: int) -> dict[str, int]:
    """Return the turn of each test: the longest first, each to the turn that has least so far."""
    dealt: dict[str, int] = {}
    taken = [0.0] * turns
    for test in sorted(seconds, key=lambda test: (-seconds[test], test)):
        dealt[test] = taken.index(min(taken))
        taken[dealt[test]] += seconds[test]
    return dealt


def killers() -> set[str]:
    """Name the files and tests that a mutant's list says kill it."""
    return {test for mutant in mutants() for test in mutant.tests}


def names_of(nodeid: str) -> set[str]:
    """Return what a list may call a case by: its file, its test, itself."""
    return {nodeid.partition("::")[0], nodeid.partition("[")[0], nodeid}

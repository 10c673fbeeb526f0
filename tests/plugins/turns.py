"""`--turns 40`: the tests that take long run by turns, a fortieth of them in each run.

`tests/long.txt` lists them with their seconds, written by `make times`. They are dealt out so that
each turn takes as long as the others; the seed of the run says whose turn it is, and runs of all
seeds leave nothing out. What kills a listed mutant runs each time, and so does what is drawn from
already. `make test` has turns; `make campaign`, and whoever names a file, has all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from tests.mutants.listed import mutants

LONG = Path(__file__).resolve().parents[1] / "long.txt"
HEADING = "# What takes long, with its seconds: written by `make times`."
SHARED = ("told",)
"""Fixtures that take long themselves: the tests that need one have their turn together."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--turns`."""
    parser.addoption(
        "--turns", type=int, default=1, help="run one of so many parts of the long tests"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to the campaign whatever has its turn in another run."""
    turns = config.getoption("--turns")
    if turns == 1:
        return
    long = read(LONG.read_text(encoding="utf-8"))
    parts = {item.nodeid: part_of(item) for item in items if may_rest(item)}
    seconds: dict[str, float] = {}
    for test, part in parts.items():
        if test in long:
            seconds[part] = seconds.get(part, 0.0) + long[test]
    turn = Random(str(config.option.hypothesis_seed)).randrange(turns)
    resting = resting_tests(seconds, killers(), turns, turn)
    for item in items:
        if parts.get(item.nodeid) in resting:
            item.add_marker(pytest.mark.campaign)


def may_rest(item: pytest.Item) -> bool:
    """Tell whether a test takes turns: what is drawn from already has its part in each run.

    A rule of the house is asked in each run: whatever is added could break it.
    """
    return not any(item.get_closest_marker(mark) for mark in ("drawn", "house"))


def part_of(item: pytest.Item) -> str:
    """Return by what a test has its turn: by itself, or by the fixture that it shares."""
    shared = [name for name in SHARED if name in getattr(item, "fixturenames", ())]
    return shared[0] if shared else item.nodeid


def resting_tests(long: Mapping[str, float], always: set[str], turns: int, turn: int) -> set[str]:
    """Return which of the long tests have their turn in another run."""
    seconds = {test: taken for test, taken in long.items() if not always & names_of(test)}
    return {test for test, its in deal(seconds, turns).items() if its != turn}


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

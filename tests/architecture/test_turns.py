"""What takes long runs by turns: all turns together leave nothing out, and mutants are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from tests.plugins.timing import Times
from tests.plugins.turns import LONG, deal, killers, long_parts, part_of, read, written
from tests.times import is_there, rested, still_long

SECONDS = {f"tests/test_a.py::test_long[{number}]": float(number) for number in range(1, 31)}


def test_each_turn_takes_as_long_and_none_is_left_out() -> None:
    """Whatever rests in one turn runs in another, once."""
    dealt = deal(SECONDS, 3)
    sums = [sum(SECONDS[test] for test, its in dealt.items() if its == turn) for turn in range(3)]
    assert max(sums) - min(sums) <= 1
    assert dealt.keys() == SECONDS.keys()


def test_what_kills_a_mutant_never_rests() -> None:
    """Whether its list names the file, the test or one case of it."""
    case = "tests/test_a.py::test_long[30]"
    for named in ("tests/test_a.py", "tests/test_a.py::test_long", case):
        assert case not in long_parts(SECONDS, {named})
    assert case in long_parts(SECONDS, set())
    assert killers()


def test_what_is_short_takes_no_turns() -> None:
    """From the seconds on that a run names."""
    assert set(long_parts(SECONDS, set(), 28.0)) == {
        f"tests/test_a.py::test_long[{number}]" for number in (28, 29, 30)
    }


CASES = """
import pytest


@pytest.mark.parametrize("number", range(4))
def test_quick(number):
    pass


@pytest.mark.drawn(1)
@pytest.mark.parametrize("number", range(4))
def test_drawn(number):
    pass


@pytest.mark.parametrize("number", range(8))
def test_slow(number):
    pass


@pytest.mark.campaign
def test_search():
    pass
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Make a folder of tests of its own, of which each run has an eighth of the slow ones."""
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    long = {f"test_cases.py::test_slow[{number}]": 5.0 for number in range(8)}
    (tmp_path / "long.txt").write_text(
        written(long | {"test_cases.py::test_quick[0]": 1.0}), encoding="utf-8"
    )
    (tmp_path / "conftest.py").write_text(
        "from pathlib import Path\n"
        "from tests.plugins import turns\n"
        'turns.LONG = Path(__file__).with_name("long.txt")\n',
        encoding="utf-8",
    )
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p _hypothesis_pytestplugin -p tests.plugins.properties "
        '-p tests.plugins.drawing -p tests.plugins.turns -m "not campaign"\n'
        "markers =\n  drawn(most)\n  campaign\n",
        encoding="utf-8",
    )
    return tmp_path


def run(house: Path, *options: str) -> list[str]:
    """Return what a run in that folder says."""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(root), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_a_run_has_all_that_is_short_and_an_eighth_of_the_rest(house: Path) -> None:
    """What `drawn` would have left out is short here; what only a campaign runs rests."""
    said = run(house, "--turns=8", "--short=2")
    assert said[-1].startswith("9 passed, 8 deselected")
    assert "8 cases rested" in said


def test_without_a_bound_each_long_case_takes_turns(house: Path) -> None:
    """As in `make test`: what is drawn from leaves out three, of the long ones one or two run."""
    said = run(house, "--turns=8")
    [told] = [line for line in said if line.endswith("cases rested")]
    ran = int(said[-1].partition(" passed")[0])
    assert ran + int(told.partition(" ")[0]) == 17
    assert 5 <= ran <= 6
    assert "8 cases rested" not in run(house, "--turns=1")


def test_late_no_long_case_begins(house: Path) -> None:
    """It is named, and whatever never rests has run."""
    said = run(house, "--turns=8", "--short=2", f"--until={time.monotonic() - 1}")
    assert said[-1].startswith("8 passed, 1 skipped, 8 deselected")
    heading = said.index("left out, since the time for what takes turns was over: 1")
    assert said[heading + 1].startswith("  test_cases.py::test_slow[")


def test_the_last_line_says_how_many_rested() -> None:
    """And how they run."""
    ran = Times("SQLite", "", seconds={"a": 1.0, "b": 2.0}, rested=3)
    assert rested({"sqlite": ran, "postgres": ran}) == (
        "6 of 10 cases rested. `make test TURNS=1` runs those that take turns, `make campaign` all."
    )


@dataclass(frozen=True)
class Item:
    """A collected test."""

    nodeid: str
    fixturenames: tuple[str, ...] = ()


def test_who_shares_a_long_fixture_has_one_turn() -> None:
    """The story is told for all who look at its end, or for none of them."""
    items = [Item("a::test_a", ("told",)), Item("b::test_b", ("world", "told")), Item("c::test_c")]
    parts = [part_of(cast("pytest.Item", item)) for item in items]
    assert parts == ["told", "told", "c::test_c"]


def test_the_list_is_of_tests_that_are_there() -> None:
    """It reads as it was written, and names nothing that has gone: else run `make times`."""
    text = LONG.read_text(encoding="utf-8")
    long = read(text)
    assert written(long) == text
    assert [test for test in long if not is_there(test)] == []


def test_the_list_follows_what_runs_took() -> None:
    """Seconds stay until they halve or double; what got short goes, what did not run stays."""
    here = f"{__name__.replace('.', '/')}.py"
    first, second, third = (
        f"{here}::{name.__name__}"
        for name in (
            test_each_turn_takes_as_long_and_none_is_left_out,
            test_what_kills_a_mutant_never_rests,
            test_the_list_is_of_tests_that_are_there,
        )
    )
    run = Times("SQLite", "", seconds={first: 3.0, second: 0.05, third: 0.12})
    kept = {first: 2.0, second: 1.5, f"{here}::test_gone": 9.0}
    assert still_long(kept, {"a": run}) == {first: 2.0}
    assert still_long({first: 1.0}, {"a": run}) == {first: 3.0}
    assert still_long({third: 0.15}, {"a": run}) == {first: 3.0, third: 0.15}

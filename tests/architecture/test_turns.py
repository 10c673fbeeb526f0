"""What takes long runs by turns: all turns together leave nothing out, and mutants are killed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from tests.plugins.timing import Times
from tests.plugins.turns import LONG, deal, killers, part_of, read, resting_tests, written
from tests.times import is_there, still_long

SECONDS = {f"tests/test_a.py::test_long[{number}]": float(number) for number in range(1, 31)}


def test_each_turn_takes_as_long_and_none_is_left_out() -> None:
    """Whatever rests in one turn runs in another, once."""
    dealt = deal(SECONDS, 3)
    sums = [sum(SECONDS[test] for test, its in dealt.items() if its == turn) for turn in range(3)]
    assert max(sums) - min(sums) <= 1
    ran = [SECONDS.keys() - resting_tests(SECONDS, set(), 3, turn) for turn in range(3)]
    assert sorted(test for tests in ran for test in tests) == sorted(SECONDS)


def test_what_kills_a_mutant_never_rests() -> None:
    """Whether its list names the file, the test or one case of it."""
    case = "tests/test_a.py::test_long[30]"
    for named in ("tests/test_a.py", "tests/test_a.py::test_long", case):
        assert not any(case in resting_tests(SECONDS, {named}, 3, turn) for turn in range(3))
    assert killers()


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

"""The excess over guessing, and its interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.attacks import EXACT, Attack, Share, weigh
from desensitize.attacks.excess import gravity
from desensitize.attacks.membership import TOO_SMALL


@given(trials=st.integers(1, 100_000), data=st.data())
def test_wilson_solves_its_equation(trials: int, data: st.DataObject) -> None:
    """At each bound p the counted share lies z standard deviations of p away from it."""
    counted = data.draw(st.integers(0, trials)) / trials
    centre, half = Share(counted * trials, trials).interval()
    for bound in (centre - half, centre + half):
        variance = max(0.0, bound * (1 - bound)) / trials
        assert abs(counted - bound) == pytest.approx(1.959963984540054 * variance**0.5, abs=1e-7)


def test_the_excess_is_what_guessing_leaves() -> None:
    """0.75 against 0.5 is half of what could still be reached."""
    found = weigh(Share(7_500, 10_000), Share(5_000, 10_000))
    assert found.value == pytest.approx(0.5)
    assert found.low < 0.5 < found.high
    assert found.high - found.low < 0.06


def test_a_published_interval() -> None:
    """Formula (4) and (5) of Giomi et al. by hand: 30 of 100 against 10 of 100."""
    found = weigh(Share(30, 100), Share(10, 100))
    square = 1.959963984540054**2
    centre = [(n + square / 2) / (100 + square) for n in (30, 10)]
    half = [
        1.959963984540054 / (100 + square) * (n * (100 - n) / 100 + square / 4) ** 0.5
        for n in (30, 10)
    ]
    value = (centre[0] - centre[1]) / (1 - centre[1])
    error = (
        (half[0] / (1 - centre[1])) ** 2 + ((centre[0] - 1) / (1 - centre[1]) ** 2 * half[1]) ** 2
    ) ** 0.5
    assert found.low == pytest.approx(value - error)
    assert found.high == pytest.approx(value + error)


def test_few_trials_leave_a_wide_interval_that_does_not_pass() -> None:
    """None of ten is no success, and shows nothing: neither passed nor failed."""
    few = Attack("linkage", "", weigh(Share(0, 10), Share.exactly(0.0)), limit=0.05)
    many = Attack("linkage", "", weigh(Share(0, 1_000), Share.exactly(0.0)), limit=0.05)
    assert (few.passed, few.failed) == (False, False)
    assert (many.passed, many.failed) == (True, False)


def test_luck_has_not_failed() -> None:
    """Above the limit as counted, and not for sure: neither. An exact share needs no more."""
    few = Attack("linkage", "", weigh(Share(6, 100), Share.exactly(0.0)), limit=0.05)
    many = Attack("linkage", "", weigh(Share(600, 10_000), Share.exactly(0.0)), limit=0.05)
    exact = Attack("linkage", "", weigh(Share.exactly(0.06), Share.exactly(0.0)), limit=0.05)
    assert few.excess is not None
    assert few.excess.value > 0.05 > few.excess.low
    assert [(one.passed, one.failed) for one in (few, many, exact)] == [
        (False, False),
        (False, True),
        (False, True),
    ]


@given(trials=st.integers(20, 5_000), chance=st.floats(0.0, 0.5))
def test_so_many_trials_would_be_enough(trials: int, chance: float) -> None:
    """Where nothing is reached, the number that a reason names keeps the limit, or nearly."""
    few = weigh(Share(chance * trials, trials), Share.exactly(chance))
    needed = max(trials, few.trials_for(0.05))
    more = weigh(Share(chance * needed, needed), Share.exactly(chance))
    assert more.high < 0.06


def test_who_is_always_right_by_guessing_learns_nothing() -> None:
    found = weigh(Share(100, 100), Share.exactly(1.0))
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_what_was_not_tried_does_not_pass() -> None:
    good = weigh(Share(0, 10_000), Share.exactly(0.0))
    assert not Attack("x", "", good, limit=0.05, not_tried=(TOO_SMALL(),)).passed
    assert not Attack("x", "", None, limit=0.05).passed


def test_what_fails_is_worse_than_what_is_uncertain() -> None:
    """And of what does not fail, the widest is: all must keep the limit."""
    fails = weigh(Share(100, 1_000), Share.exactly(0.0))
    wide = weigh(Share(0, 10), Share.exactly(0.0))
    narrow = weigh(Share(20, 1_000), Share.exactly(0.0))
    order = sorted([fails, wide, narrow], key=lambda one: gravity(one, 0.05))
    assert order == [narrow, wide, fails]


def test_where_the_attack_is_exact_the_trials_are_those_of_the_control() -> None:
    """They make the interval as wide as it is, and say how many more would make it narrow."""
    excess = weigh(Share.exactly(0.0), Share(0, 100))
    assert (excess.trials, excess.high > 0) == (100, True)
    assert excess.trials_for(excess.high / 2) == 400
    assert weigh(Share.exactly(0.1), Share.exactly(0.0)).trials == EXACT

"""Shares of joint owners: worked cases, refusals, and what a Shapley value has to hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation_cases import answered, assert_like, cases
from valuation import ValuationError, replay, value
from valuation.shapley import (
    coverage_game,
    exact_shapley,
    knn_shapley,
    knn_utility,
    overlap_game,
    sampled_shapley,
    shares_of,
)

WORTHS = st.integers(-50, 50).map(Fraction)
GAME_OF_FOUR = st.lists(WORTHS, min_size=15, max_size=15).map(lambda rest: [Fraction(0), *rest])
COVERS = {"a": ["r1", "r2", "r3"], "b": ["r3", "r4"], "c": ["r4"]}


@pytest.mark.parametrize("case", cases("shapley"), ids=lambda case: str(case["id"]))
def test_worked_case(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exact values, which are also told as fractions."""
    answer = answered("shapley", case["inputs"], tmp_path, capsys)
    expected = dict(case["expected"])
    published = expected.pop("published", {})
    assert_like(answer, expected, case["tolerance"]["abs"])
    if published:
        assert answer["shapley_fraction"] == published


def by_all_orders(worth: list[Fraction], owners: int) -> list[Fraction]:
    """Average the marginal contributions over every order of joining."""
    sums = [Fraction(0)] * owners
    orders = list(permutations(range(owners)))
    for order in orders:
        coalition = 0
        for owner in order:
            joined = coalition | 1 << owner
            sums[owner] += worth[joined] - worth[coalition]
            coalition = joined
    return [part / len(orders) for part in sums]


@given(GAME_OF_FOUR)
def test_exact_is_the_mean_over_all_orders(worth: list[Fraction]) -> None:
    """And so adds up to what all are worth together."""
    values = exact_shapley(worth, 4)
    assert list(values) == by_all_orders(worth, 4)
    assert sum(values) == worth[15]


@given(GAME_OF_FOUR, st.permutations(range(4)))
def test_names_do_not_matter(worth: list[Fraction], renamed: list[int]) -> None:
    """Symmetry: whoever takes an owner's place takes his value."""

    def moved(coalition: int) -> int:
        return sum(1 << renamed[place] for place in range(4) if coalition >> place & 1)

    other = [Fraction(0)] * 16
    for coalition in range(16):
        other[moved(coalition)] = worth[coalition]
    values, values_then = exact_shapley(worth, 4), exact_shapley(other, 4)
    assert [values_then[renamed[place]] for place in range(4)] == list(values)


@given(st.lists(WORTHS, min_size=7, max_size=7))
def test_whoever_adds_nothing_gets_nothing(rest: list[Fraction]) -> None:
    """The null player."""
    three = [Fraction(0), *rest]
    assert exact_shapley([*three, *three], 4)[3] == 0


@given(GAME_OF_FOUR, st.integers(0, 10))
def test_sampled_is_within_its_error(worth: list[Fraction], seed: int) -> None:
    """Six standard errors, since many estimates are looked at; the sum is exact."""
    drawn = sampled_shapley(worth.__getitem__, 4, orders=400, seed=seed)
    exact = exact_shapley(worth, 4)
    assert sum(drawn.values) == drawn.total == sum(exact)
    for estimate, error, right in zip(drawn.values, drawn.standard_errors, exact, strict=True):
        assert abs(float(estimate - right)) <= 6 * error + 1e-9


@given(st.lists(st.integers(0, 2), min_size=1, max_size=5), st.integers(0, 2), st.integers(1, 7))
def test_neighbours_agree_with_the_game(labels: list[int], wanted: int, neighbours: int) -> None:
    """The recursion gives the Shapley values of the utility that it is made for."""

    def worth(coalition: int) -> Fraction:
        members = [label for place, label in enumerate(labels) if coalition >> place & 1]
        return knn_utility(members, wanted, neighbours)

    count = len(labels)
    exact = exact_shapley([worth(coalition) for coalition in range(1 << count)], count)
    assert knn_shapley(labels, wanted, neighbours) == exact


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(0, 1000).map(Fraction), min_size=1, max_size=12).filter(any),
)
def test_cents_add_up(cents: int, values: list[Fraction]) -> None:
    """No share is more than a cent away from its exact part."""
    price = Decimal(cents) / 100
    shares = shares_of(price, values)
    assert sum(shares) == price
    for share, part in zip(shares, values, strict=True):
        assert abs(Fraction(share) - Fraction(price) * part / sum(values)) < Fraction(1, 100)


def test_joint_price_is_divided() -> None:
    """The first of two equal remainders takes the cent."""
    inputs = {"alone": {"a": 1, "b": 1, "c": 1}, "joint_price": "100.00", "currency": "CNY"}
    result = value("shapley", inputs)
    assert result.amount == Decimal("100.00")
    assert result.outputs["shares"] == {
        "a": Decimal("33.34"),
        "b": Decimal("33.33"),
        "c": Decimal("33.33"),
    }


def test_declared_games() -> None:
    """Coverage halves what two have; overlaps do the same; a quota asks who tips the scale."""
    covered = value("shapley", {"covers": COVERS, "unit_value": 2}).outputs
    assert covered["shapley"] == {"a": Decimal(5), "b": Decimal(2), "c": Decimal(1)}
    valued = value("shapley", {"covers": COVERS, "item_values": {"r3": 11}}).outputs
    assert valued["shapley"] == {"a": Decimal("7.5"), "b": Decimal(6), "c": Decimal("0.5")}
    overlapping = value(
        "shapley", {"alone": {"a": 6, "b": 4, "c": 2}, "overlaps": {"a+b": 2, "b+c": 2}}
    ).outputs
    assert overlapping["shapley"] == covered["shapley"]
    voting = value("shapley", {"weights": {"a": 3, "b": 2, "c": 1}, "quota": 4}).outputs
    assert voting["shapley_fraction"] == {"a": "2/3", "b": "1/6", "c": "1/6"}


def test_more_than_twelve_are_sampled_and_replayed() -> None:
    """With a seed, a standard error by owner, and the closed form within it."""
    alone = {f"owner {n}": n + 1 for n in range(14)}
    overlaps = {f"owner {n}+owner {n + 1}": "0.5" for n in range(13)}
    result = value("shapley", {"alone": alone, "overlaps": overlaps, "seed": 7})
    assert [warning.code for warning in result.warnings] == ["shapley-sampled"]
    drawn, errors = result.outputs["shapley"], result.outputs["standard_error"]
    assert isinstance(drawn, dict)
    assert isinstance(errors, dict)
    for place, name in enumerate(alone):
        closed = place + 1 - (0.25 if place in (0, 13) else 0.5)
        assert abs(float(drawn[name]) - closed) <= 4 * float(errors[name])
    assert result.outputs["sum"] == Decimal(105) - Decimal("6.5")
    assert replay(result.to_dict()).same
    with pytest.raises(ValuationError, match="seed"):
        value("shapley", {"alone": alone})


def test_games_of_the_same_coverage() -> None:
    """Items in pairs of owners are what the owners have twice."""
    sets = coverage_game([["x", "y"], ["y", "z"]], {}, Fraction(1))
    pairs = overlap_game([Fraction(2), Fraction(2)], {(0, 1): Fraction(1)})
    assert [sets(coalition) for coalition in range(4)] == [pairs(n) for n in range(4)]


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({}, "game-missing"),
        ({"players": ["a", "b"], "v": {"a": 1, "b": 1}}, "missing-coalition"),
        ({"players": ["a"], "v": {"a": 1, "c": 1}}, "field-unknown"),
        ({"players": ["a", "a"], "v": {"a": 1}}, "item-twice"),
        ({"v": {"a": 1, "b": 1, "a+b": 1, "b+a": 1}}, "item-twice"),
        ({"v": {"a": 1, "a+a": 1}}, "item-twice"),
        ({"v": {}}, "too-many-items"),
        ({"v": {"a": 1}, "permutations": 10**9, "seed": 1}, "too-many-items"),
        ({"v": {"a": 1}, "permutations": 10, "seed": "0.5"}, "not-a-number"),
        ({"v": {"a": -1, "b": 2, "a+b": 1}, "joint_price": 1}, "shares-impossible"),
        ({"v": {"a": 1}, "joint_price": "0.001", "currency": "CNY"}, "price-not-in-cents"),
        ({"v": {"a": 1}, "joint_price": "0.5", "currency": "JPY"}, "price-not-in-cents"),
        ({"alone": {"a": 1, "b": 1}, "overlaps": {"a": 1}}, "item-twice"),
        ({"labels_sorted_by_distance": [], "test_label": 1, "K": 1}, "too-many-items"),
        ({"labels_sorted_by_distance": [[1]], "test_label": 1, "K": 1}, "not-text"),
        ({"labels_sorted_by_distance": [1], "test_label": 1, "K": "1.5"}, "not-a-number"),
        ({"labels_sorted_by_distance": [1], "test_label": 1, "K": 0}, "not-positive"),
    ],
)
def test_refusals(inputs: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("shapley", inputs)
    assert refused.value.code == code


def test_a_missing_coalition_is_named() -> None:
    """So that it can be added."""
    with pytest.raises(ValuationError, match=r"what a\+b are worth together"):
        value("shapley", {"players": ["a", "b"], "v": {"a": 1, "b": 1}})

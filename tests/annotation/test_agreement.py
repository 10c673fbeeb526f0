"""Krippendorff's alpha and its interval, as plain computing."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from django.utils.translation import override

from marketplace.annotation.agreement.alpha import (
    SENTENCES,
    Undefined,
    agreement_of,
    alpha_of,
    counted,
    of_class,
)
from marketplace.annotation.quality.presentation import WORDS


def by_definition(labels: list[list[float]]) -> float:
    """Return nominal alpha by going over all pairs, as it is defined."""
    said = [each for each in labels if len(each) > 1]
    everything = [value for each in said for value in each]
    observed = sum(
        sum(one != other for one, other in permutations(each, 2)) / (len(each) - 1) for each in said
    )
    expected = sum(one != other for one, other in permutations(everything, 2))
    return 1 - (len(everything) - 1) * observed / expected


@pytest.mark.parametrize("seed", range(100))
def test_alpha_is_what_its_definition_says(seed: int) -> None:
    """Of a table of people by items in which some said nothing."""
    chance = np.random.default_rng(seed)
    people, items, classes = chance.integers(2, 6), chance.integers(3, 30), chance.integers(2, 5)
    table = chance.integers(0, classes, (people, items)).astype(float)
    table[chance.random((people, items)) < chance.uniform(0, 0.6)] = np.nan
    table[:2, 0], table[:2, 1] = (0, 0), (1, 1)
    labels = [[float(value) for value in column if not np.isnan(value)] for column in table.T]
    found = alpha_of(counted(labels, list(range(classes))))
    assert found == pytest.approx(by_definition(labels), abs=1e-12)


def test_alpha_of_a_published_table() -> None:
    """Four observers of twelve units (Krippendorff 2011): 0.743 for nominal data."""
    table = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    labels = [[row[unit] for row in table if row[unit] is not None] for unit in range(12)]
    assert alpha_of(counted(labels, [1, 2, 3, 4, 5])) == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        ([["a"], ["b"]], Undefined.NOT_TWICE),
        ([], Undefined.NOT_TWICE),
        ([["a", "a"], ["a", "a", "a"]], Undefined.ALL_ALIKE),
        ([["a", "a"]] * 30, Undefined.ALL_ALIKE),
        ([["a", "a"], ["b"]], Undefined.ALL_ALIKE),
    ],
)
def test_what_has_no_alpha_says_so(labels: list[list[str]], why: Undefined) -> None:
    """Nothing was said twice; or everybody said the same of everything, which tells nothing."""
    found = agreement_of(counted(labels, ["a", "b"]))
    assert (found.alpha, found.low, found.high, found.undefined) == (None, None, None, why)


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    """The page words what files and credentials say in English."""
    assert set(SENTENCES) == set(WORDS) == set(Undefined)
    for why, sentence in SENTENCES.items():
        with override("en"):
            assert str(WORDS[why]) == sentence
        with override("zh-hans"):
            assert str(WORDS[why]).startswith("无定义")


def test_the_interval_widens_with_fewer_items() -> None:
    """It holds the estimate, and is the same each time."""
    labels = [["a", "a"], ["b", "b"], ["a", "b"], ["a", "a"], ["b", "b"]]
    few, many = (agreement_of(counted(labels * times, ["a", "b"])) for times in (2, 40))
    for one in (few, many):
        assert one.alpha is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.alpha < one.high
    assert few == agreement_of(counted(labels * 2, ["a", "b"]))
    assert few.high is not None
    assert few.low is not None
    assert many.high is not None
    assert many.low is not None
    assert few.high - few.low > 2 * (many.high - many.low)


def test_one_class_is_compared_with_all_others() -> None:
    """Whoever confuses two others agrees on it."""
    counts = counted([["a", "a"], ["b", "c"], ["c", "b"]], ["a", "b", "c"])
    assert alpha_of(of_class(counts, 0)) == 1.0
    found = alpha_of(of_class(counts, 1))
    assert found is not None
    assert found < 0

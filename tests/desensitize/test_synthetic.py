"""Synthetic copies keep what columns tell of each other, and their noise is really there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from desensitize.privacy.differential import Budget
from desensitize.privacy.synthetic import (
    Domain,
    Levels,
    drawn_copy,
)
from desensitize.privacy.synthetic.drawing import draw
from desensitize.privacy.synthetic.fitting import fit
from desensitize.privacy.synthetic.measuring import PAIRS_A_COLUMN, counted, measure

BUDGET = Budget.of(1, "1e-9")
ALL_BUT_NO_NOISE = Budget.of(10_000, "1e-9")
FEW = 4_000
"""Particles enough for tables of a few cells."""


def distance(one: pl.DataFrame, other: pl.DataFrame, columns: int) -> float:
    """Return the mean total variation distance over all sets of so many columns."""
    found = []
    for names in combinations(one.columns, columns):
        shares = [
            table.group_by(names).agg((pl.len() / len(table)).alias(f"share {place}"))
            for place, table in enumerate((one, other))
        ]
        both = shares[0].join(shares[1], on=names, how="full").fill_null(0)
        found.append(both.select((pl.col("share 0") - pl.col("share 1")).abs().sum() / 2).item())
    return sum(found) / len(found)


def listed(table: pl.DataFrame) -> dict[str, Domain]:
    """Return the values of public data as its domain."""
    return {
        name: Levels(tuple(table[name].cast(pl.String).unique().sort()), missing=False)
        for name in table.columns
    }


def test_a_copy_of_adult_keeps_what_pairs_of_columns_tell(adult_table: Path) -> None:
    """Nearer by far than columns shuffled alone, which keep nothing of it."""
    table = pl.read_parquet(adult_table)
    rng = np.random.default_rng(1)
    shuffled = pl.DataFrame([column.gather(rng.permutation(len(table))) for column in table])
    copy, made = drawn_copy(
        table.lazy(), domains=listed(table), budget=BUDGET, rows=8_000, particles=16_000, seed=1
    )
    assert copy.schema == table.schema
    assert distance(copy, table, 2) < 0.55 * distance(shuffled, table, 2)
    assert 0.999 < made.epsilon <= 1
    assert made.rho == pytest.approx(sum(made.costs.values()))
    assert len(made.pairs) == 36
    # What a buyer would do with it: the share of high incomes by marital status.
    shares = [
        each.group_by("marital-status").agg((pl.col("salary-class") == ">50K").mean())
        for each in (table, copy)
    ]
    married = [dict(each.rows())["Married-civ-spouse"] for each in shares]
    assert married[1] == pytest.approx(married[0], abs=0.05)


def exact_model(pairs: Mapping[tuple[int, int], npt.NDArray[np.float64]]) -> Any:
    """Return the joint distribution of greatest entropy, by iterative proportional fitting."""
    joint = np.full((2, 3, 4), 1 / 24)
    for _ in range(500):
        for columns, wanted in pairs.items():
            [other] = {0, 1, 2} - set(columns)
            joint = joint * np.expand_dims(wanted / joint.sum(axis=other), other)
    return joint


def test_a_model_without_noise_is_that_of_greatest_entropy() -> None:
    """Fitted by particles, it agrees with a fit of all cells that shares no code with it."""
    rng = np.random.default_rng(3)
    joint = rng.dirichlet(np.ones(24)).reshape(2, 3, 4)
    cells = rng.choice(24, size=40_000, p=joint.ravel())
    codes = np.stack(np.unravel_index(cells, (2, 3, 4))).astype(np.uint16)
    measured = measure(codes, (2, 3, 4), rho=1e9, rows_a_person=1)
    pairs = {
        columns: counted(codes, (2, 3, 4), columns) / codes.shape[1]
        for columns in combinations(range(3), 2)
    }
    drawn = draw(fit(measured, particles=100_000, rng=rng), 40_000, rng)
    found = counted(drawn, (2, 3, 4), (0, 1, 2)) / 40_000
    assert np.abs(found - exact_model(pairs)).sum() / 2 < 0.01
    # And is another than that of the rows, of which only pairs were measured.
    assert np.abs(found - joint).sum() / 2 > 0.05


def test_what_was_measured_and_the_seed_decide_on_the_rows() -> None:
    codes = np.random.default_rng(4).integers(0, 3, (3, 500)).astype(np.uint16)
    measured = measure(codes, (3, 3, 3), rho=0.5, rows_a_person=1)
    twice = []
    for _ in range(2):
        rng = np.random.default_rng(5)
        twice.append(draw(fit(measured, particles=FEW, rng=rng), 300, rng))
    assert np.array_equal(twice[0], twice[1])


def test_of_many_columns_the_pairs_that_tell_most_are_measured() -> None:
    rng = np.random.default_rng(6)
    codes = rng.integers(0, 3, (14, 20_000)).astype(np.uint16)
    codes[13] = codes[0]
    measured = measure(codes, (3,) * 14, rho=0.05, rows_a_person=1)
    assert len(measured.pairs) == PAIRS_A_COLUMN * 14 < 14 * 13 / 2
    [best] = [one for one in measured.pairs if one.columns == (0, 13)]
    assert best.sigma == min(one.sigma for one in measured.pairs)
    assert sum(measured.costs.values()) <= 0.05

"""Linkage on copies: how many of the source's own rows are among those that were drawn."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.drawn_anew import chance_among
from desensitize.attacks.linkage import linkage
from tests.desensitize.attacks.drawing import drawn_by_chain


def copied(source: Path, target: Path, *, leaked: float) -> None:
    """Draw rows anew, and put some of the source's own rows among them."""
    table = pl.read_parquet(source)
    drawn, own = drawn_by_chain(table, noise=20), round(leaked * table.height)
    rows = pl.concat([table.sample(own, seed=5), drawn.tail(-own) if own else drawn])
    rows.sample(fraction=1, shuffle=True, seed=6).write_parquet(target)


@pytest.mark.parametrize("leaked", [0.0, 0.05, 0.2])
def test_few_rows_of_the_source_in_a_drawn_copy_are_found(
    leaked: float, adult_table: Path, tmp_path: Path
) -> None:
    """One row in twenty, word for word, is as much as an attacker may reach, and never passes."""
    source, released = tmp_path / "source.parquet", tmp_path / "released.parquet"
    pl.read_parquet(adult_table).head(6_000).write_parquet(source)
    copied(source, released, leaked=leaked)
    honest = partial(copied, leaked=0.0)
    known = ("age", "sex", "education")
    release = Release(source, released, known, is_synthetic=True, make=honest)
    found = linkage(release, limit=0.05)
    assert found.passed == (leaked == 0)
    assert found.excess is not None
    # Somebody else's row that is leaked repeats who is like them, too.
    assert leaked <= found.excess.value + 0.005 <= 1.5 * leaked + 0.03
    if leaked:
        # And so where the way to make copies does it, whatever this copy shows.
        again = Release(
            source, released, known, is_synthetic=True, make=partial(copied, leaked=leaked)
        )
        assert not linkage(again, limit=0.05).passed


def test_few_columns_repeat_most_people_and_tell_of_nobody(
    adult_table: Path, tmp_path: Path
) -> None:
    """What nearly everybody has is no trace of a person, until those who are alone are copied."""
    people = pl.read_parquet(adult_table).head(6_000).select("age", "sex", "occupation")
    source, released = tmp_path / "source.parquet", tmp_path / "released.parquet"
    people.write_parquet(source)
    copied(source, released, leaked=0.0)
    release = Release(source, released, is_synthetic=True, make=partial(copied, leaked=0.0))
    found = linkage(release, limit=0.05)
    assert found.passed
    numbered = people.with_row_index().with_columns(pl.col("index") // 3)
    numbered.write_parquet(source)
    rows = numbered.sample(fraction=0.5, seed=2)
    drawn = numbered.with_columns(pl.col("index").shuffle(3)).sample(len(people) - len(rows))
    pl.concat([rows, drawn]).write_parquet(released)
    assert linkage(release, limit=0.05).failed


def test_chance_grows_with_the_rows_by_poissons_law() -> None:
    """Rows as counted in some tell how many people would be met in half as many more."""
    random = np.random.default_rng(2)
    means = random.gamma(0.4, 1.5, 200_000)
    for wanted in (0.5, 1.0, 1.25, 1.8):
        met = 1 - np.exp(-means * wanted)
        assert chance_among(random.poisson(means), 100, round(100 * wanted)) == pytest.approx(
            met.mean(), abs=0.005
        )

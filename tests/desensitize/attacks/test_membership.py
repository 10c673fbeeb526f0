"""Who is in a sample or behind a synthetic copy, and who is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.attacks import Release
from desensitize.attacks.membership import membership, told_apart
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy
from tests.desensitize.attacks.test_inference import columns_alone, people

LIMIT = 0.05
KEYS = KeyRing(bytes(range(32)))
DISTANCES = st.lists(st.integers(0, 5), min_size=2, max_size=20)


@given(members=DISTANCES, controls=DISTANCES)
def test_pairs_are_all_counted(members: list[int], controls: list[int]) -> None:
    wins = [(one < other) + (one == other) / 2 for one in members for other in controls]
    found = told_apart(np.array(members, dtype=np.uint16), np.array(controls, dtype=np.uint16))
    assert found.rate == pytest.approx(sum(wins) / len(wins))
    assert found.trials >= 1


def test_the_error_is_that_of_new_people() -> None:
    """Four hundred times anew: the shares scatter as that many trials would."""
    random = np.random.default_rng(6)
    found = [
        told_apart(*(random.integers(0, 50, 300).astype(np.uint16) for _ in range(2)))
        for _ in range(400)
    ]
    scatter = float(np.std([one.rate for one in found]))
    trials = float(np.median([one.trials for one in found]))
    assert scatter == pytest.approx((0.25 / trials) ** 0.5, rel=0.15)


def drawn(folder: Path, rules: list[ColumnRule], source: pl.DataFrame) -> Release:
    table, target = folder / "s.parquet", folder / "r.parquet"
    source.write_parquet(table)
    policy = Policy(tuple(rules))
    run_policy(table, target, policy, keys=KEYS, work=folder)
    quasi = tuple(rule.name for rule in rules if rule.role == "quasi")
    return Release(table, target, quasi, policy=policy)


def test_a_sample_in_clear_tells_who_is_in_it(tmp_path: Path) -> None:
    """The figure is that of SQL: those who are not in it and whom yet a row fits."""
    source = people(3_000).select("age", "town", pl.int_range(3_000).alias("key"))
    rules = [
        ColumnRule("age", "quasi", "keep"),
        ColumnRule("town", "quasi", "keep"),
        ColumnRule("key", "other", "sample", {"share": 0.4}),
    ]
    release = drawn(tmp_path, rules, source)
    found = membership(release, limit=LIMIT)
    fitting, people_in_all, in_it = duckdb.execute(
        f"""SELECT count(*) FILTER (WHERE (age, town) IN
                (SELECT (age, town) FROM '{release.released}')),
            count(*), (SELECT count(*) FROM '{release.released}') FROM '{release.source}'"""
    ).fetchall()[0]
    assert found.excess is not None
    assert found.excess.value == pytest.approx(1 - (fitting - in_it) / (people_in_all - in_it))
    assert found.failed


def test_a_generalized_sample_tells_nobody(tmp_path: Path) -> None:
    """By the hierarchies that the policy makes for itself; people who fit no group are few."""
    source = people(4_000).select("age", "town", pl.int_range(4_000).alias("key"))
    rules = [
        ColumnRule("age", "quasi", "generalize"),
        ColumnRule("town", "quasi", "generalize"),
        ColumnRule("key", "other", "sample", {"share": 0.5}),
    ]
    found = membership(drawn(tmp_path, rules, source), limit=LIMIT)
    assert not found.not_tried
    assert found.passed


def test_who_is_in_a_release_of_everybody_is_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    people(50).write_parquet(path)
    found = membership(Release(path, path, ("age",)), limit=LIMIT)
    assert found.passed
    assert "no secret" in found.knows


def rows_with_changed_cells(source: Path, target: Path) -> None:
    """Copy the rows and change two cells in each."""
    random = np.random.default_rng(7)
    table = pl.read_parquet(source)
    changed = [table[name].gather(random.permutation(table.height)) for name in ("town", "ill")]
    table.with_columns(changed)[random.permutation(table.height)].write_parquet(target)


def a_tenth_copied(source: Path, target: Path) -> None:
    """Draw columns alone, but let a tenth of the rows stand."""
    columns_alone(source, target)
    mixed = pl.read_parquet(target)
    true = pl.read_parquet(source)
    few = true.height // 10
    pl.concat([true[:few], mixed[few:]]).write_parquet(target)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("make", [rows_with_changed_cells, a_tenth_copied])
def test_copied_rows_tell_who_was_behind_them(
    make: Callable[[Path, Path], None], known: bool, tmp_path: Path
) -> None:
    """Whether or not it is known how the copy was made."""
    source, target = tmp_path / "s.parquet", tmp_path / "r.parquet"
    people(3_000).write_parquet(source)
    make(source, target)
    release = Release(source, target, is_synthetic=True, make=make if known else None)
    assert membership(release, limit=LIMIT).failed


def test_columns_alone_tell_nobody(tmp_path: Path) -> None:
    source, target = tmp_path / "s.parquet", tmp_path / "r.parquet"
    people(8_000).write_parquet(source)
    columns_alone(source, target)
    release = Release(source, target, is_synthetic=True, make=columns_alone)
    found = membership(release, limit=LIMIT)
    assert found.passed, found.as_dict()
    unknown = membership(Release(source, target, is_synthetic=True), limit=LIMIT)
    assert not unknown.passed
    assert not unknown.failed


def test_a_value_of_ones_own_tells_who_is_in_it(tmp_path: Path) -> None:
    """Columns alone, but of one each number is somebody's own: it is there, or it is not."""
    source, target = tmp_path / "s.parquet", tmp_path / "r.parquet"
    random = np.random.default_rng(8)
    people(4_000).with_columns(pay=random.normal(5_000, 900, 4_000)).write_parquet(source)
    columns_alone(source, target)
    release = Release(source, target, is_synthetic=True, make=columns_alone)
    assert membership(release, limit=LIMIT).failed


def test_a_fresh_sample_of_the_same_people_at_large_tells_nobody(tmp_path: Path) -> None:
    """As near to the people as others of their kind: no nearer than half of the time."""
    source, target = tmp_path / "s.parquet", tmp_path / "r.parquet"
    everybody = people(16_000)
    everybody[:8_000].write_parquet(source)
    everybody[8_000:].write_parquet(target)

    def fresh(_: Path, made: Path) -> None:
        everybody[8_000:].write_parquet(made)

    found = membership(Release(source, target, is_synthetic=True, make=fresh), limit=LIMIT)
    assert found.passed, found.as_dict()

"""Figures of attackers that no other test counts anew: by SQL, or cell by cell in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Earlier, Release
from desensitize.attacks.composition import composition
from desensitize.attacks.inference import inference
from desensitize.attacks.meaning import read_release
from desensitize.attacks.neighbours import find_neighbours
from desensitize.attacks.orders import orders_of, visible
from desensitize.attacks.singling_out import singling_out
from desensitize.attacks.verdict import judge
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy
from tests.desensitize.attacks.drawing import few_values

LIMIT = 0.05
KNOWN, K = 3, 5


def rows_below(path: Path, columns: Sequence[str], least: int) -> set[int]:
    """Return the places of rows that fewer than so many rows share by the columns."""
    named = ", ".join(columns)
    query = f"""
        select place from (select file_row_number as place, count(*) over (partition by {named}) n
        from read_parquet('{path}', file_row_number = true)) where n < {least}"""
    return {int(place) for (place,) in duckdb.execute(query).fetchall()}


@pytest.mark.parametrize("seed", range(3))
def test_what_is_singled_out_is_what_sql_counts(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    table = few_values(90, seed).with_columns(key=pl.int_range(90) // 2 * (pl.int_range(90) % 9))
    table.write_parquet(path)
    release = Release(path, path, ("a", "b"), ("d",), known=KNOWN)
    found = singling_out(release, limit=LIMIT, held=("d",))
    judged = ("a", "b", "c", "key")
    sets = [one for size in range(1, KNOWN + 1) for one in combinations(judged, size)]
    unique, below = (
        set().union(*(rows_below(path, one, least) for one in sets)) for least in (2, K)
    )
    assert found.excess is not None
    assert found.excess.rate == pytest.approx(len(unique) / 90)
    assert found.excess.control == pytest.approx(1 / 90)
    shares = {
        f"{what}_{which}_columns": len(rows_below(path, columns, least)) / 90
        for what, least in (("unique_share", 2), ("share_below_k", K))
        for which, columns in (("all", table.columns), ("judged", judged))
    }
    shares["share_below_k_known_columns"] = len(below) / 90
    shares["sets"] = shares["sets_tried"] = len(sets)
    shares["sets_failing"] = sum(bool(rows_below(path, one, K)) for one in sets)
    assert {name: found.figures[name] for name in shares} == pytest.approx(shares)
    told = {one.code: one.parameters for one in found.breaks}
    assert told["small_classes"]["rows"] == len(rows_below(path, ("a", "b"), K))
    assert told["record_key"]["share"] == pytest.approx(len(rows_below(path, ["key"], 2)) / 90)
    assert told["unique_rows"]["share"] == pytest.approx(len(rows_below(path, judged, 2)) / 90)
    assert told["rows_below_k"]["share"] == pytest.approx(len(rows_below(path, judged, K)) / 90)
    whole = judge(release, attackers={})
    assert whole.unique_share == pytest.approx(shares["unique_share_all_columns"])
    assert whole.share_below_k == pytest.approx(shares["share_below_k_all_columns"])


def test_rows_of_one_person_leave_together(tmp_path: Path) -> None:
    """The control of a person with several rows, person by person."""
    source, released = tmp_path / "s.parquet", tmp_path / "r.parquet"
    random = np.random.default_rng(4)
    table = pl.DataFrame(
        {
            "who": np.repeat(np.arange(30), 3),
            "a": random.choice(["u", "v", "w", "x"], 90),
            "s": random.choice(["k", "l", "m"], 90, p=[0.6, 0.25, 0.15]),
        }
    )
    table.write_parquet(source)
    table.drop("who").write_parquet(released)
    found = inference(Release(source, released, ("a",), ("s",), person="who"), limit=LIMIT)
    rows = table.drop("who").rows()
    values = sorted({value for _, value in rows})
    rate = control = 0.0
    for known, value in rows:
        group = [other for key, other in rows if key == known]
        rate += max(group.count(one) for one in values) / len(group) / len(rows)
        gone = min(3, group.count(value))
        left = {
            one: (
                group.count(one) - gone * (one == value),
                sum(other == one for _, other in rows) - gone * (one == value),
            )
            for one in values
        }
        best = [one for one in values if left[one] == max(left.values())]
        control += (value in best) / len(best) / len(rows)
    assert found.excess is not None
    assert (found.excess.rate, found.excess.control) == pytest.approx((rate, control))


def test_rows_that_stand_together_are_those_counted_pair_by_pair(tmp_path: Path) -> None:
    """Pairs of released rows whose few fitting rows of the source are near each other there."""
    source, released = tmp_path / "s.parquet", tmp_path / "r.parquet"
    random = np.random.default_rng(9)
    table = pl.DataFrame({name: random.integers(0, 25, 600).astype(str) for name in "ab"})
    table.write_parquet(source)
    places = np.concatenate([random.permutation(300), np.arange(300, 600)])
    table[places].write_parquet(released)
    readable = read_release(Release(source, released))
    order = next(orders_of(readable, visible(readable))).make()
    people, rows = table.rows(), table[places].rows()
    for pairs in find_neighbours(list(readable.meanings.values()), released, random):
        hits = 0
        for one, other in zip(pairs.ones.tolist(), pairs.others.tolist(), strict=True):
            fits = [
                [place for place, person in enumerate(people) if person == rows[row]]
                for row in (one, other)
            ]
            assert all(0 < len(each) <= 16 for each in fits)
            hits += any(
                0 < abs(left - right) <= pairs.distance for left in fits[0] for right in fits[1]
            )
        found = pairs.play(order, slice(None), random)
        assert found is not None
        assert found.rate == pytest.approx(hits / len(pairs.ones))
        assert found.value > 0.2


def test_the_rows_with_other_noise_are_those_of_a_join(tmp_path: Path) -> None:
    """Linked by a pseudonym; as many values differ as SQL finds, and of so many rows."""
    source = tmp_path / "s.parquet"
    random = np.random.default_rng(5)
    numbers, pay = random.permutation(9_000)[:600], random.integers(2_000, 9_000, 600)
    pl.DataFrame({"number": numbers, "pay": pay}).write_parquet(source)
    paths = [tmp_path / "now.parquet", tmp_path / "then.parquet"]
    for path, purpose in zip(paths, ("one", "other"), strict=True):
        options = {"scale": 0.7, "purpose": purpose}
        rules = (
            ColumnRule("number", "direct", "pseudonym"),
            ColumnRule("pay", "sensitive", "add_noise", options),
        )
        run_policy(source, path, Policy(rules), keys=KeyRing(bytes(32)), work=tmp_path)
    release = Release(source, paths[0], (), ("pay",), earlier=(Earlier(paths[1], source),))
    found = composition(release, limit=LIMIT)
    [(differ, linked)] = duckdb.execute(
        f"""select count(*) filter (n.pay <> t.pay), count(*)
        from '{paths[0]}' n join '{paths[1]}' t using (number)"""
    ).fetchall()
    assert 0 < differ < linked
    assert found.excess is not None
    assert found.excess.rate == pytest.approx(differ / linked)
    assert found.worst["linked_rows"] == linked

"""Forty columns that become anonymous cell by cell, checked by DuckDB."""

from __future__ import annotations

import random
from itertools import combinations, permutations
from math import log
from pathlib import Path

import duckdb
import polars as pl
import pytest

from benchmarks.coarsening import QUASI, SENSITIVE, policy_for, survey
from desensitize.attacks import Release
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.verdict import Verdict, judge
from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.engines.generalization import refuse_open
from desensitize.engines.local import RunResult
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Closeness, Diversity

K = 5
ROWS = 1_500


def made(folder: Path, table: pl.DataFrame, policy: Policy) -> tuple[Path, RunResult]:
    """Run a policy; write beside the release its rows as they came, with their numbers."""
    source, target = folder / "source.parquet", folder / "released.parquet"
    table.write_parquet(source)
    keys, aligned = KeyRing(bytes(range(32))), folder / "aligned.parquet"
    return target, run_policy(source, target, policy, keys=keys, work=folder, aligned=aligned)


def judged(table: pl.DataFrame) -> tuple[str, ...]:
    """Name the columns that are not sensitive."""
    return tuple(name for name in table.columns if name not in SENSITIVE)


def smallest(path: Path, columns: tuple[str, ...]) -> tuple[int, int]:
    """Return the fewest rows of a group by some columns, and the fewest illnesses in one."""
    names = ", ".join(f'"{name}"' for name in columns)
    groups = f"SELECT count(*) n, count(DISTINCT illness) l FROM '{path}' GROUP BY {names}"
    [row] = duckdb.execute(f"SELECT min(n), min(l) FROM ({groups})").fetchall()
    return int(row[0]), int(row[1])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_set_of_columns_holds(tmp_path: Path, seed: int) -> None:
    table = survey(ROWS, seed)
    released, found = made(tmp_path, table, policy_for(table))
    names = judged(table)
    drawn = random.Random(seed).sample(list(combinations(names, 4)), 40)
    for columns in (names, QUASI, *drawn):
        rows, illnesses = smallest(released, columns)
        assert rows >= K
        assert illnesses >= 2
    assert found.rows_written == ROWS - found.suppressed_rows > ROWS / 2
    stars = pl.read_parquet(released).select(pl.col(names).cast(pl.String) == "*")
    assert float(stars.select(pl.mean_horizontal(pl.all().mean())).item()) < 0.6


MODELS = {
    "equal": (Diversity(2), Closeness(0.2), 0.2),
    "ordered": (Diversity(2), Closeness(0.1, "ordered"), 0.1),
    "diverse": (Diversity(4), None, 1.0),
    "entropy": (Diversity(2.5, "entropy"), None, 1.0),
}


def farthest(path: Path, columns: tuple[str, ...], kind: str) -> tuple[float, int, float]:
    """Return how far a group by some columns is from the whole, at most, by earth mover's distance.

    Beside it, the fewest different values in a group, and the least entropy.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    gap = "abs(sum(here - there) OVER (PARTITION BY number ORDER BY rooms)) / (different - 1)"
    moved = gap if kind == "ordered" else "abs(here - there) / 2"
    [row] = duckdb.execute(
        f"""WITH rows AS (SELECT dense_rank() OVER (ORDER BY {names}) number, rooms FROM '{path}'),
        whole AS (SELECT rooms, count(*) / sum(count(*)) OVER () there FROM rows GROUP BY rooms),
        sizes AS (SELECT number, count(*) size FROM rows GROUP BY number),
        counts AS (SELECT number, rooms, count(*) rows FROM rows GROUP BY number, rooms),
        shares AS (SELECT number, rooms, there, coalesce(c.rows, 0) / size here
            FROM sizes CROSS JOIN whole LEFT JOIN counts c USING (number, rooms)),
        moves AS (SELECT number, {moved} step, here
            FROM shares, (SELECT count(*) different FROM whole)),
        groups AS (SELECT sum(step) far, count(*) FILTER (here > 0) values,
            sum(CASE WHEN here > 0 THEN -here * ln(here) ELSE 0 END) entropy
            FROM moves GROUP BY number)
        SELECT max(far), min(values), min(entropy) FROM groups"""
    ).fetchall()
    return float(row[0]), int(row[1]), float(row[2])


@pytest.mark.parametrize("kind", MODELS)
def test_crowds_are_as_diverse_and_close_as_classes(tmp_path: Path, kind: str) -> None:
    """A database measures every group by all columns, by the classes, and by some others."""
    diversity, closeness, most = MODELS[kind]
    table = survey(ROWS)
    rules = [
        ColumnRule("rooms", "sensitive", "keep", {}, diversity, closeness)
        if rule.name == "rooms"
        else ColumnRule(rule.name, rule.role, "drop" if rule.name in SENSITIVE else rule.mask)
        for rule in policy_for(table).columns
    ]
    released, found = made(tmp_path, table, Policy(tuple(rules)))
    names = tuple(name for name in judged(table) if name != "rooms")
    drawn = random.Random(kind).sample(list(combinations(names, 4)), 10)
    far, classes = 0.0, pl.read_parquet(released).select(names).n_unique()
    assert classes > 20
    for columns in (names, QUASI, *drawn):
        distance, values, entropy = farthest(released, columns, kind)
        far = max(far, distance)
        assert values >= (4 if kind == "diverse" else 2)
        assert entropy >= (log(2.5) - 1e-9 if kind == "entropy" else 0)
    assert far <= most + 1e-9
    # It is asked of groups that would not have reached it by themselves.
    assert far > most - 0.05 or closeness is None
    assert found.suppressed_rows < ROWS / 2


def test_what_not_even_the_whole_reaches_is_refused(tmp_path: Path) -> None:
    table = pl.DataFrame({"town": ["a", "b"] * 10, "ill": ["yes", "no"] * 10})
    for least, refused in ((2, False), (3, True)):
        policy = Policy(
            (
                ColumnRule("town", "other", "generalize"),
                ColumnRule("ill", "sensitive", "keep", {}, Diversity(least)),
            )
        )
        if refused:
            with pytest.raises(DesensitizeError, match="class") as refusal:
                made(tmp_path, table, policy)
            assert refusal.value.code == "out-of-reach"
        else:
            assert made(tmp_path, table, policy)[1].rows_written == 20


def test_no_attacker_reaches_too_much(tmp_path: Path) -> None:
    table = survey(600, 4)
    policy = policy_for(table)
    released, _ = made(tmp_path, table, policy)
    source = tmp_path / "source.parquet"
    release = Release(
        source, released, QUASI, SENSITIVE, hierarchies=made_hierarchies(policy, source),
        policy=policy,
    )  # fmt: skip
    found = judge(release)
    assert found.verdict == Verdict.ANONYMOUS, [one.sentence for one in found.reasons]
    [counted] = [one for one in found.attacks if one.name == "singling out"]
    assert counted.figures["share_below_k_judged_columns"] == 0
    assert counted.figures["sets"] == counted.figures["sets_tried"] > 80_000


def test_what_is_hidden_does_not_follow_from_what_is_shown(tmp_path: Path) -> None:
    """Nobody who knows which columns determine which restores a cell."""
    table = survey(ROWS).with_columns(pl.format("town of {}", "city").alias("town"))
    made(tmp_path, table, policy_for(table))
    shown = pl.read_parquet(tmp_path / "aligned.parquet").sort(pl.last())
    rows = table[shown.to_series(-1)]
    told = {
        name: rows[name].cast(pl.String).eq_missing(shown[name].cast(pl.String)).to_numpy()
        for name in judged(table)
        if name not in QUASI
    }
    hidden = {name: (shown[name].cast(pl.String) == "*").fill_null(False) for name in told}
    determining = [
        (one, other)
        for one, other in permutations(told, 2)
        if table.select(one, other).n_unique() == table[one].n_unique() < ROWS / 5
    ]
    assert ("city", "town") in determining
    assert ("town", "city") in determining
    assert hidden["city"].any()
    for one, other in determining:
        assert not (told[one] & hidden[other].to_numpy()).any(), (one, other)


def test_each_cell_that_is_shown_is_true(tmp_path: Path) -> None:
    table = survey(ROWS)
    policy = policy_for(table)
    made(tmp_path, table, policy)
    shown = pl.read_parquet(tmp_path / "aligned.parquet")
    rows = table[shown.to_series(-1)]
    hierarchies = made_hierarchies(policy, tmp_path / "source.parquet")
    for name in judged(table):
        labels = {line[0]: set(line) for line in hierarchies[name].rows}
        before, after = rows[name].cast(pl.String), shown[name].cast(pl.String)
        for value, label in zip(before, after, strict=True):
            assert label in ({None, "*"} if value is None else labels[value])


def test_the_order_of_the_rows_decides_nothing(tmp_path: Path) -> None:
    table = survey(400)
    found = []
    for seed in (1, 2):
        shuffled = table.sample(fraction=1, shuffle=True, seed=seed)
        released, _ = made(tmp_path, shuffled, policy_for(table))
        found.append(pl.read_parquet(released).sort(pl.all()))
    assert found[0].equals(found[1])


def test_a_column_that_hardly_shows_is_hidden_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = survey(400).with_columns(pl.format("remark {}", pl.int_range(400)).alias("remark"))
    released, found = made(tmp_path, table, policy_for(table))
    assert "remark" in found.hidden
    assert pl.read_parquet(released)["remark"].unique().to_list() == ["*"]
    arguments = [str(tmp_path / "source.parquet"), str(tmp_path / "out.csv"), "--qi", "age,sex"]
    assert main(["anonymize", *arguments, "--by-cell", "remark,city,pets"]) == 1
    assert main(["anonymize", *arguments, "--by-cell", "remark,city"]) == 0
    told = capsys.readouterr().out
    assert "Column “remark” is “*” in every row" in told
    assert "Column “age” is" not in told
    groups = duckdb.execute(
        f"SELECT min(n) FROM (SELECT count(*) n FROM '{tmp_path / 'out.csv'}' "
        "GROUP BY age, sex, city, remark)"
    ).fetchall()
    assert groups[0][0] >= K


def test_labels_that_last_are_not_chosen_cell_by_cell() -> None:
    policy = Policy(
        (ColumnRule("age", "quasi", "generalize"), ColumnRule("floor", "other", "generalize"))
    )
    with pytest.raises(DesensitizeError) as refusal:
        refuse_open(policy)
    assert refusal.value.code == "recoding-open"

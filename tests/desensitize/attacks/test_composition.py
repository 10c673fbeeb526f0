"""Two releases of the same people that pass alone and fail together."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Earlier, Release
from desensitize.attacks.composition import composition
from desensitize.attacks.fitting import Labels
from desensitize.attacks.inference import inference
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Hierarchy

LIMIT = 0.05
ROWS = 4_000


def people(seed: int = 1) -> pl.DataFrame:
    """Invent people of whom age and town are known, and the illness is not."""
    random = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "number": random.permutation(10 * ROWS)[:ROWS] + 10**6,
            "age": random.integers(0, 60, ROWS),
            "town": [f"{one:02d}" for one in random.integers(0, 60, ROWS)],
            "illness": [f"illness {one}" for one in random.integers(0, 40, ROWS)],
        }
    )


def by_age(table: pl.DataFrame) -> pl.DataFrame:
    """Show the age to five years, and hide the town."""
    low = pl.col("age") // 5 * 5
    return table.select(
        pl.format("[{}, {})", low, low + 5).alias("age"), pl.lit("*").alias("town"), "illness"
    ).sample(fraction=1, shuffle=True, seed=2)


def by_town(table: pl.DataFrame) -> pl.DataFrame:
    """Show the town, and hide the age."""
    return table.select(pl.lit("*").alias("age"), "town", "illness").sample(
        fraction=1, shuffle=True, seed=3
    )


def written(folder: Path, name: str, table: pl.DataFrame) -> Path:
    path = folder / f"{name}.parquet"
    table.write_parquet(path)
    return path


def composed(
    folder: Path, source: pl.DataFrame, before: pl.DataFrame, *, person: str | None = None
) -> Release:
    return Release(
        written(folder, "source", source),
        written(folder, "now", by_town(source)),
        ("age", "town"),
        ("illness",),
        person=person,
        earlier=(
            Earlier(written(folder, "then", by_age(before)), written(folder, "before", before)),
        ),
    )


SQL = """
WITH fits AS (
    SELECT p.rowid AS person, n.illness AS illness, count(*) AS rows
    FROM '{source}' p JOIN '{now}' n ON n.town = p.town GROUP BY ALL
), fitted AS (
    SELECT p.rowid AS person, t.illness AS illness, count(*) AS rows
    FROM '{source}' p JOIN '{then}' t
        ON t.age = '[' || (p.age // 5 * 5) || ', ' || (p.age // 5 * 5 + 5) || ')' GROUP BY ALL
), a AS (SELECT person, sum(rows) AS alone, sum(rows) FILTER (WHERE illness IN (
        SELECT illness FROM fitted g WHERE g.person = f.person)) AS both,
        count(*) FILTER (WHERE illness IN (
        SELECT illness FROM fitted g WHERE g.person = f.person)) AS illnesses,
        count(*) AS all_illnesses
    FROM fits f GROUP BY person
), b AS (SELECT person, sum(rows) AS alone, sum(rows) FILTER (WHERE illness IN (
        SELECT illness FROM fits g WHERE g.person = f.person)) AS both,
        count(*) AS all_illnesses
    FROM fitted f GROUP BY person)
SELECT avg(greatest(1 / a.both, 1 / b.both)), avg(greatest(1 / a.alone, 1 / b.alone)),
    avg(CASE WHEN a.illnesses = 1 THEN 1 ELSE 0 END),
    avg(CASE WHEN least(a.all_illnesses, b.all_illnesses) = 1 THEN 1 ELSE 0 END)
FROM a JOIN b USING (person)
"""


def test_figures_are_those_of_sql(tmp_path: Path) -> None:
    """Few people, so that everybody is looked at and illnesses are seldom shared."""
    table = people()[:300].with_columns(pl.int_range(300).alias("rowid"))
    release = composed(tmp_path, table, table)
    found = composition(release, limit=LIMIT)
    together, alone, sure, sure_alone = duckdb.execute(
        SQL.format(source=release.source, now=release.released, then=release.earlier[0].released)
    ).fetchall()[0]
    assert found.excess is not None
    assert found.certain["illness"] == pytest.approx(float(sure - sure_alone))
    shares = {(float(together), float(alone)), (float(sure), float(sure_alone))}
    assert any(
        found.excess.rate == pytest.approx(one) and found.excess.control == pytest.approx(other)
        for one, other in shares
    )


def small_town() -> pl.DataFrame:
    """Invent people who are few for their illnesses, so that releases meet in one of them."""
    random = np.random.default_rng(4)
    rows = 900
    return pl.DataFrame(
        {
            "number": random.permutation(10 * rows)[:rows],
            "age": random.permutation(rows) % 60,
            "town": [f"{one:02d}" for one in random.permutation(rows) % 90],
            "illness": [f"illness {one}" for one in random.integers(0, 3_000, rows)],
        }
    )


LEFT_OUT = """
WITH oftener AS (
    SELECT illness FROM '{now}' n GROUP BY illness
    HAVING count(*) > (SELECT count(*) FROM '{then}' t WHERE t.illness = n.illness)
), kept AS (
    SELECT p.number, count(*) AS rows, count(DISTINCT n.illness) AS illnesses
    FROM '{source}' p JOIN '{now}' n ON n.town = p.town
    WHERE p.age >= 55 AND n.illness IN (FROM oftener) GROUP BY ALL
    HAVING bool_or(n.illness = p.illness)
), fits AS (
    SELECT p.number, count(*) AS rows
    FROM '{source}' p JOIN '{now}' n ON n.town = p.town GROUP BY ALL
)
SELECT sum(1 / kept.rows - 1 / fits.rows), sum(CASE WHEN illnesses = 1 THEN 1 ELSE 0 END)
FROM kept JOIN fits USING (number)
"""


def test_who_was_left_out_of_one_release_is_found_in_the_other(tmp_path: Path) -> None:
    """All are shown by town; who is 55 or more, by another release that says so, is not there."""
    table = small_town()
    before = table.with_columns(
        pl.when(pl.col("age") < 55).then(pl.lit("[0, 55)")).alias("age")
    ).drop_nulls()
    columns = "age", "town", "illness"
    then = written(tmp_path, "then", before.select(columns))
    release = Release(
        written(tmp_path, "source", table),
        written(tmp_path, "now", by_town(table)),
        ("age", "town"),
        ("illness",),
        earlier=(Earlier(then),),
    )
    found = composition(release, limit=LIMIT)
    gained, sure = duckdb.execute(
        LEFT_OUT.format(source=release.source, now=release.released, then=then)
    ).fetchall()[0]
    assert found.excess is not None
    assert found.certain["illness"] > 0.02
    assert found.certain["illness"] == pytest.approx(float(sure) / table.height)
    rows = (found.excess.rate - found.excess.control) * table.height
    assert rows == pytest.approx(float(gained if "column" not in found.worst else sure))
    # Whoever it leaves out as well tells nothing: both show the same people.
    whole = written(tmp_path, "whole", by_town(table).with_columns(pl.lit("*").alias("age")))
    same = Release(
        release.source, release.released, ("age", "town"), ("illness",), earlier=(Earlier(whole),)
    )
    assert composition(same, limit=LIMIT).passed


def test_what_passes_alone_fails_together(tmp_path: Path) -> None:
    table = small_town()
    release = composed(tmp_path, table, table)
    for path in (release.released, release.earlier[0].released):
        sizes = pl.read_parquet(path).group_by("age", "town").len()["len"]
        assert min(sizes.to_list()) >= 5
        alone = inference(
            Release(release.source, path, ("age", "town"), ("illness",), known=1), limit=1
        )
        assert alone.certain == {"illness": 0.0}
    found = composition(release, limit=LIMIT)
    assert found.failed
    assert found.certain["illness"] > 0.05
    assert found.worst["earlier"] == "then.parquet"
    # The same generalization again tells nothing new.
    again = written(tmp_path, "again", by_town(table))
    same = Release(
        release.source, release.released, ("age", "town"), ("illness",), earlier=(Earlier(again),)
    )
    assert composition(same, limit=LIMIT).passed


@pytest.mark.parametrize("person", [None, "number"])
def test_a_changed_cell_and_other_names_hide_nobody(person: str | None, tmp_path: Path) -> None:
    """The table is uploaded again: somebody has moved or aged, and columns are called anew."""
    table = small_town()
    moved = pl.int_range(pl.len()) % 3 == 0
    before = table.with_columns(age=pl.when(moved).then((pl.col("age") + 17) % 60).otherwise("age"))
    release = composed(tmp_path, table, before, person=person)
    by_number = composition(release, limit=LIMIT)
    assert by_number.failed
    names = {"age": "years", "town": "place", "illness": "diagnosis"}
    (earlier,) = release.earlier
    assert earlier.source is not None
    for path in (earlier.source, earlier.released):
        pl.read_parquet(path).rename(names).write_parquet(path)
    found = composition(release, limit=LIMIT)
    assert found.certain == by_number.certain


def test_without_an_earlier_release_there_is_nothing_to_compose(tmp_path: Path) -> None:
    path = written(tmp_path, "t", people())
    assert composition(Release(path, path, ("age",)), limit=LIMIT).passed


def test_labels_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    table = small_town()
    release = composed(tmp_path, table, table)
    (earlier,) = release.earlier
    hidden = pl.read_parquet(earlier.released).with_columns(age=pl.lit("young"))
    hidden.write_parquet(earlier.released)
    found = composition(release, limit=LIMIT)
    assert [one.as_dict() for one in found.not_tried] == [
        {
            "code": "unread_cells",
            "parameters": {"rows": 900, "column": "age"},
            "sentence": "What 900 cells of column “age” mean was not found out.",
        }
    ]
    assert not found.passed


@pytest.mark.parametrize("again", [False, True])
def test_other_noise_each_time_is_averaged(again: bool, tmp_path: Path) -> None:
    """Linked by a pseudonym; the same noise tells nothing, another does."""
    source = written(tmp_path, "s", people().with_columns(pay=pl.col("number") % 7_919))
    rules = [
        ColumnRule("number", "direct", "pseudonym"),
        *(ColumnRule(name, "other", "drop") for name in ("age", "town", "illness")),
        ColumnRule("pay", "sensitive", "add_noise", {"scale": 100.0}),
    ]
    paths = [tmp_path / "now.parquet", tmp_path / "then.parquet"]
    for path, purpose in zip(paths, ("release", "again" if again else "release"), strict=True):
        noise = ColumnRule("pay", "sensitive", "add_noise", {"scale": 100.0, "purpose": purpose})
        policy = Policy((*rules[:-1], noise))
        run_policy(source, path, policy, keys=KeyRing(bytes(32)), work=tmp_path)
    release = Release(source, paths[0], (), ("pay",), earlier=(Earlier(paths[1], source),))
    found = composition(release, limit=LIMIT)
    assert (found.worst.get("averaged") == "pay" and found.failed) is again


def test_labels_mean_what_they_say() -> None:
    values = pl.Series(["17", "20", "39", "2020-05-01", "2021-01-01", "310101", None, "a", "7.0"])
    hierarchy = Hierarchy.checked("c", [("a", "letter"), ("b", "letter")])
    meant = {
        "[17, 20)": ["17"],
        "(17, 20]": ["20"],
        "20-39": ["20", "39"],
        "2020-05": ["2020-05-01"],
        "2020": ["2020-05-01"],
        "202": [],
        "2020s": ["2020-05-01", "2021-01-01"],
        "31****": ["310101"],
        "letter": ["a"],
        "7": ["7.0"],
        "nonsense": [],
    }
    labels = Labels([*meant, "*", None], hierarchy)
    fits = labels.fit(values)
    for line, wanted in zip(fits, [*meant.values(), values.to_list(), [None]], strict=True):
        assert [value for value, fit in zip(values, line, strict=True) if fit] == wanted
    assert labels.unread(values).tolist() == [
        label in ("202", "7", "nonsense") for label in [*meant, 0, 0]
    ]
    assert Labels([None], None).fit(values.drop_nulls()).all()

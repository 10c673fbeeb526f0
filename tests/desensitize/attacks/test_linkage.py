"""Linkage, against a cross join that DuckDB makes of persons and rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.candidates import find_candidates
from desensitize.attacks.linkage import linkage
from desensitize.attacks.meaning import read_release
from desensitize.attacks.values import encode
from desensitize.detectors.cn_id import check_character

# Who fits which row, read from the labels by patterns of DuckDB, not by the library.
FITS = """
    (r.age = '*' or (r.age like '%-%' and cast(p.age as int) between
        cast(split_part(r.age, '-', 1) as int) and cast(split_part(r.age, '-', 2) as int))
        or r.age = cast(p.age as varchar))
    and (r.place = '*' or r.place = p.place or (r.place like '%*' and r.place <> '*'
        and left(r.place, 1) = left(p.place, 1)))
"""
CHECKER = f"""
with p as (select row_number() over () as who, * from source),
r as (select age, place, count(*) as size from released group by age, place),
pair as (select p.who, p.owner, r.age, r.place, r.size from p, r where {FITS}),
claim as (select age, place, size, count(distinct owner) as claims from pair group by all),
weighed as (
    select pair.who, pair.owner, size, 1.0 / claims as weight, least(size, claims) as rows
    from pair join claim using (age, place, size)
),
ranked as (
    select *, row_number() over (partition by who order by weight desc) as place,
        sum(weight * rows) over (partition by who) as total
    from weighed
),
person as (
    select who, any_value(owner) as owner, any_value(total) as total,
        max(weight) filter (place = 1) as best,
        any_value(rows) filter (place = 1) as rows,
        coalesce(max(weight) filter (place = 2), 0) as another,
        sum(size) as fitting
    from ranked group by who
)
select owner,
    bool_or(best > total / 2 + 1e-12) as alone,
    bool_or(another > (total - best * rows) / 2 + 1e-12 and another >= best / 2 - 1e-12) as again,
    max(best / total) as likeliest,
    min(fitting) as fewest
from person group by owner
"""


@pytest.fixture(scope="module")
def sql() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def drawn(seed: int, *, alone: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Draw persons of one or more rows, and a release of their rows at levels of any mixture."""
    random = np.random.default_rng(seed)
    rows = int(random.integers(30, 120))
    source = pl.DataFrame(
        {
            "age": random.integers(20, 60, rows),
            "place": random.choice(["aa", "ab", "ba", "bb"], rows),
            "owner": np.arange(rows) if alone else random.integers(0, rows // 2, rows),
        }
    )
    width = pl.Series(random.choice([0, 1, 10, 20], rows))
    low = pl.col("age") // width.clip(1) * width.clip(1)
    cut = pl.Series(random.integers(0, 3, rows))
    released = source.select(
        pl.when(width == 0)
        .then(pl.lit("*"))
        .when(width == 1)
        .then(pl.col("age").cast(pl.String))
        .otherwise(pl.format("{}-{}", low, low + width - 1))
        .alias("age"),
        pl.when(cut == 0)
        .then(pl.col("place"))
        .when(cut == 1)
        .then(pl.col("place").str.head(1) + "*")
        .otherwise(pl.lit("*"))
        .alias("place"),
    )
    kept = random.permutation(rows)[: int(random.integers(20, rows))]
    return source, released[kept]


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_that_of_a_cross_join(
    sql: duckdb.DuckDBPyConnection, tmp_path: Path, seed: int, alone: bool
) -> None:
    source, released = drawn(seed, alone=alone)
    sql.register("source", source.to_arrow())
    sql.register("released", released.to_arrow())
    people = sql.execute(CHECKER).fetchall()
    source.write_parquet(tmp_path / "s.parquet")
    released.write_parquet(tmp_path / "r.parquet")
    read = read_release(Release(tmp_path / "s.parquet", tmp_path / "r.parquet"))
    assert read.not_read == ()
    persons = None if alone else encode(source["owner"]).codes
    found = find_candidates(list(read.meanings.values()), 0, persons)
    assert found.trials == len(people)
    assert found.found == sum(bool(one[1]) for one in people)
    assert found.by_chance == sum(bool(one[2]) for one in people)
    assert found.right == pytest.approx(sum(float(one[3]) for one in people) / len(people))
    assert found.fewest == min(int(one[4]) for one in people)
    assert 0 < found.found < found.trials


def invented(rows: int = 1_500) -> pl.DataFrame:
    random = np.random.default_rng(7)
    starts = [
        f"{a}{1950 + y}{m:02d}{d:02d}{q:03d}"
        for a, y, m, d, q in zip(
            random.choice([110101, 310104, 440305], rows), random.integers(0, 50, rows),
            random.integers(1, 13, rows), random.integers(1, 29, rows),
            random.integers(0, 1_000, rows), strict=True,
        )
    ]  # fmt: skip
    return pl.DataFrame(
        {
            "employee_no": [f"E{n:06d}" for n in random.permutation(rows)],
            "id_number": [start + check_character(start) for start in starts],
            "mobile": [f"138{n:08d}" for n in random.integers(0, 10**8, rows)],
            "age": random.integers(18, 90, rows),
            "sex": random.choice(["男", "女"], rows),
            "wage": random.integers(3_000, 60_000, rows),
            "diagnosis": random.choice(["感冒", "糖尿病", "骨折", "哮喘"], rows),
        }
    )


def bins(column: str, width: int) -> pl.Expr:
    low = pl.col(column) // width * width
    return pl.format("[{}, {})", low, low + width).alias(column)


SAFE = [bins("age", 20), pl.col("sex"), pl.col("diagnosis")]
FAILING: dict[str, tuple[list[pl.Expr], list[str]]] = {
    "record key": ([*SAFE, pl.col("employee_no")], ["employee_no"]),
    "renamed record key": ([*SAFE, pl.col("employee_no").alias("ref")], ["ref"]),
    "17 digits": ([*SAFE, pl.col("id_number").str.head(17)], ["id_number"]),
    "17 digits renamed": ([*SAFE, pl.col("id_number").str.head(17).alias("zj")], ["zj"]),
    "10 digits": ([*SAFE, pl.col("mobile").str.head(10)], ["mobile"]),
    "half-hidden mobile": (
        [*SAFE, pl.concat_str(pl.col("mobile").str.head(3), pl.lit("****"),
                              pl.col("mobile").str.tail(4)).alias("mobile")], ["mobile"],
    ),
    "relabelled": ([pl.col("age", "sex", "wage", "diagnosis")], ["wage"]),
    "many coarse columns": (
        [bins("wage", 100), bins("age", 5), pl.col("sex", "diagnosis")], [],
    ),
}  # fmt: skip
PASSING: dict[str, list[pl.Expr]] = {
    "coarse": SAFE,
    "hidden mobile": [*SAFE, pl.col("mobile").str.head(3) + "********"],
    "no names": [*SAFE, pl.lit("***").alias("id_number")],
}


def played(folder: Path, columns: list[pl.Expr], source: pl.DataFrame, **known: Any) -> Any:
    source.write_parquet(folder / "source.parquet")
    released = source.select(columns).sample(fraction=1, shuffle=True, seed=3)
    released.write_parquet(folder / "released.parquet")
    return linkage(
        Release(folder / "source.parquet", folder / "released.parquet", **known), limit=0.05
    )


@pytest.mark.parametrize("case", list(FAILING))
def test_fails_on_what_leads_to_a_person(case: str, folder: Path) -> None:
    columns, enough = FAILING[case]
    attack = played(folder, columns, invented(), quasi_identifiers=("age", "sex"))
    assert attack.failed
    assert not attack.passed
    assert attack.excess.value > 0.5
    assert attack.worst["fewest_candidates"] == 1
    if enough:
        assert attack.worst["columns"] == enough


@pytest.mark.parametrize("case", list(PASSING))
def test_passes_on_what_leaves_many(case: str, folder: Path) -> None:
    attack = played(folder, PASSING[case], invented(), quasi_identifiers=("age", "sex"))
    assert attack.passed, attack
    assert attack.worst["fewest_candidates"] >= 3


def test_rows_that_fit_everybody_hide_nobody(folder: Path) -> None:
    source = invented().with_columns(pl.all().cast(pl.String))
    stars = pl.DataFrame({name: ["*"] * 20 for name in source.columns})
    source.write_parquet(folder / "s.parquet")
    pl.concat([source, stars]).write_parquet(folder / "r.parquet")
    attack = linkage(Release(folder / "s.parquet", folder / "r.parquet"), limit=0.05)
    assert attack.excess is not None
    assert attack.excess.value > 0.99


def test_five_rows_of_one_person_are_one_person(folder: Path) -> None:
    """Five equal rows pass as k = 5; with the column of persons they lead to one."""
    source = pl.DataFrame({"person": [n // 5 for n in range(500)]}).with_columns(
        age=20 + pl.col("person")
    )
    blind = played(folder, [pl.col("age")], source)
    told = played(folder, [pl.col("age")], source, person="person")
    assert blind.excess.value == 0
    assert told.excess.value == 1
    assert told.worst["persons"] == 100


def test_a_sample_in_clear_finds_all_that_are_in_it(folder: Path) -> None:
    source = invented()
    source.write_parquet(folder / "s.parquet")
    source.sample(100, seed=1).select("wage", "age", "sex").write_parquet(folder / "r.parquet")
    attack = linkage(Release(folder / "s.parquet", folder / "r.parquet"), limit=0.05)
    assert attack.excess is not None
    assert attack.excess.value > 0.95


def test_the_sensitive_are_known_alone(folder: Path) -> None:
    """A sensitive wage leads to its row; a diagnosis that many share does not."""
    held = played(folder, SAFE, invented(), sensitive=("diagnosis",))
    assert held.passed
    wages = played(folder, [*SAFE, pl.col("wage")], invented(), sensitive=("diagnosis", "wage"))
    assert wages.failed
    assert wages.worst["columns"] == ["wage"]


def test_what_cannot_be_read_is_named(folder: Path) -> None:
    noisy = (pl.col("wage") * 1.01 + pl.col("age") / 7).alias("wage")
    attack = played(folder, [*SAFE, noisy], invented())
    assert not attack.passed
    assert any("wage" in one.sentence for one in attack.not_tried)


def test_rows_drawn_anew_pass_and_copies_do_not(folder: Path) -> None:
    source = invented(3_000).select("age", "sex", "wage", "diagnosis")
    source.write_parquet(folder / "s.parquet")
    random = np.random.default_rng(5)
    fresh = source.select(
        pl.Series(name, source[name].gather(random.permutation(source.height)))
        for name in source.columns
    )
    half = pl.concat([source[:600], fresh[600:]])
    for table, fails in ((fresh, False), (half, True), (source, True)):
        table.sample(fraction=1, shuffle=True, seed=2).write_parquet(folder / "r.parquet")
        release = Release(folder / "s.parquet", folder / "r.parquet", is_synthetic=True)
        attack = linkage(release, limit=0.05)
        assert attack.failed == fails
        assert attack.passed != fails


def test_drawn_persons_give_nearly_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = invented()
    whole = played(folder, [*SAFE, bins("wage", 500)], source)
    monkeypatch.setattr("desensitize.attacks.candidates.MOST_LOOKUPS", 1)
    monkeypatch.setattr("desensitize.attacks.candidates.LEAST_DRAWN", 700)
    some = played(folder, [*SAFE, bins("wage", 500)], source)
    assert (whole.excess.trials, some.excess.trials) == (0, 700)
    assert whole.excess.low == whole.excess.value == whole.excess.high
    assert some.excess.low < some.excess.value < some.excess.high
    assert some.excess.rate == pytest.approx(whole.excess.rate, abs=0.08)

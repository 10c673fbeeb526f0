"""Releases of careless or dishonest sellers that once passed, or were not measured."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from benchmarks.labelled.numbers import mobile_number, resident_id
from desensitize.attacks import Release
from desensitize.attacks.alike import is_drawn_anew
from desensitize.attacks.inference import inference
from desensitize.attacks.linkage import linkage
from desensitize.attacks.origins import with_other_names
from desensitize.attacks.personal import identifying_in, seen_in
from desensitize.attacks.persons import Game
from desensitize.attacks.singling_out import singling_out
from desensitize.attacks.verdict import Verdict, judge
from desensitize.cli import main

ROWS, PEOPLE = 600, 100


def written(folder: Path, source: pl.DataFrame, released: pl.DataFrame, **known: Any) -> Release:
    """Write both tables, the release in no order."""
    source.write_parquet(folder / "source.parquet")
    shuffled = released.sample(fraction=1, shuffle=True, seed=4)
    shuffled.write_parquet(folder / "released.parquet")
    return Release(folder / "source.parquet", folder / "released.parquet", **known)


def visits() -> pl.DataFrame:
    """Invent people of a dozen visits each, with their numbers and a name."""
    source, drawn = random.Random(6), np.random.default_rng(6)
    people = pl.DataFrame(
        {
            "id_number": [resident_id(source) for _ in range(PEOPLE)],
            "mobile": [mobile_number(source) for _ in range(PEOPLE)],
        }
    )
    return pl.concat([people] * 12).with_columns(
        ward=pl.Series(drawn.choice(["a", "b", "c"], 12 * PEOPLE))
    )


def named(number: str) -> str:
    return hashlib.md5(number.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (pl.col("id_number"), "id_number"),
        (pl.col("mobile").alias("c9"), "c9"),
        (pl.col("mobile").cast(pl.Float64).alias("c9"), "c9"),
        (pl.col("mobile").map_elements(named, return_dtype=pl.String), "mobile"),
        (pl.col("mobile").map_elements(named, return_dtype=pl.String).alias("MOBILE "), "MOBILE "),
        (pl.col("mobile").str.head(3), None),
        (pl.lit("***").alias("mobile"), None),
    ],
)
def test_a_number_of_a_person_is_no_group_however_often_it_stands(
    shown: pl.Expr, told: str | None, tmp_path: Path
) -> None:
    """Twelve rows of one number are alike, and of one person; so are those of its other name."""
    source = visits()
    release = written(tmp_path, source, source.select(shown, "ward"))
    found = identifying_in(release, seen_in(release.source), seen_in(release.released))
    assert found == (() if told is None else (told,))


def test_the_command_says_which_column_names_persons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = visits()
    release = written(tmp_path, source, source.select("id_number", "ward"))
    paths = str(release.source), str(release.released)
    assert main(["attack", *paths, "--qi", "", "--sensitive", "ward"]) == 3
    assert "“id_number” can tell one person from another" in capsys.readouterr().out


def grown() -> pl.DataFrame:
    random = np.random.default_rng(8)
    return pl.DataFrame(
        {
            "age": random.integers(18, 90, ROWS),
            "town": random.choice([f"town {n}" for n in range(9)], ROWS),
            "sex": random.choice(["f", "m"], ROWS),
            "illness": random.choice(["cold", "asthma", "none"], ROWS),
        }
    )


def test_rows_that_were_repeated_lead_to_their_persons(tmp_path: Path) -> None:
    """Five copies of each row are a group of five, and one person's; that nobody is is not shown.

    Found is who has more than half of the weight of the rows that fit: those alone with their
    values, counted by DuckDB.
    """
    source = grown().drop("illness")
    attack = linkage(written(tmp_path, source, pl.concat([source] * 5)), limit=0.05)
    with duckdb.connect() as connection:
        connection.register("source", source.to_arrow())
        told = "select age from source group by age, town, sex having count(*) = 1"
        alone = len(connection.execute(told).fetchall())
    assert attack.excess is not None
    assert attack.failed
    assert round(attack.excess.rate * ROWS) == alone
    alike = pl.concat([source.select("sex")] * 5)
    attack = linkage(written(tmp_path, source, alike), limit=0.05)
    assert not attack.failed
    assert [one.code for one in attack.not_tried] == ["unread_cells"]


def test_rows_with_hidden_cells_are_the_peoples_own(tmp_path: Path) -> None:
    """Cells that a mask left empty fit no value of the source; the rows are somebody's still."""
    source = grown()
    hidden = source.with_columns(
        pl.when(pl.col("illness") == "cold").then(None).otherwise("illness").alias("illness")
    )
    release = written(tmp_path, source, hidden.select("sex", "illness"))
    assert not is_drawn_anew(release.source, release.released)


@pytest.mark.parametrize("form", [pl.Float64, pl.String])
def test_numbers_are_as_near_when_they_are_texts(form: type[pl.DataType], tmp_path: Path) -> None:
    """Within a tenth of the standard deviation they are one value, whatever the type; by DuckDB."""
    source = grown().with_columns(
        wage=pl.when(pl.col("sex") == "f")
        .then(5_000.0 + pl.int_range(pl.len()) % 50)
        .otherwise(9_000.0 + pl.int_range(pl.len()) * 20)
    )
    released = source.select("sex", pl.col("wage").cast(form))
    release = written(tmp_path, source, released, quasi_identifiers=("sex",), sensitive=("wage",))
    with duckdb.connect() as connection:
        connection.register("released", released.to_arrow())
        told = """
            with spread as (select stddev_pop(wage::double) as far from released)
            select sum(size) from (
                select count(*) as size, max(wage::double) - min(wage::double) as wide
                from released group by sex
            ), spread where wide <= far / 10
        """
        [(sure,)] = connection.execute(told).fetchall()
    assert inference(release, limit=0.05).certain == {"wage": sure / ROWS}
    assert sure == source.filter(pl.col("sex") == "f").height


def test_a_game_does_not_take_the_place_of_the_counts(tmp_path: Path) -> None:
    """Labels that are no values of the source give nothing to guess by, and leave few rows each."""
    source = grown()
    age = pl.col("age") // 3 * 3
    released = source.with_columns(age=pl.format("{}-{}", age, age + 2))
    release = written(tmp_path, source, released, quasi_identifiers=("age", "town"))
    counted = singling_out(release, limit=0.05)
    played = singling_out(release, limit=0.05, game=Game())
    assert {one.code for one in counted.breaks} == {one.code for one in played.breaks}
    assert played.failed
    assert "multivariate_guesses" in played.figures


def test_of_whom_nothing_is_said_is_somebody_else_each_time(tmp_path: Path) -> None:
    """Rows without a person are as many persons as rows, as if each had a number of its own."""
    source = grown().with_columns(who=pl.int_range(pl.len()).cast(pl.String))
    sparse = source.with_columns(pl.when(pl.int_range(pl.len()) % 3 == 0).then("who").alias("who"))
    found = []
    for name, table in {"all": source, "some": sparse}.items():
        (tmp_path / name).mkdir()
        released = table.select("sex", "town")
        attack = linkage(written(tmp_path / name, table, released, person="who"), limit=0.05)
        found.append((attack.excess, attack.worst))
    assert found[0] == found[1]


def test_an_earlier_release_without_rows_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = written(tmp_path, grown(), grown())
    grown().head(0).write_parquet(tmp_path / "none.parquet")
    paths = str(release.source), str(release.released), str(tmp_path / "none.parquet")
    for given in ([*paths[:2], "--with", paths[2]], [paths[2], paths[1]], [paths[0], paths[2]]):
        assert main(["attack", *given]) == 1
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["illness", "Illness", "illness ", "ILL-NESS"])
def test_a_sensitive_column_is_one_under_any_name(name: str, tmp_path: Path) -> None:
    """Its value follows from the sex, which large groups do not hide."""
    told = pl.when(pl.col("sex") == "f").then(pl.lit("cold")).otherwise(pl.lit("asthma"))
    source = grown().with_columns(illness=told)
    released = source.select("sex", pl.col("illness").alias(name))
    known: dict[str, Any] = {"quasi_identifiers": ("sex",), "sensitive": ("illness",)}
    found = judge(written(tmp_path, source, released, **known))
    assert found.certain == {name: 1.0}
    assert found.verdict == Verdict.DE_IDENTIFIED


def test_a_renamed_column_of_many_values_keeps_its_role(tmp_path: Path) -> None:
    source = grown().drop("town")
    released = source.select(pl.col("age").alias("c1"), "sex")
    known: dict[str, Any] = {"quasi_identifiers": ("sex",), "sensitive": ("age",)}
    named = with_other_names(written(tmp_path, source, released, **known))
    assert named.sensitive == ("age", "c1")
    assert named.quasi_identifiers == ("sex",)
    person = replace(named, person="age", identifying=())
    assert with_other_names(person).identifying == ("c1",)


@pytest.mark.parametrize(
    "written_as", [str.upper, lambda text: f" {text}", lambda text: text + "\u200b"]
)
def test_one_value_is_one_however_it_is_written(
    written_as: Callable[[str], str], tmp_path: Path
) -> None:
    """In every second row otherwise; who sees both is as sure of it."""
    told = pl.when(pl.col("sex") == "f").then(pl.lit("cold")).otherwise("illness")
    source = grown().with_columns(illness=told)
    cells = [
        written_as(text) if place % 2 else text for place, text in enumerate(source["illness"])
    ]
    released = source.select("sex").with_columns(illness=pl.Series(cells))
    known: dict[str, Any] = {"quasi_identifiers": ("sex",), "sensitive": ("illness",)}
    attack = inference(written(tmp_path, source, released, **known), limit=0.05)
    assert attack.certain == {"illness": source.filter(pl.col("sex") == "f").height / ROWS}

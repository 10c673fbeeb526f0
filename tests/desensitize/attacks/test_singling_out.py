"""Singling out, against counts that DuckDB makes of the same files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.attacks import Release, sets
from desensitize.attacks.codes import coded, coded_frame
from desensitize.attacks.sets import Search, search_sets
from desensitize.attacks.singling_out import singling_out
from desensitize.cli import main
from desensitize.policy import ColumnRule, Policy

HIERARCHIES = Path(__file__).parents[1] / "vectors" / "adult_hierarchies"


Figures = tuple[int, int]


@pytest.fixture(scope="module")
def sql() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def counted(
    sql: duckdb.DuckDBPyConnection, table: pl.DataFrame, every: list[tuple[str, ...]], k: int
) -> dict[tuple[str, ...], Figures]:
    """Count for each set the rows that are unique by it, and that fewer than k share."""
    sql.register("given", table.to_arrow())
    queries = []
    for number, columns in enumerate(every):
        named = ", ".join(f'"{column}"' for column in columns)
        queries.append(f"""
            select {number}, coalesce(sum(n) filter (n = 1), 0),
                coalesce(sum(n) filter (n < {k}), 0)
            from (select count(*) as n from given group by {named})
        """)
    found = sql.execute(" union all ".join(queries)).fetchall()
    return {every[number]: (int(unique), int(below)) for number, unique, below in found}


def every_set(columns: Sequence[str], known: int) -> list[tuple[str, ...]]:
    sizes = range(1, min(known, len(columns)) + 1)
    return [chosen for size in sizes for chosen in combinations(columns, size)]


def of(table: pl.DataFrame, *, k: int, known: int) -> Search:
    return search_sets(coded_frame({name: table[name] for name in table.columns}), k=k, known=known)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    """Draw tables whose columns hold few values, so that there are groups of every size."""
    rows = draw(st.integers(1, 60))
    width = draw(st.integers(1, 5))
    columns = {}
    for number in range(width):
        most = draw(st.integers(1, 6))
        cells = st.one_of(st.none(), st.integers(0, most)) if number % 2 else st.integers(0, most)
        columns[f"c{number}"] = draw(st.lists(cells, min_size=rows, max_size=rows))
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


@given(table=tables(), k=st.integers(2, 5), known=st.integers(1, 5))
def test_every_set_is_counted_as_by_sql(
    sql: duckdb.DuckDBPyConnection, table: pl.DataFrame, k: int, known: int
) -> None:
    """A set that is not named leaves no row among fewer than k."""
    with pytest.MonkeyPatch.context() as patch:
        # Prune wherever it can be.
        patch.setattr(sets, "WORTH_PRUNING", 1)
        found = of(table, k=k, known=known)
    named = {one.columns: (one.unique_rows, one.rows_below) for one in found.sets}
    every = every_set(table.columns, known)
    wanted = counted(sql, table, every, k)
    assert {tuple(sorted(columns)): figures for columns, figures in named.items()} == {
        columns: figures for columns, figures in wanted.items() if figures[1]
    }
    assert (found.tried, found.total) == (len(every), len(every))


@given(table=tables(), known=st.integers(1, 4))
def test_minimal_sets_are_those_of_the_definition(table: pl.DataFrame, known: int) -> None:
    """Row by row: the set singles the row out, and no set within it does."""
    rows = table.rows(named=True)
    minimal, least, unique, below = 0, dict.fromkeys((1, 2, 3), 0), 0, 0
    every = every_set(table.columns, known)
    for row in rows:
        alike = {
            chosen: sum(all(row[one] == other[one] for one in chosen) for other in rows)
            for chosen in every
        }
        own = [
            chosen
            for chosen in every
            if len(chosen) <= 3
            and alike[chosen] == 1
            and not any(alike[inner] == 1 for inner in every if set(inner) < set(chosen))
        ]
        minimal += len(own)
        if own:
            least[min(map(len, own))] += 1
        unique += min(alike.values()) == 1
        below += min(alike.values()) < 3
    found = of(table, k=3, known=known)
    assert (found.minimal_sets, found.minimal_rows) == (minimal, least)
    assert (found.unique_rows, found.rows_below) == (unique, below)


def test_minimal_sets_of_adult_are_those_of_another_program(adult_table: Path) -> None:
    """PyPI's `suda` 0.2.2 finds the same rows; of its 24,276 unique sets 16,096 are minimal."""
    found = search_sets(coded(adult_table), k=5, known=3)
    assert found.minimal_rows == {1: 2, 2: 936, 3: 5302}
    assert found.minimal_sets == 16_096
    assert found.unique_rows == 6240


def test_what_is_left_of_the_budget_is_named(adult_table: Path) -> None:
    """A search that was cut short tells of it, and shows nothing."""
    whole = search_sets(coded(adult_table), k=5, known=4)
    part = search_sets(coded(adult_table), k=5, known=4, most_sets=100)
    assert (part.counted, part.total) == (100, whole.total)
    assert part.tried < part.total
    assert set(part.untried) <= set(whole.columns)
    reached = {one.columns for one in whole.sets} - {one.columns for one in part.sets}
    assert all(set(columns) & set(part.untried) for columns in reached)


def test_sets_that_hold_together_are_not_counted_one_by_one() -> None:
    """Forty columns of groups of ten: 102,090 sets hold because all columns do."""
    table = pl.DataFrame({f"c{one}": [row % 7 for row in range(70)] for one in range(40)})
    found = of(table, k=5, known=4)
    assert (found.tried, found.counted, found.sets) == (102_090, 0, ())


def released(tmp_path: Path, table: pl.DataFrame, source: pl.DataFrame | None = None) -> Release:
    """Write a release, and the source where it has another."""
    paths = tmp_path / "source.parquet", tmp_path / "released.parquet"
    (table if source is None else source).write_parquet(paths[0])
    table.write_parquet(paths[1])
    return Release(*paths)


def test_todays_census_release_is_singled_out(
    adult: Path, adult_table: Path, tmp_path: Path, sql: duckdb.DuckDBPyConnection
) -> None:
    """k holds over the named columns alone; whoever knows the occupation too finds rows."""
    target = tmp_path / "out.csv"
    quasi = ("sex", "age", "race", "marital-status", "education", "native-country")
    assert main([
        "anonymize", str(adult), str(target), "--qi", ",".join(quasi), "--hierarchies",
        str(HIERARCHIES), "--k", "5",
    ]) == 0  # fmt: skip
    table = pl.read_csv(target)
    table.write_parquet(target.with_suffix(".parquet"))
    release = Release(adult_table, target.with_suffix(".parquet"), quasi_identifiers=quasi)
    found = singling_out(release, limit=0.05)
    assert (found.failed, found.passed) == (True, False)
    everything, worst = tuple(table.columns), tuple(found.worst["columns"])
    figures = counted(sql, table, [everything, worst], 5)
    unique, below = figures[everything]
    assert found.figures["unique_share_all_columns"] == unique / table.height > 0.4
    assert found.figures["share_below_k_all_columns"] == below / table.height > 0.7
    assert figures[worst] == (found.worst["unique_rows"], found.worst["rows_below_k"])
    # The quasi-identifiers themselves are not among the reasons.
    assert {one.code for one in found.breaks} == {"small_sets", "unique_rows", "rows_below_k"}


def test_a_record_key_is_found_whatever_it_is_called(tmp_path: Path) -> None:
    """Even as a sensitive column that nobody can infer, and among columns that hold."""
    table = pl.DataFrame({"sex": ["f", "m"] * 20, "number": [f"{row:05}" for row in range(40)]})
    release = released(tmp_path, table)
    for held in ((), ("number",)):
        found = singling_out(release, limit=0.05, held=held)
        assert "record_key" in {one.code for one in found.breaks}
        assert found.failed


def test_a_sensitive_column_is_left_out_only_while_it_is_held(tmp_path: Path) -> None:
    table = pl.DataFrame({"sex": ["f", "m"] * 20, "illness": [row // 4 for row in range(40)]})
    release = released(tmp_path, table)
    assert {one.code for one in singling_out(release, limit=0.05).breaks} == {
        "small_sets",
        "rows_below_k",
    }
    held = singling_out(release, limit=0.05, held=["illness"])
    assert (held.passed, held.breaks, held.figures["sets"]) == (True, (), 1)
    assert held.figures["share_below_k_all_columns"] == 1.0


def test_rows_of_one_person_are_no_group_of_five(tmp_path: Path) -> None:
    """Five visits of one patient are one person; who knows how many they are of?"""
    source = pl.DataFrame(
        {"patient": ["a"] * 5 + [f"p{row}" for row in range(95)], "town": ["x"] * 5 + ["y"] * 95}
    )
    release = released(tmp_path, source.select("town"), source)
    assert singling_out(release, limit=0.05).passed
    by_person = Release(release.source, release.released, person="patient")
    found = singling_out(by_person, limit=0.05)
    assert (found.passed, found.failed) == (False, False)
    assert "up to 5 rows" in found.not_tried[0].sentence
    shown = Release(release.source, release.source, person="patient")
    assert "person_released" in {one.code for one in singling_out(shown, limit=0.05).breaks}


def test_a_search_cut_short_does_not_pass(tmp_path: Path) -> None:
    """Not even where nothing was found so far."""
    table = pl.DataFrame({f"c{one}": [row >> one & 1 for row in range(160)] for one in range(4)})
    release = released(tmp_path, table)
    assert singling_out(release, limit=0.05).passed
    short = singling_out(release, limit=0.05, most_sets=3)
    assert (short.passed, short.failed) == (False, False)
    assert "12 of 15 sets" in short.not_tried[0].sentence


@pytest.mark.parametrize(("scale", "holds"), [(100.0, True), (0.001, False)])
def test_noise_is_played_against_the_source(
    scale: float, holds: bool, adult_table: Path, tmp_path: Path
) -> None:
    """Noisy wages are each other's like nowhere, and count only if they still tell whose they are.

    What stands beside them must hold by its counts.
    """
    random = np.random.default_rng(4)
    wages = random.permutation(200_000)[:3000].astype(float)
    source = (
        pl.read_parquet(adult_table, columns=["sex"]).head(3000).with_columns(wage=pl.Series(wages))
    )
    noisy = pl.Series(wages + random.laplace(0, 50 * scale, 3000)).round(0)
    rules = (
        ColumnRule("sex", "quasi", "keep"),
        ColumnRule("wage", "other", "add_noise", {"scale": scale}),
    )
    release = released(tmp_path, source.with_columns(wage=noisy), source)
    found = singling_out(
        Release(release.source, release.released, policy=Policy(rules)), limit=0.05
    )
    assert found.figures["sets_failing"] == 0
    assert (found.passed, found.failed) == (holds, not holds)

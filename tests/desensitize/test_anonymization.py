"""The search reaches what is asked, as a checker that shares no code with it sees."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.engines import run_policy
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import (
    METHODS,
    Anonymization,
    Closeness,
    Diversity,
    Hierarchy,
    anonymize_table,
    generate_hierarchy,
    labelled,
    load_hierarchy,
)
from desensitize.tables.export import write_csv
from tests.desensitize import checker

FOLDER = Path(__file__).parent / "vectors" / "adult_hierarchies"
COLUMNS = (
    "sex", "age", "race", "marital-status", "education", "native-country", "workclass",
    "occupation", "salary-class",
)  # fmt: skip


@pytest.fixture(scope="module")
def hierarchies() -> dict[str, Hierarchy]:
    return {name: load_hierarchy(FOLDER / f"adult_hierarchy_{name}.csv", name) for name in COLUMNS}


def published_rows(
    table: pl.DataFrame, found: Anonymization, names: list[str]
) -> tuple[list[tuple[Any, ...]], int]:
    """Return the labels of every published row, and count the others, by plain dictionaries."""
    labels = {
        tuple(row[name] for name in names): tuple(row[labelled(name)] for name in names)
        for row in found.mapping.iter_rows(named=True)
    }
    rows = table.select(pl.col(name).cast(pl.String) for name in names).rows()
    published = [labels[row] for row in rows if row in labels]
    return published, len(rows) - len(published)


def levels_of(names: Iterable[str]) -> dict[str, list[list[str]]]:
    levels = {}
    for name in names:
        with (FOLDER / f"adult_hierarchy_{name}.csv").open(encoding="utf-8", newline="") as file:
            levels[name] = list(csv.reader(file, delimiter=";"))
    return levels


@pytest.mark.parametrize("smallest_class", [2, 5, 10, 25])
def test_the_sweep_loses_no_more_than_local_recoding_by_arx(
    smallest_class: int,
    adult_table: Path,
    hierarchies: dict[str, Hierarchy],
    vectors: Callable[[str], Any],
    tmp_path: Path,
) -> None:
    arx = {
        case["k"]: case["loss_arith_mean"]
        for case in vectors("arx_results.json")["results"]
        if case["mode"] == "local"
    }
    rules = tuple(
        ColumnRule(name, "quasi", "generalize", {"hierarchy": hierarchies[name].rows})
        for name in COLUMNS
    )
    target = tmp_path / "out.parquet"
    made = run_policy(adult_table, target, Policy(rules, smallest_class), keys=None, work=tmp_path)
    write_csv(target, tmp_path / "out.csv")
    rows = checker.rows_of(tmp_path / "out.csv")
    assert len(rows) + made.suppressed_rows == 30162
    assert min(map(len, checker.classes_of(rows, COLUMNS).values())) >= smallest_class
    loss = checker.loss_of(rows, made.suppressed_rows, levels_of(COLUMNS))
    assert loss == pytest.approx(made.loss, abs=1e-9)
    assert loss <= arx[smallest_class]


@pytest.mark.parametrize("limit", [0, 0.02, 0.05])
@pytest.mark.parametrize("smallest_class", [2, 5, 10, 25])
def test_global_recoding_is_the_optimum_of_arx(
    smallest_class: int,
    limit: float,
    adult_table: Path,
    hierarchies: dict[str, Hierarchy],
    vectors: Callable[[str], Any],
) -> None:
    [expected] = [
        case
        for case in vectors("arx_results.json")["results"]
        if (case["mode"], case["k"], case.get("suppression_limit"))
        == ("global", smallest_class, limit)
    ]
    found = anonymize_table(
        pl.scan_parquet(adult_table),
        hierarchies,
        smallest_class=smallest_class,
        suppression_limit=limit,
        method="global",
    )
    levels = {
        name: next(level for level, rows in used.items() if rows)
        for name, used in found.levels.items()
    }
    assert levels == expected["optimal_levels"]
    assert found.suppressed_rows == expected["suppressed"]
    assert found.loss == pytest.approx(expected["loss_arith_mean"], abs=1e-6)


@st.composite
def tables(draw: st.DrawFn) -> tuple[pl.DataFrame, dict[str, Hierarchy]]:
    rows = draw(st.integers(1, 40))
    columns: dict[str, list[str | None]] = {}
    hierarchies: dict[str, Hierarchy] = {}
    for name in draw(st.sampled_from(["a", "ab", "abc"])):
        leaves = [f"{name}{leaf}" for leaf in range(draw(st.integers(1, 8)))]
        size = draw(st.integers(1, 3))
        known = leaves[: draw(st.integers(1, len(leaves)))]
        hierarchies[name] = Hierarchy.checked(
            name, [(leaf, f"{name}-{place // size}") for place, leaf in enumerate(known)]
        )
        values = st.sampled_from([None, *leaves])
        columns[name] = draw(st.lists(values, min_size=rows, max_size=rows))
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), hierarchies


@given(tables(), st.integers(1, 6), st.sampled_from(METHODS))
def test_every_class_is_large_enough_whatever_the_table(
    drawn: tuple[pl.DataFrame, dict[str, Hierarchy]], smallest_class: int, method: str
) -> None:
    table, hierarchies = drawn
    if table.height < smallest_class:
        with pytest.raises(DesensitizeError) as refusal:
            anonymize_table(table.lazy(), hierarchies, smallest_class=smallest_class, method=method)
        assert refusal.value.code == "no-rows-left"
        return
    found = anonymize_table(table.lazy(), hierarchies, smallest_class=smallest_class, method=method)
    names = list(hierarchies)
    published, suppressed = published_rows(table, found, names)
    classes = Counter(published)
    assert min(classes.values()) == found.smallest_class >= smallest_class
    assert (len(classes), suppressed) == (found.classes, found.suppressed_rows)
    allowed: dict[str, set[str | None]] = {
        name: {"*", None, *(label for row in hierarchy.rows for label in row)}
        for name, hierarchy in hierarchies.items()
    }
    for row in published:
        assert all(label in allowed[name] for name, label in zip(names, row, strict=True))


def test_a_value_that_the_hierarchy_does_not_name_is_never_shown() -> None:
    table = pl.DataFrame({"a": ["known"] * 3 + ["foreign"] * 3})
    hierarchy = Hierarchy.checked("a", [("known", "*")])
    found = anonymize_table(table.lazy(), {"a": hierarchy}, smallest_class=2)
    assert set(found.mapping[labelled("a")]) == {"known", "*"}
    assert found.uncovered == {"a": 3}


def test_too_much_suppression_is_refused() -> None:
    # Three rows of one value can be mixed, the other six cannot be made diverse.
    table = pl.DataFrame({"a": ["x"] * 6 + ["y"] * 3, "ill": ["flu"] * 6 + ["flu", "cold", "gout"]})
    hierarchy = {"a": Hierarchy.checked("a", [("x", "*"), ("y", "*")])}
    asked: dict[str, Any] = {"smallest_class": 3, "diversity": {"ill": Diversity(3, "entropy")}}
    with pytest.raises(DesensitizeError) as refusal:
        anonymize_table(table.lazy(), hierarchy, suppression_limit=0.5, **asked)
    assert refusal.value.code == "suppression-exceeded"
    assert refusal.value.parameters == {"smallest_class": 3, "suppressed": 6, "rows": 9}
    assert anonymize_table(table.lazy(), hierarchy, **asked).suppressed_rows == 6


@pytest.mark.parametrize("limit", [0.0, 0.1, 0.3])
def test_the_sweep_keeps_to_the_limit_where_it_can(limit: float) -> None:
    table = pl.DataFrame({"a": ["x"] * 8 + ["y", "z"]})
    hierarchy = {"a": Hierarchy.checked("a", [("x", "xz", "*"), ("y", "y", "*"), ("z", "xz", "*")])}
    found = anonymize_table(table.lazy(), hierarchy, smallest_class=5, suppression_limit=limit)
    assert found.suppressed_rows <= limit * 10
    assert found.smallest_class >= 5


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("a", "*"), ("b", "x", "*")],
        [("a", "*"), ("a", "*")],
        [("a", "x", "1"), ("b", "x", "2")],
    ],
)
def test_a_hierarchy_that_parts_what_it_merged_is_refused(rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        Hierarchy.checked("a", rows)
    assert refusal.value.code.removeprefix("bad-").startswith("hierarchy")


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=60, unique=True))
def test_made_intervals_hold_their_numbers_and_nest(values: list[int]) -> None:
    hierarchy = generate_hierarchy("a", [str(value) for value in values], pl.Int64())
    assert {row[0] for row in hierarchy.rows} == {str(value) for value in values}
    for row in hierarchy.rows:
        for label in row[1:-1]:
            low, high = (float(edge) for edge in label.strip("[)").split(","))
            assert low <= int(row[0]) < high


def test_made_levels_of_dates_are_month_year_and_decade() -> None:
    hierarchy = generate_hierarchy("day", ["1990-05-01"], pl.Date())
    assert hierarchy.rows == (("1990-05-01", "1990-05", "1990", "1990s", "*"),)


def test_a_sweep_that_would_leave_much_over_gives_way(
    adult_table: Path, hierarchies: dict[str, Hierarchy]
) -> None:
    table = pl.scan_parquet(adult_table)
    few = {name: hierarchies[name] for name in ("sex", "age", "race", "education")}
    asked: dict[str, Any] = {"smallest_class": 5, "closeness": {"salary-class": Closeness(0.3)}}
    swept = anonymize_table(table, few, **asked)
    split = anonymize_table(table, few, method="mondrian", **asked)
    assert swept.loss <= split.loss
    kept = anonymize_table(table, few, suppression_limit=0.0, **asked)
    assert kept.suppressed_rows == 0
    assert kept.loss <= split.loss

"""l and t on published examples, and output that reaches what was asked, as the checker sees."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.engines import run_policy
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import (
    METHODS,
    Closeness,
    Diversity,
    Hierarchy,
    Presence,
    Requirements,
    anonymize_table,
    labelled,
)
from desensitize.privacy.cells import ClassCells
from desensitize.privacy.predicates import (
    diverse,
    equal_distances,
    ordered_distances,
)
from desensitize.risk import measure
from desensitize.tables.export import write_csv
from tests.desensitize import checker


def cells(*classes: dict[int, int]) -> ClassCells:
    return ClassCells(
        classes=np.array([place for place, one in enumerate(classes) for _ in one]),
        values=np.array([value for one in classes for value in sorted(one)]),
        rows=np.array([one[value] for one in classes for value in sorted(one)]),
        sizes=np.array([sum(one.values()) for one in classes]),
    )


def test_salaries_of_the_paper_on_closeness() -> None:
    # Li, Li and Venkatasubramanian (2007), section 3.2: salaries 3k to 11k; {3k, 4k, 5k} lies at
    # 0.375 and {6k, 8k, 11k} at 0.167.
    whole = np.full(9, 1 / 9)
    found = ordered_distances(cells({0: 1, 1: 1, 2: 1}, {3: 1, 5: 1, 8: 1}), whole)
    assert found == pytest.approx([0.375, 1 / 6])


def test_diseases_at_equal_distance() -> None:
    # Half the sum of absolute differences: a class of one value in two equal halves lies at 1/2.
    found = equal_distances(cells({0: 4}, {0: 2, 1: 2}, {1: 1}), np.array([0.5, 0.5]))
    assert found == pytest.approx([0.5, 0.0, 0.5])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # Machanavajjhala et al. (2007), figure 3: blocks of {cancer 1, heart 2, viral 1},
        # an equal three, and one of cancer alone.
        (Diversity(3), [True, True, False]),
        (Diversity(2.8, "entropy"), [True, True, False]),
        (Diversity(3, "entropy"), [False, True, False]),
        (Diversity(2, "recursive", 1.0), [False, True, False]),
        (Diversity(2, "recursive", 1.1), [True, True, False]),
        (Diversity(3, "recursive", 2.0), [False, True, False]),
        (Diversity(3, "recursive", 2.1), [True, True, False]),
    ],
)
def test_diversity_on_paper(asked: Diversity, expected: list[bool]) -> None:
    found = diverse(cells({0: 1, 1: 2, 2: 1}, {0: 1, 1: 1, 2: 1}, {0: 4}), asked)
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Diversity(0.5), "bad-diversity"),
        (lambda: Diversity(2.5), "bad-diversity"),
        (lambda: Diversity(2, "recursive", 0), "bad-diversity"),
        (lambda: Diversity(True), "bad-diversity"),
        (lambda: Diversity(2, "entropic"), "unknown-model"),
        (lambda: Closeness(1.5), "bad-closeness"),
        (lambda: Closeness(float("nan")), "bad-closeness"),
        (lambda: Closeness(0.2, "order"), "unknown-model"),
        (lambda: Presence(0.5, 0.2), "bad-presence"),
        (lambda: Requirements(0), "bad-smallest-class"),
    ],
)
def test_a_model_that_makes_no_sense_cannot_be_made(make: Any, code: str) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        make()
    assert refusal.value.code == code


@st.composite
def protected_tables(draw: st.DrawFn) -> tuple[pl.DataFrame, Policy]:
    rows = draw(st.integers(1, 40))
    columns: dict[str, list[Any]] = {}
    rules = []
    for name in draw(st.sampled_from(["a", "ab", "abc"])):
        leaves = [f"{name}{leaf}" for leaf in range(draw(st.integers(1, 6)))]
        size = draw(st.integers(1, 3))
        known = leaves[: draw(st.integers(1, len(leaves)))]
        columns[name] = draw(
            st.lists(st.sampled_from([None, *leaves]), min_size=rows, max_size=rows)
        )
        hierarchy = [[leaf, f"{name}-{place // size}", "*"] for place, leaf in enumerate(known)]
        rules.append(ColumnRule(name, "quasi", "generalize", {"hierarchy": hierarchy}))
    columns["pay"] = draw(
        st.lists(st.sampled_from([None, 1, 2, 3, 5]), min_size=rows, max_size=rows)
    )
    diversity = draw(
        st.one_of(
            st.none(),
            st.builds(Diversity, st.integers(1, 3)),
            st.builds(Diversity, st.floats(1, 3), st.just("entropy")),
            st.builds(Diversity, st.integers(1, 3), st.just("recursive"), st.floats(0.5, 3)),
        )
    )
    closeness = draw(
        st.one_of(
            st.none(),
            st.builds(Closeness, st.floats(0, 0.6), st.sampled_from(["equal", "ordered"])),
        )
    )
    rules.append(ColumnRule("pay", "sensitive", "keep", {}, diversity, closeness))
    schema = dict.fromkeys(columns, pl.String) | {"pay": pl.Int64}
    return pl.DataFrame(columns, schema=schema), Policy(
        tuple(rules),
        draw(st.integers(1, 5)),
        draw(st.sampled_from([0.0, 0.1, 0.5, 1.0])),
        draw(st.sampled_from(METHODS)),
    )


@given(protected_tables())
def test_the_written_file_reaches_what_was_asked(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[pl.DataFrame, Policy]
) -> None:
    table, policy = drawn
    folder = tmp_path_factory.mktemp("models")
    source, target, written = (folder / name for name in ("in.parquet", "out.parquet", "out.csv"))
    table.write_parquet(source)
    names = [rule.name for rule in policy.generalized]
    asked, near = policy.diversity.get("pay"), policy.closeness.get("pay")
    refused = ""
    try:
        made = run_policy(source, target, policy, keys=None, work=folder)
    except DesensitizeError as error:
        refused = error.code
    if refused:
        assert refused in ("no-rows-left", "out-of-reach", "suppression-exceeded")
        # Refused: then the whole table as one class does not reach it either.
        everything = checker.values_of(
            [{"pay": "" if pay is None else str(pay)} for pay in table["pay"]], "pay"
        )
        assert table.height < policy.smallest_class or not reaches(everything, everything, policy)
        return
    write_csv(target, written)
    rows = checker.rows_of(written)
    assert len(rows) + made.suppressed_rows == table.height
    assert made.suppressed_rows <= policy.suppression_limit * table.height
    whole = checker.values_of(rows, "pay")
    for members in checker.classes_of(rows, names).values():
        assert len(members) >= policy.smallest_class
        counts = checker.values_of(members, "pay")
        assert reaches(counts, whole, policy), (counts, whole, asked, near)


def reaches(counts: Any, whole: Any, policy: Policy) -> bool:
    asked, near = policy.diversity.get("pay"), policy.closeness.get("pay")
    good = True
    if asked is not None:
        good = {
            "distinct": checker.distinct(counts) >= asked.least,
            "entropy": checker.entropy(counts) >= asked.least * (1 - 1e-9),
            "recursive": checker.recursive(counts, asked.constant, int(asked.least)),
        }[asked.kind]
    if near is None:
        return good
    distance = checker.ordered_distance if near.kind == "ordered" else checker.equal_distance
    return good and distance(counts, whole) <= near.most + 1e-9


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.booleans()), min_size=1),
    st.integers(1, 4),
    st.integers(0, 4),
    st.sampled_from([None, Presence(0.0, 0.7), Presence(0.2, 1.0), Presence(0.3, 0.8)]),
    st.sampled_from(METHODS),
)
def test_enough_of_the_population_fits_each_class(
    people: list[tuple[str, str, bool]],
    smallest_class: int,
    population_class: int,
    presence: Presence | None,
    method: str,
) -> None:
    everybody = pl.DataFrame(people, schema=["a", "b", "in"], orient="row")
    table = everybody.filter(pl.col("in")).drop("in")
    levels: dict[str, list[tuple[str, ...]]] = {
        "a": [("a", "ab", "*"), ("b", "ab", "*"), ("c", "cd", "*"), ("d", "cd", "*")],
        "b": [("x", "*"), ("y", "*"), ("z", "*")],
    }
    hierarchies = {name: Hierarchy.checked(name, rows) for name, rows in levels.items()}
    refused = ""
    try:
        found = anonymize_table(
            table.lazy(),
            hierarchies,
            smallest_class=smallest_class,
            method=method,
            population=everybody.drop("in").lazy(),
            population_class=population_class,
            presence=presence,
        )
    except DesensitizeError as error:
        refused = error.code
    if refused:
        assert refused in ("no-rows-left", "out-of-reach")
        share = table.height / everybody.height
        assert (
            table.height < smallest_class
            or everybody.height < population_class
            or (presence is not None and not presence.low <= share <= presence.high)
        )
        return
    labels = {
        (row["a"], row["b"]): (row[labelled("a")], row[labelled("b")])
        for row in found.mapping.iter_rows(named=True)
    }
    published = [labels[row] for row in table.rows() if row in labels]
    for first, second in set(published):
        fitting = sum(
            any(first in row and row[0] == a for row in levels["a"])
            and any(second in row and row[0] == b for row in levels["b"])
            for a, b, _ in people
        )
        inside = published.count((first, second))
        assert fitting >= population_class
        assert inside >= smallest_class
        if presence is not None:
            assert presence.low - 1e-9 <= inside / fitting <= presence.high + 1e-9


def test_what_cannot_be_asked_is_refused() -> None:
    table = pl.DataFrame({"a": ["x"] * 6, "ill": ["flu"] * 5 + ["cold"]}).lazy()
    hierarchies = {"a": Hierarchy.checked("a", [("x", "*")])}

    def code_of(**asked: Any) -> str:
        with pytest.raises(DesensitizeError) as refusal:
            anonymize_table(table, hierarchies, smallest_class=2, **asked)
        return refusal.value.code

    assert code_of(diversity={"ill": Diversity(3)}) == "out-of-reach"
    assert code_of(diversity={"a": Diversity(1)}) == "sensitive-is-quasi"
    assert code_of(diversity={"il": Diversity(1)}) == "unknown-column"
    assert code_of(closeness={"ill": Closeness(0.1, "ordered")}) == "unordered-column"
    assert code_of(population_class=3) == "population-needed"
    assert code_of(method="global", diversity={"ill": Diversity(3)}) == "out-of-reach"
    assert code_of(method="mondrian", diversity={"ill": Diversity(3)}) == "out-of-reach"


def test_what_is_asked_of_a_column_holds_for_what_is_published(people: Path) -> None:
    # Of the incomes each ten-thousand is published as one label: two incomes are no diversity.
    income = ColumnRule("income", "sensitive", "generalize_bins", {"width": 30_000}, Diversity(3))
    rules = [
        ColumnRule("age", "quasi", "generalize"),
        *(ColumnRule(name, "other", "drop") for name in ("name", "id_number", "mobile", "sex")),
    ]
    target = people.with_name("out.parquet")
    run_policy(people, target, Policy((*rules, income), 2), keys=None, work=people.parent)
    figures = measure(target, quasi_identifiers=["age"], sensitive=["income"])
    assert figures.l is not None
    assert figures.l >= 3
    alone = Policy((*(ColumnRule(one.name, "other", "keep") for one in rules), income))
    with pytest.raises(DesensitizeError) as refusal:
        run_policy(people, target, alone, keys=None, work=people.parent)
    assert refusal.value.code == "no-quasi-identifiers"

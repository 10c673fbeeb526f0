"""A sandbox answers with noise, of bounded persons, each question in one form."""

import json
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget
from desensitize.privacy.differential.noise import laplace
from desensitize.privacy.sandbox import (
    Condition,
    Declaration,
    Number,
    Question,
    answer,
    digest_of,
    half_width,
)

# So much ε that noise of one step has a chance below 10^-80: what is left is arithmetic.
EXACT = Budget.of(10**6)
TABLE = pl.DataFrame(
    {
        "card": ["a", "a", "a", "b", "b", "c", None, None],
        "line": ["1", "1", "2", "1", "9", "2", "1", "1"],
        "delay": [1.0, 2.5, 99.0, -7.0, 4.0, None, float("nan"), 3.0],
        "stop": [10, 11, 12, 10, 10, 12, 10, 10],
    }
)
DECLARED = Declaration(
    person="card",
    rows=2,
    numbers={"delay": Number(Decimal(0), Decimal(10), 1)},
    categories={"line": ("1", "2", "3"), "stop": None},
)
ROWS = Declaration(numbers=DECLARED.numbers, categories=DECLARED.categories)


def figures(question: Question, declaration: Declaration = DECLARED) -> dict[Any, str]:
    cells = answer(TABLE, question, declaration, EXACT).cells
    return {cell.group if len(cell.group) != 1 else cell.group[0]: cell.figure for cell in cells}


def test_counts_are_of_the_rows_that_count() -> None:
    assert figures(Question("count")) == {(): "7"}
    assert figures(Question("count"), ROWS) == {(): "8"}
    assert figures(Question("count", by=("line",))) == {"1": "5", "2": "1", "3": "0"}
    assert figures(Question("count", by=("line",)), ROWS) == {"1": "5", "2": "2", "3": "0"}


def test_conditions_ask_each_row() -> None:
    on_line = Question("count", where=(Condition("line", ("1",)),))
    assert figures(on_line, ROWS) == {(): "5"}
    late = Question("count", where=(Condition("delay", low="2.5"),))
    # 99 counts as 10, the bound; what is no number fulfils no range.
    assert figures(late, ROWS) == {(): "4"}
    both = Question("count", where=(Condition("delay", low="2", high="3"), *on_line.where))
    assert figures(both, ROWS) == {(): "2"}
    unlisted = Question("count", where=(Condition("stop", ("12",)),))
    assert figures(unlisted, ROWS) == {(): "2"}


def test_sums_means_and_histograms_are_of_clamped_numbers() -> None:
    assert figures(Question("sum", "delay"), ROWS) == {(): "20.5"}
    assert figures(Question("sum", "delay", by=("line",)), ROWS) == {
        "1": "6.5", "2": "10.0", "3": "0.0",
    }  # fmt: skip
    assert figures(Question("mean", "delay"), ROWS) == {(): "3.4"}
    assert figures(Question("histogram", "delay", bins=4), ROWS) == {
        ("0.0", "2.5"): "2", ("2.5", "5.0"): "3", ("5.0", "7.5"): "0", ("7.5", "10.0"): "1",
    }  # fmt: skip


def test_groups_that_nobody_listed_are_shown_when_large() -> None:
    table = pl.DataFrame({"stop": ["big"] * 3000 + ["small"]})
    declared = Declaration(categories={"stop": None})
    found = answer(table, Question("count", by=("stop",)), declared, Budget.of(1, "1e-9"))
    [cell] = found.cells
    assert cell.group == ("big",)
    assert abs(int(cell.figure) - 3000) < 200
    with pytest.raises(DesensitizeError) as refused:
        answer(table, Question("count", by=("stop",)), declared, Budget.of(1))
    assert refused.value.code == "delta-needed"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question("median", "delay"), "bad-question"),
        (Question("count", "delay"), "bad-question"),
        (Question("sum"), "bad-question"),
        (Question("mean", "delay", bins=3), "bad-question"),
        (Question("sum", "card"), "not-declared"),
        (Question("sum", "stop"), "not-declared"),
        (Question("count", by=("card",)), "not-declared"),
        (Question("count", where=(Condition("card", ("a",)),)), "not-declared"),
        (Question("count", where=(Condition("line", ("8",)),)), "value-not-declared"),
        (Question("count", where=(Condition("delay", low="5", high="1"),)), "bad-range"),
        (Question("count", where=(Condition("delay", low="-1"),)), "bad-range"),
        (Question("count", where=(Condition("delay", low="0.55"),)), "bad-range"),
        (Question("count", where=(Condition("delay", low="nan"),)), "bad-range"),
        (Question("count", where=(Condition("delay"),) * 2), "column-repeated"),
        (Question("count", by=("line", "line")), "column-repeated"),
        (Question("count", by=("line", "stop", "x")), "too-many-groups"),
        (Question("histogram", "delay", by=("line",), bins=3), "too-many-groups"),
        (Question("count", where=(Condition("delay"),) * 5), "too-many-conditions"),
        (Question("histogram", "delay", bins=1), "bad-bins"),
        (Question("histogram", "delay", bins=101), "bad-bins"),
        (Question("sum", "delay", by=("stop",)), "groups-unlisted"),
    ],
)
def test_what_is_refused_depends_on_no_data(question: Question, code: str) -> None:
    for table in (TABLE, TABLE.clear()):
        with pytest.raises(DesensitizeError) as refused:
            answer(table, question, DECLARED, EXACT)
        assert refused.value.code == code


def test_the_same_question_has_one_digest() -> None:
    one = Question(
        "sum",
        "delay",
        by=("line", "stop"),
        where=(Condition("line", ("2", "1")), Condition("delay", low="1")),
    )
    declared = Declaration(
        numbers=DECLARED.numbers, categories={"line": ("1", "2"), "stop": ("a",)}
    )
    same = Question(
        "sum",
        "delay",
        by=("stop", "line"),
        where=(Condition("delay", low="1.0", high="10"), Condition("line", ("1", "2", "1"))),
    )
    assert digest_of(one, declared) == digest_of(same, declared)
    assert digest_of(Question("sum", "delay"), declared) != digest_of(one, declared)
    assert digest_of(Question("count"), declared) != digest_of(Question("count"), DECLARED)
    assert Question.from_json(json.loads(json.dumps(one.as_json()))) == one


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "bad-declaration"),
        ({"numbers": {"delay": {"low": "x", "high": "1"}}}, "bad-bounds"),
        ({"numbers": {"delay": {}}}, "bad-declaration"),
        ({"colour": 1}, "bad-declaration"),
        ({}, "nothing-declared"),
        ({"numbers": {"delay": {"low": "2", "high": "1"}}}, "bad-bounds"),
        ({"numbers": {"delay": {"low": "0", "high": "inf"}}}, "bad-bounds"),
        ({"numbers": {"delay": {"low": "0.5", "high": "1"}}}, "bad-bounds"),
        ({"numbers": {"delay": {"low": "0", "high": "1", "decimals": 9}}}, "bad-decimals"),
        ({"categories": {"line": []}}, "bad-values"),
        ({"categories": {"line": ["1", "1"]}}, "bad-values"),
        ({"categories": {"line": ["1", 2]}}, "bad-values"),
        ({"person": "line", "categories": {"line": None}}, "unit-declared"),
        ({"rows": 0, "person": "x", "categories": {"line": None}}, "bad-contribution"),
        ({"rows": 2, "categories": {"line": None}}, "bad-contribution"),
        ({"rows": 2000, "person": "x", "categories": {"line": None}}, "bad-contribution"),
        ({"categories": {f"c{number}": None for number in range(41)}}, "too-much-declared"),
    ],
)
def test_a_declaration_is_checked(values: Any, code: str) -> None:
    with pytest.raises(DesensitizeError) as refused:
        Declaration.from_json(values)
    assert refused.value.code == code


def test_a_declaration_is_kept_whole() -> None:
    kept = json.loads(DECLARED.canonical())
    assert Declaration.from_json(kept) == DECLARED
    assert Declaration.from_json(kept).canonical() == DECLARED.canonical()
    with pytest.raises(DesensitizeError) as refused:
        DECLARED.check_columns(["card", "line", "delays", "stop"])
    assert refused.value.parameters == {"column": "delay", "nearest": "delays"}


@given(
    values=st.lists(
        st.one_of(st.none(), st.floats(), st.floats(-50, 50), st.just(float("inf"))), max_size=30
    ),
    low=st.integers(-20, 20),
    width=st.integers(1, 40),
    decimals=st.integers(0, 3),
)
def test_no_number_counts_for_more_than_its_bounds(
    values: list[float | None], low: int, width: int, decimals: int
) -> None:
    table = pl.DataFrame({"x": values}, schema={"x": pl.Float64})
    number = Number(Decimal(low), Decimal(low + width), decimals)
    declared = Declaration(numbers={"x": number})
    held = [value for value in values if value is not None and value == value]
    exact = Budget.of(10**12)
    total = Decimal(answer(table, Question("sum", "x"), declared, exact).cells[0].figure)
    assert len(held) * low <= total <= len(held) * (low + width)
    mean = Decimal(answer(table, Question("mean", "x"), declared, exact).cells[0].figure)
    assert low <= mean <= low + width
    bins = (
        answer(table, Question("histogram", "x", bins=2), declared, exact).cells
        if (width * 10**decimals >= 2)
        else ()
    )
    assert not bins or sum(int(cell.figure) for cell in bins) == len(held)
    # One person more changes a sum by no more than the noise is made for.
    more = pl.concat([table, pl.DataFrame({"x": [1e300]})])
    other = Decimal(answer(more, Question("sum", "x"), declared, exact).cells[0].figure)
    assert abs(other - total) <= max(abs(low), abs(low + width))


@given(
    cards=st.lists(st.sampled_from("abcd"), max_size=40),
    extra=st.integers(0, 30),
    rows=st.integers(1, 5),
)
def test_a_person_changes_no_more_rows_than_declared(
    cards: list[str], extra: int, rows: int
) -> None:
    lines = [str(place % 3) for place in range(len(cards) + extra)]
    table = pl.DataFrame({"card": [*cards, *["new"] * extra], "line": lines})
    declared = Declaration(person="card", rows=rows, categories={"line": ("0", "1", "2")})
    asked = Question("count", by=("line",))

    def counted(one: pl.DataFrame) -> list[int]:
        return [int(cell.figure) for cell in answer(one, asked, declared, EXACT).cells]

    without = counted(table.filter(pl.col("card") != "new"))
    change = sum(abs(a - b) for a, b in zip(counted(table), without, strict=True))
    assert change == min(extra, rows)


def test_the_band_holds_what_it_says() -> None:
    for sensitivity, epsilon in ((1, 0.1), (5, 1.0), (1, 3.0)):
        width = half_width(sensitivity=sensitivity, epsilon=epsilon)
        noise = laplace(sensitivity=sensitivity, epsilon=epsilon)([0] * 20_000)
        share = sum(abs(one) <= width for one in noise) / len(noise)
        assert share >= 0.94
        narrower = sum(abs(one) <= width - 1 for one in noise) / len(noise)
        assert narrower <= 0.96


def test_the_band_of_a_mean_holds_the_mean() -> None:
    table = pl.DataFrame({"x": [3] * 300})
    declared = Declaration(numbers={"x": Number(Decimal(0), Decimal(10), 2)})
    cells = [
        answer(table, Question("mean", "x"), declared, Budget.of(1)).cells[0] for _ in range(300)
    ]
    inside = sum(Decimal(cell.low) <= 3 <= Decimal(cell.high) for cell in cells)
    # Of a hundred 95 lie inside: one run in some hundred million has 40 of 300 outside.
    assert inside >= 260
    assert all(Decimal(cell.low) <= Decimal(cell.figure) <= Decimal(cell.high) for cell in cells)


@pytest.mark.parametrize("wild", ["1E999999", "1E5000", "-1E-5000", "0E5000", "9" * 5000])
def test_numbers_with_too_many_digits_are_read_by_nobody(wild: str) -> None:
    """They would be written out, which takes minutes, before anybody compared them."""
    number = DECLARED.numbers["delay"]
    with pytest.raises(ValueError, match="too many digits"):
        number.steps(wild)
    with pytest.raises(DesensitizeError) as refused:
        Question("count", where=(Condition("delay", low=wild),)).canonical(DECLARED)
    assert refused.value.code == "bad-range"
    given: dict[str, Any] = {"numbers": {"delay": {"low": "0", "high": wild}}}
    with pytest.raises(DesensitizeError) as refused:
        Declaration.from_json(given)
    assert refused.value.code == "bad-bounds"

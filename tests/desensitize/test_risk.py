"""Risk is measured on the bytes, and agrees with a second engine and with paper."""

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import DesensitizeError, TableError
from desensitize.privacy import Hierarchy
from desensitize.risk import (
    Finding,
    GradeThresholds,
    estimated_uniques,
    grade,
    linkage_attack,
    measure,
)
from desensitize.risk.report import risk_report
from tests.desensitize import checker

# Each class beside each value of the table, in the order of the values, null first.
MODELS = """
with classes as (select q, r, count(*) as size from t group by q, r),
whole as (
    select s, count(*) / (select count(*) from t) as share,
        row_number() over (order by s nulls first) as place
    from t group by s
),
grid as (
    select classes.*, whole.s, whole.share, place, (
        select count(*) from t where t.q is not distinct from classes.q and t.r = classes.r
            and t.s is not distinct from whole.s
    ) as n
    from classes, whole
),
ways as (
    select *, abs(sum(n / size - share) over (partition by q, r order by place)) as way from grid
),
measured as (
    select size, count(*) filter (n > 0) as different, max(n) as commonest,
        exp(-sum(case when n > 0 then n / size * ln(n / size) else 0 end)) as entropy,
        sum(abs(n / size - share)) / 2 as distance,
        coalesce(sum(way) / nullif(count(*) - 1, 0), 0) as moved
    from ways group by q, r, size
)
select min(different), min(entropy), max(distance), max(moved),
    coalesce(sum(size) filter (different = 1), 0), sum(commonest) / sum(size)
from measured
"""


def test_figures_of_a_table_small_enough_for_paper(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {
            "age": ["20s", "20s", "20s", "30s", "30s", None],
            "ill": ["flu", "flu", "cold", "flu", "flu", "cold"],
        }
    ).write_parquet(path)
    figures = measure(path, quasi_identifiers=["age"], sensitive=["ill"])
    assert figures.as_dict() == {
        "rows": 6,
        "classes": 3,
        "smallest_class": 1,
        "unique_rows": 1,
        "unique_share": pytest.approx(1 / 6),
        "prosecutor_max": 1.0,
        "prosecutor_mean": 0.5,
        "marketer": 0.5,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "l": 1,
        # The whole is (2/3, 1/3); the class of the null has the cold alone.
        "t": pytest.approx(2 / 3),
        "k": 1,
        # Three rows share a class with two others at most: 1/3 is above a fifth for all.
        "share_at_risk": 1.0,
        "at_risk_from": 0.2,
        "by_column": {
            "ill": {
                "l": 1,
                "l_entropy": pytest.approx(1.0),
                "t": pytest.approx(2 / 3),
                "t_ordered": None,
                "disclosed_rows": 3,
                "best_guess": pytest.approx(5 / 6),
                "blind_guess": pytest.approx(4 / 6),
            }
        },
    }


def test_without_quasi_identifiers_all_rows_are_one_class(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": range(7), "b": [1, 2] * 3 + [2]}).write_parquet(path)
    figures = measure(path, quasi_identifiers=[], sensitive=["b"])
    assert (figures.classes, figures.smallest_class, figures.unique_rows) == (1, 7, 0)
    assert (figures.l, figures.t) == (2, 0.0)
    assert measure(path, quasi_identifiers=[]).l is None


def test_nothing_is_said_of_what_was_not_tried(tmp_path: Path) -> None:
    """Without quasi-identifiers all rows are alike, which says nothing of anybody."""
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": [1, 1, 2], "b": [7, 8, 9]}).write_parquet(path)
    report = risk_report(path, quasi_identifiers=[], sensitive=["b"])
    [sentence] = report.words
    assert "nothing was measured" in sentence
    for said in (sentence, report.as_html()):
        assert not any(word in said for word in ("at least 3", "once in", "In every class"))
    assert "smallest class" not in report.as_html()
    told = risk_report(path, quasi_identifiers=["a"], sensitive=["b"])
    assert "can single out 1 of 3 rows" in told.words[0]
    assert "smallest class" in told.as_html()


def test_an_empty_table_has_no_class_at_all(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": []}, schema={"a": pl.String}).write_parquet(path)
    for quasi_identifiers in ([], ["a"]):
        figures = measure(path, quasi_identifiers=quasi_identifiers, sensitive=["a"])
        assert (figures.rows, figures.classes, figures.smallest_class) == (0, 0, 0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", None]),
            st.integers(0, 3),
            st.sampled_from([None, -2.5, 1.0, 7.0, 7.5]),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_duckdb_and_a_plain_checker_measure_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str | None, int, float | None]]
) -> None:
    path = tmp_path_factory.mktemp("risk") / "t.parquet"
    schema = {"q": pl.String, "r": pl.Int64, "s": pl.Float64}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(path)
    figures = measure(path, quasi_identifiers=["q", "r"], sensitive=["s"])
    with duckdb.connect() as database:
        database.execute(f"create view t as select * from read_parquet('{path}')")
        sizes = [
            size for (size,) in database.execute("select count(*) from t group by q, r").fetchall()
        ]
        [(fewest, entropy, farthest, moved, disclosed, guessed)] = database.execute(
            MODELS
        ).fetchall()
    assert (figures.classes, figures.smallest_class) == (len(sizes), min(sizes))
    assert figures.unique_rows == sizes.count(1)
    assert figures.share_at_risk == pytest.approx(sum(n for n in sizes if n < 5) / len(rows))
    found = figures.by_column["s"]
    assert (figures.l, figures.t) == (found.different, found.t)
    assert (found.different, found.disclosed_rows) == (fewest, disclosed)
    assert found.best_guess == pytest.approx(guessed)
    assert (found.l_entropy, found.t, found.t_ordered) == pytest.approx(
        (entropy, farthest, moved), abs=1e-9
    )
    texts = [{"q": q or "", "r": str(r), "s": "" if s is None else str(s)} for q, r, s in rows]
    whole = checker.values_of(texts, "s")
    classes = [
        checker.values_of(members, "s")
        for members in checker.classes_of(texts, ["q", "r"]).values()
    ]
    assert found.l_entropy == pytest.approx(min(map(checker.entropy, classes)))
    assert found.t == pytest.approx(max(checker.equal_distance(one, whole) for one in classes))
    assert found.t_ordered == pytest.approx(
        max(checker.ordered_distance(one, whole) for one in classes)
    )


def test_what_cannot_be_measured_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"age": [1]}).write_parquet(path)
    with pytest.raises(DesensitizeError, match="Did you mean “age”") as refusal:
        measure(path, quasi_identifiers=["agee"])
    assert refusal.value.code == "unknown-column"
    path.write_bytes(b"no parquet")
    with pytest.raises(TableError) as broken:
        measure(path, quasi_identifiers=[])
    assert broken.value.code == "unreadable-table"


AGES = Hierarchy.checked(
    "age", [("20", "20-29"), ("21", "20-29"), ("30", "30-39"), ("31", "30-39")]
)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    path = tmp_path / "released.parquet"
    pl.DataFrame(
        {"age": ["20-29", "20-29", "30", "*"], "sex": ["m", "m", "f", "f"], "who": [1, 2, 3, 5]}
    ).write_parquet(path)
    return path


@pytest.fixture
def everybody(tmp_path: Path) -> Path:
    path = tmp_path / "everybody.parquet"
    pl.DataFrame(
        {
            "age": [20, 21, 30, 30, 31, 20],
            "sex": ["m", "m", "f", "m", "f", "m"],
            "who": [1, 2, 3, 4, 5, 6],
        }
    ).write_parquet(path)
    return path


def test_the_population_of_a_locally_recoded_file(released: Path, everybody: Path) -> None:
    figures = measure(
        released,
        quasi_identifiers=["age", "sex"],
        population=everybody,
        hierarchies={"age": AGES},
    ).as_dict()
    # Three men in their twenties for two rows; one woman of 30; two women of any age.
    assert (figures["k_map"], figures["journalist_max"]) == (1, 1.0)
    assert figures["journalist_mean"] == pytest.approx((2 / 3 + 1 + 1 / 2) / 4)
    assert figures["delta_presence"] == pytest.approx([1 / 2, 1.0])
    assert figures["missing_rows"] == 0
    blind = measure(released, quasi_identifiers=["age", "sex"], population=everybody).as_dict()
    # Without the hierarchy nobody is “20-29”.
    assert blind["missing_rows"] == 2


def test_an_attack_on_a_locally_recoded_file(released: Path, everybody: Path) -> None:
    found = linkage_attack(
        released,
        everybody,
        quasi_identifiers=["age", "sex"],
        hierarchies={"age": AGES},
        identity="who",
    )
    # Three men fit two rows each, the woman of 30 fits her own and “*”, she of 31 fits “*” alone,
    # and a man of 30 fits none.
    assert (found.reference_rows, found.linked_rows, found.unique_rows) == (6, 5, 1)
    assert found.expected_correct == pytest.approx((3 / 2 + 1 / 2 + 1) / 6)
    assert found.correct_rows == 1
    assert found.as_dict()["unique_share"] == pytest.approx(1 / 6)
    without = linkage_attack(released, everybody, quasi_identifiers=["sex"])
    assert (without.linked_rows, without.correct_rows) == (6, None)
    with pytest.raises(DesensitizeError):
        linkage_attack(released, everybody, quasi_identifiers=[])
    with pytest.raises(DesensitizeError, match="Did you mean “who”"):
        linkage_attack(released, everybody, quasi_identifiers=["sex"], identity="whom")


def test_uniques_of_the_population_are_estimated() -> None:
    assert estimated_uniques({1: 10, 2: 5}, 1.0) == 1.0
    # Ten classes of one beside five of two, of which half show one row: 10 / (10 + 5 × 2 × ½).
    assert estimated_uniques({1: 10, 2: 5}, 0.5) == pytest.approx(10 / 15)
    assert estimated_uniques({3: 7}, 0.5) == 0.0


def test_the_grade_follows_its_thresholds(released: Path, tmp_path: Path) -> None:
    risky = measure(released, quasi_identifiers=["age", "sex"])
    assert (grade(risky).level, grade(risky).reasons) == (
        2,
        ("prosecutor_max", "prosecutor_mean", "unique_share"),
    )
    lenient = GradeThresholds(1.0, 1.0, 1.0)
    assert grade(risky, thresholds=lenient).level == 3
    nothing = grade(risky, has_quasi_identifiers=False)
    assert (nothing.level, nothing.reasons) == (2, ("not_measured",))
    assert grade(risky, has_quasi_identifiers=False, withstands=True).level == 3
    assert grade(risky, thresholds=lenient, withstands=False).reasons == ("attackers",)
    assert grade(risky, is_aggregate=True).level == 4
    named = [Finding("who", "CN_NAME", 1, 0.25)]
    assert grade(risky, found=named, is_aggregate=True).level == 1
    assert "directly" in grade(risky, found=named).as_dict()["sentence"]


@pytest.mark.parametrize("asked", [{"at_risk_from": 0}, {"sampling_fraction": 1.5}])
def test_a_share_that_is_none_is_refused(asked: dict[str, Any], released: Path) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        measure(released, quasi_identifiers=[], **asked)
    assert refusal.value.code == "bad-fraction"

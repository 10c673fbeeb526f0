"""What a table lost, on cases small enough for paper."""

from pathlib import Path

import polars as pl
import pytest

from desensitize.errors import DesensitizeError
from desensitize.privacy import Hierarchy
from desensitize.risk import compare_tables
from desensitize.risk.distributions import distances

AGES = Hierarchy.checked(
    "age", [("20", "20-29"), ("21", "20-29"), ("30", "30-39"), ("31", "30-39")]
)


def written(folder: Path, name: str, table: pl.DataFrame) -> Path:
    path = folder / name
    table.write_parquet(path)
    return path


def test_a_generalized_column_on_paper(tmp_path: Path) -> None:
    before = written(
        tmp_path,
        "before.parquet",
        pl.DataFrame({"age": [20, 20, 21, 30, 31], "pay": [1, 2, 3, 4, 5], "name": list("abcde")}),
    )
    after = written(
        tmp_path,
        "after.parquet",
        pl.DataFrame({"age": ["20-29", "20-29", "20-29", "30"], "pay": [1, 2, 3, 4]}),
    )
    found = compare_tables(before, after, quasi_identifiers=["age"], hierarchies={"age": AGES})
    age, pay, name = found.columns
    # Of three other values each of three rows hides one; one row hides none.
    assert age.loss == pytest.approx(3 / 4 / 3)
    assert found.loss == pytest.approx((4 * 0.25 + 1) / 5)
    assert (found.rows_before, found.rows_after, found.suppressed_rows) == (5, 4, 1)
    assert age.distances is not None
    # 20, 21, 30, 31: before .4 .2 .2 .2, after .375 .375 .25 0.
    assert age.distances.total_variation == pytest.approx(0.225)
    assert age.distances.kolmogorov_smirnov == pytest.approx(0.2)
    assert age.distances.wasserstein == pytest.approx((0.025 + 0.15 * 9 + 0.2) / 11)
    assert (pay.change, name.change, name.type_after) == ("kept", "dropped", None)
    assert found.classes_before is not None
    assert found.classes_after is not None
    assert (found.classes_before.classes, found.classes_before.discernibility) == (4, 7)
    # 3² + 1², and five for the row left out.
    assert found.classes_after.discernibility == 15
    assert found.classes_after.mean_size == 2.0
    assert found.as_dict()["columns"][0]["distances"]["total_variation"] == pytest.approx(0.225)


def test_squares_of_large_classes_do_not_overflow(tmp_path: Path) -> None:
    table = pl.DataFrame({"a": pl.repeat(1, 100_000, eager=True)})
    path = written(tmp_path, "large.parquet", table)
    found = compare_tables(path, path, quasi_identifiers=["a"])
    assert found.classes_after is not None
    assert found.classes_after.discernibility == 10**10


def test_ties_between_columns_before_and_after(tmp_path: Path) -> None:
    before = written(
        tmp_path,
        "before.parquet",
        pl.DataFrame(
            {"x": [1, 2, 3, 4], "y": [2, 4, 6, 8], "g": ["a", "a", "b", "b"], "h": list("ccdd")}
        ),
    )
    after = written(
        tmp_path,
        "after.parquet",
        pl.DataFrame(
            {"x": [1, 2, 3, 4], "y": [8, 6, 4, 2], "g": ["a", "a", "b", "b"], "h": list("cdcd")}
        ),
    )
    ties = {(tie.first, tie.second): tie for tie in compare_tables(before, after).associations}
    assert (ties["x", "y"].measure, ties["g", "h"].measure) == ("pearson", "cramers_v")
    assert (ties["x", "y"].before, ties["x", "y"].after) == pytest.approx((1.0, -1.0))
    assert (ties["g", "h"].before, ties["g", "h"].after) == pytest.approx((1.0, 0.0))
    assert compare_tables(before, after).greatest_association_change == pytest.approx(2.0)


def test_the_same_file_twice_has_lost_nothing(people: Path) -> None:
    found = compare_tables(people, people, quasi_identifiers=["age", "sex"])
    assert found.loss == 0.0
    assert found.sha256_before == found.sha256_after
    for column in found.columns:
        assert column.distances is not None
        assert column.distances.total_variation == 0.0
    assert found.greatest_association_change == 0.0


def test_distances_of_dates_and_nulls() -> None:
    before = pl.DataFrame({"value": ["2020-01-01", "2020-01-11", None], "share": [0.4, 0.4, 0.2]})
    after = pl.DataFrame({"value": ["2020-01-11", None], "share": [0.8, 0.2]})
    found = distances(before, after, pl.Date())
    assert found.total_variation == pytest.approx(0.4)
    assert (found.kolmogorov_smirnov, found.wasserstein) == pytest.approx((0.5, 0.5))


def test_an_unknown_quasi_identifier_is_refused(people: Path) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        compare_tables(people, people, quasi_identifiers=["agee"])
    assert refusal.value.code == "unknown-column"

"""Risk is measured on the bytes, and agrees with a second engine and with paper."""

import hashlib
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desensitize.errors import DesensitizeError, TableError
from desensitize.risk import measure


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
    }


def test_without_quasi_identifiers_all_rows_are_one_class(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": range(7), "b": [1, 2] * 3 + [2]}).write_parquet(path)
    figures = measure(path, quasi_identifiers=[], sensitive=["b"])
    assert (figures.classes, figures.smallest_class, figures.unique_rows) == (1, 7, 0)
    assert (figures.l, figures.t) == (2, 0.0)
    assert measure(path, quasi_identifiers=[]).l is None


def test_an_empty_table_has_no_class_at_all(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": []}, schema={"a": pl.String}).write_parquet(path)
    for quasi_identifiers in ([], ["a"]):
        figures = measure(path, quasi_identifiers=quasi_identifiers, sensitive=["a"])
        assert (figures.rows, figures.classes, figures.smallest_class) == (0, 0, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 3), st.sampled_from("xyz")),
        min_size=1,
        max_size=60,
    )
)
def test_duckdb_counts_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str | None, int, str]]
) -> None:
    path = tmp_path_factory.mktemp("risk") / "t.parquet"
    pl.DataFrame(rows, schema={"q": pl.String, "r": pl.Int64, "s": pl.String}, orient="row").cast(
        {"r": pl.Int64}
    ).write_parquet(path)
    figures = measure(path, quasi_identifiers=["q", "r"], sensitive=["s"])
    with duckdb.connect() as database:
        classes = database.execute(
            "select count(*), count(distinct s) from read_parquet(?) group by q, r", [str(path)]
        ).fetchall()
        distances = database.execute(
            """
            with t as (select * from read_parquet($path)),
            c as (select distinct q, r from t), v as (select distinct s from t)
            select sum(abs(
                (select count(*) from t where t.q is not distinct from c.q and t.r = c.r
                 and t.s = v.s) * 1.0
                / (select count(*) from t where t.q is not distinct from c.q and t.r = c.r)
                - (select count(*) from t where t.s = v.s) * 1.0 / (select count(*) from t)
            )) / 2
            from c, v group by c.q, c.r
            """,
            {"path": str(path)},
        ).fetchall()
    sizes = [size for size, _ in classes]
    assert (figures.classes, figures.smallest_class) == (len(sizes), min(sizes))
    assert figures.unique_rows == sizes.count(1)
    assert figures.l == min(different for _, different in classes)
    assert figures.t == pytest.approx(max(float(far) for (far,) in distances), abs=1e-9)


def test_what_cannot_be_measured_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"age": [1]}).write_parquet(path)
    with pytest.raises(DesensitizeError, match="Did you mean “age”") as refusal:
        measure(path, quasi_identifiers=["agee"])
    assert refusal.value.code == "unknown_column"
    path.write_bytes(b"no parquet")
    with pytest.raises(TableError) as broken:
        measure(path, quasi_identifiers=[])
    assert broken.value.code == "unreadable_table"

"""Rows by how many others they look like, and what each generalized column lost."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.engines import column_losses, run_policy
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import ColumnRule, Policy
from desensitize.risk import class_sizes, compare_tables


@given(st.lists(st.sampled_from(["a", "b", "c", None, ""]), max_size=130))
def test_bands_hold_every_row_once(
    tmp_path_factory: pytest.TempPathFactory, values: list[str]
) -> None:
    path = tmp_path_factory.mktemp("sizes") / "table.parquet"
    pl.DataFrame({"town": values}, schema={"town": pl.String}).write_parquet(path)
    bands = class_sizes(path, quasi_identifiers=["town"])
    counts = Counter(values).values()
    for band in bands:
        top = band.largest or len(values)
        inside = [count for count in counts if band.smallest <= count <= top]
        assert (band.classes, band.rows) == (len(inside), sum(inside))
    assert sum(band.rows for band in bands) == len(values)


def test_without_quasi_identifiers_there_are_no_bands(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    pl.DataFrame({"town": ["a"]}).write_parquet(path)
    assert class_sizes(path, quasi_identifiers=[]) == ()
    with pytest.raises(DesensitizeError, match="town"):
        class_sizes(path, quasi_identifiers=["twon"])
    path.write_bytes(b"nothing")
    with pytest.raises(TableError):
        class_sizes(path, quasi_identifiers=["town"])


def test_losses_are_those_of_the_comparison(tmp_path: Path) -> None:
    source, target = tmp_path / "source.parquet", tmp_path / "target.parquet"
    ages = [20 + number * 7 % 60 for number in range(300)]
    pl.DataFrame({"age": ages, "pay": ages}).write_parquet(source)
    rules = (ColumnRule("age", "quasi", "generalize"), ColumnRule("pay", "other", "keep"))
    policy = Policy(rules, smallest_class=20)
    made = run_policy(source, target, policy, keys=None, work=tmp_path)
    compared = compare_tables(source, target, quasi_identifiers=["age"])
    losses = column_losses(source, target, policy)
    assert losses == {"age": compared.columns[0].loss}
    assert losses["age"] == pytest.approx(made.loss)
    assert losses["age"] > 0
    target.unlink()
    with pytest.raises(TableError):
        column_losses(source, target, policy)

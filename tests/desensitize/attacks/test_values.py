"""Values: a file's columns are numbered as they come, and their texts are read when asked for."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks.values import encode_columns
from desensitize.errors import TableError

ROWS = 400
RANDOM = np.random.default_rng(4)
TABLE = pl.DataFrame(
    {
        "text": RANDOM.choice(["a", "", "名", "longer than what stands in line"], ROWS),
        "number": RANDOM.integers(0, 300, ROWS),
        "share": RANDOM.choice([-0.0, 0.0, 1.5, float("nan")], ROWS),
        "day": pl.Series(RANDOM.integers(0, 90, ROWS)).cast(pl.Int32).cast(pl.Date),
        "nothing": pl.Series([None] * ROWS),
    }
).with_columns(
    pl.when(pl.int_range(pl.len()) % 7 != 0).then("text").alias("missing"),
    pl.col("text").cast(pl.Categorical).alias("kind"),
    pl.struct("text", "number").alias("both"),
    pl.col("number").cast(pl.Int128).alias("long"),
)


@pytest.mark.parametrize("column", TABLE.columns)
def test_values_are_those_of_a_group_by(tmp_path: Path, column: str) -> None:
    path = tmp_path / "table.parquet"
    TABLE.write_parquet(path)
    values = encode_columns(path)[column]
    grouped = TABLE.select(pl.col(column)).group_by(column, maintain_order=True).len()
    expected = grouped[column].cast(pl.String)
    assert values.texts.equals(expected.rename(values.texts.name), null_equal=True)
    assert values.counts.tolist() == grouped["len"].to_list()
    # There is one zero.
    cells, found = (
        one.cast(pl.String).replace("-0.0", "0.0") for one in (TABLE[column], values.texts)
    )
    assert found.gather(values.codes).to_list() == cells.to_list()
    assert (values.rows, values.different) == (ROWS, grouped.height)


def test_texts_of_one_column_alone_are_kept(tmp_path: Path) -> None:
    """Those of another column come from the file again, which somebody may have taken away."""
    path = tmp_path / "table.parquet"
    TABLE.write_parquet(path)
    values = encode_columns(path)
    assert values["text"].texts is values["text"].texts
    path.unlink()
    assert values["text"].texts.len() == 4
    with pytest.raises(TableError, match="cannot be read"):
        assert values["number"].texts.len()
    assert values["number"].different > 1

"""Hierarchies that are made from the values of a column."""

import polars as pl
import pytest

from desensitize.errors import DesensitizeError
from desensitize.privacy import generate_hierarchy


def test_made_prefixes_of_codes() -> None:
    regions = ["310000", "310104", "110101"]
    for dtype, name in ((pl.String(), "a"), (pl.Int64(), "行政区划")):
        rows = generate_hierarchy(name, regions, dtype).rows
        assert rows[1] == ("310000", "3100**", "31****", "*")
    # Six digits are amounts unless the column says otherwise.
    assert generate_hierarchy("income", regions, pl.Int64()).rows[1][1].startswith("[")
    assert generate_hierarchy("income", regions, pl.Int64(), shape="codes").rows[1][1] == "3100**"
    assert generate_hierarchy("a", ["AB1", "AB2", "CD1"], pl.String()).rows[0] == (
        "AB1", "AB*", "A**", "*",
    )  # fmt: skip
    assert generate_hierarchy("a", ["Wang", "Chen", "Long"], pl.String()).levels == 2


@pytest.mark.parametrize("shape", ["numbers", "dates", "codes", "value"])
def test_a_shape_that_values_lack_is_refused(shape: str) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        generate_hierarchy("a", ["x", "yy", "zzz"], pl.String(), shape=shape)
    assert refusal.value.code == ("unknown_shape" if shape == "value" else "bad_hierarchy")

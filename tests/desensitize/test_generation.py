"""Hierarchies that are made from the values of a column."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert refusal.value.code == ("unknown-shape" if shape == "value" else "bad-hierarchy")


@given(
    numbers=st.one_of(
        st.lists(st.integers(-(10**15), 10**15), min_size=3, max_size=40),
        st.lists(
            st.floats(-1e12, 1e12, allow_nan=False).map(lambda one: round(one, 6)),
            min_size=3,
            max_size=40,
        ),
        # Close together and far from nought, as numbers of orders and moments are.
        st.tuples(
            st.integers(10**9, 10**14), st.lists(st.integers(0, 500), min_size=3, max_size=40)
        ).map(lambda pair: [pair[0] + one for one in pair[1]]),
    )
)
def test_made_intervals_only_merge(numbers: list[float]) -> None:
    """However large the numbers are: what two labels are at one level they are at the one below."""
    slack = 1e-12 * max(map(abs, numbers))
    hierarchy = generate_hierarchy("a", [str(one) for one in numbers], pl.Float64())
    for row in hierarchy.rows:
        for label in row[1:-1]:
            start, end = (float(part) for part in label[1:-1].split(", "))
            assert start - slack <= float(row[0]) <= end + slack

"""Every mask keeps its contract; each one does what its name says."""

import hmac
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.crypto import KeyRing
from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS, describe, make_mask

KEYS = KeyRing(bytes(range(32)), dataset="survey", recipient="bank")
REQUIRED: dict[str, dict[str, Any]] = {
    "constant": {"value": "x"},
    "generalize_bins": {"width": 10},
    "hierarchy": {"hierarchy": [["a", "letter"], ["b", "letter"]]},
    "top_bottom_code": {"top": 65},
    "shift_dates": {"subject": "who"},
    "add_noise": {"scale": 1},
    "sample": {"share": 0.5},
}
# What shows a value by design, and what is public anyway.
CLEAR = {name for name, mask in MASKS.items() if mask.description.releases_clear}
OPAQUE = {
    name for name, mask in MASKS.items() if name not in CLEAR and not mask.description.omits_column
}
ODD: list[pl.Series] = [
    pl.Series("c", [], dtype=pl.String),
    pl.Series("c", [None, None], dtype=pl.String),
    pl.Series("c", ["", " ", "a", None]),
    pl.Series("c", ["张三", "аbв", "🙂🙂🙂", "e\u0301", "x" * 1_000_000, "two\nlines"]),
    pl.Series(
        "c", ["١٢٣٤٥٦٧٨٩", "１３８００１３８０００", "\x00", "\ufeff110105194912310021", "9" * 999]
    ),
    pl.Series("c", ["31.23,121.47", "91.5", "-181", "13800138000", "6222 0231 1111 1111"]),
    pl.Series("c", ["1990-05-01", "1990/05/01", "19900501", "not a date", "1990-02-30"]),
    pl.Series("c", [1, -5, None, 2**62]),
    pl.Series("c", [1.5, float("nan"), float("inf"), float("-inf"), None, 1e300]),
    pl.Series("c", [True, False, None]),
    pl.Series("c", [date(1990, 5, 1), None, date(1, 1, 1), date(9999, 12, 31)]),
    pl.Series("c", ["1990-05-01 12:00", None]).str.to_datetime("%Y-%m-%d %H:%M"),
    pl.Series("c", [datetime(1990, 5, 1, tzinfo=UTC)], dtype=pl.Datetime("ms", "UTC")),
    pl.Series("c", [time(1, 2), None]),
    pl.Series("c", [timedelta(days=1), None]),
    pl.Series("c", ["a", "b", None], dtype=pl.Categorical),
    pl.Series("c", ["a", None], dtype=pl.Enum(["a", "b"])),
    pl.Series("c", [Decimal("1.50"), None]),
    pl.Series("c", [b"\xff\x00", b"a", None]),
    pl.Series("c", [[1, 2], [], None]),
    pl.Series("c", [[1, 2], None], dtype=pl.Array(pl.Int64, 2)),
    pl.Series("c", [{"a": "张三"}, None]),
    pl.Series("c", [{1}, None], dtype=pl.Object),
]


def mask(name: str, values: pl.Series, options: dict[str, Any]) -> pl.Series | None:
    beside = pl.DataFrame({"who": [str(row % 7) for row in range(len(values))]})
    return make_mask(name, options).apply(values, keys=KEYS, beside=beside)


def applied(name: str, values: pl.Series, **options: object) -> list[Any]:
    masked = mask(name, values, options)
    assert masked is not None
    return masked.to_list()


@pytest.mark.parametrize("name", MASKS)
@pytest.mark.parametrize("values", ODD, ids=lambda values: f"{values.dtype}-{len(values)}")
def test_every_mask_takes_any_value_and_keeps_rows_and_nulls(name: str, values: pl.Series) -> None:
    masked = mask(name, values, REQUIRED.get(name, {}))
    if MASKS[name].description.omits_column:
        assert masked is None
        return
    assert masked is not None
    assert len(masked) == len(values)
    if name != "constant":
        assert masked.filter(values.is_null()).is_null().all()
    if name not in CLEAR:
        shown = {str(value) for value in masked.drop_nulls().to_list()}
        assert not shown & {str(value) for value in values.drop_nulls().to_list()} - {""}


@pytest.mark.parametrize("name", MASKS)
@pytest.mark.parametrize("dtype", [pl.Date(), pl.Datetime("us"), pl.Datetime("ns", "UTC")], ids=str)
def test_dates_that_no_calendar_has_break_no_mask(name: str, dtype: pl.DataType) -> None:
    far = pl.Series("c", [0, -(2**31), 2**31 - 1] if dtype == pl.Date else [0, -(2**63), 2**63 - 1])
    masked = mask(
        name,
        far.cast(pl.Int32 if dtype == pl.Date else pl.Int64).cast(dtype),
        REQUIRED.get(name, {}),
    )
    assert masked is None or len(masked) == 3


@pytest.mark.parametrize("name", sorted(OPAQUE))
@given(values=st.lists(st.text(min_size=4, max_size=30), min_size=1))
def test_no_text_gets_through_unmasked(name: str, values: list[str]) -> None:
    masked = mask(name, pl.Series("c", values), REQUIRED.get(name, {}))
    assert masked is not None
    for before, after in zip(values, masked.to_list(), strict=True):
        assert after is None or after != before or set(before) == {"*"}


@pytest.mark.parametrize("description", describe(), ids=lambda one: str(one.name))
def test_options_are_checked_at_construction(description: Any) -> None:
    good = REQUIRED.get(description.name, {})
    with pytest.raises(DesensitizeError) as refusal:
        make_mask(description.name, {**good, "widht": 3})
    assert refusal.value.code == "unknown-option"
    for option in description.options:
        with pytest.raises(DesensitizeError) as refusal:
            make_mask(description.name, {**good, option.name: object()})
        assert refusal.value.code == "bad-option"
        if option.required:
            without = {name: value for name, value in good.items() if name != option.name}
            with pytest.raises(DesensitizeError) as refusal:
                make_mask(description.name, without)
            assert refusal.value.code == "missing-option"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("generalize_bins", {"width": 0}),
        ("generalize_bins", {"width": float("nan")}),
        ("generalize_bins", {"width": True}),
        ("partial", {"keep_first": -1}),
        ("partial", {"keep_first": 1.0}),
        ("pseudonym", {"digits": 4}),
        ("pseudonym", {"digits": 65}),
        ("truncate_date", {"unit": "week"}),
        ("top_bottom_code", {"bottom": 5, "top": 4}),
        ("hierarchy", {"hierarchy": [["a", "b"]], "level": 2}),
        ("hierarchy", {"hierarchy": []}),
        ("hierarchy", {"hierarchy": [["a", 1]]}),
    ],
)
def test_a_senseless_option_is_refused(name: str, options: dict[str, object]) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        make_mask(name, options)
    assert refusal.value.code == "bad-option"


def test_an_unknown_mask_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(DesensitizeError, match="Did you mean “pseudonym”") as refusal:
        make_mask("pseudonim", {})
    assert refusal.value.code == "unknown-mask"


def test_partial_hides_the_middle_and_suppresses_what_would_show_in_full() -> None:
    values = pl.Series("c", ["张三", "诸葛亮亮", "李", "", None])
    assert applied("partial", values) == ["张*", "诸***", None, None, None]
    assert applied("partial", pl.Series("c", ["13812345678"]), keep_first=3, keep_last=4) == [
        "138****5678"
    ]
    assert applied("partial", pl.Series("c", [13812345678]), mark="$1") == ["1" + "$1" * 10]


def test_pseudonyms_are_hmac_and_cannot_be_joined_between_recipients() -> None:
    key = KEYS.key(column="c", purpose="pseudonym:release").hex().encode()
    expected = hmac.new(key, "张三".encode(), "sha256").hexdigest()[:32]
    values = pl.Series("c", ["张三", "李四", "张三"])
    assert applied("pseudonym", values)[0] == expected == applied("pseudonym", values)[2]
    other = KeyRing(bytes(range(32)), dataset="survey", recipient="insurer")
    masked = make_mask("pseudonym", {}).apply(values, keys=other)
    assert masked is not None
    assert not set(masked) & set(applied("pseudonym", values))


def test_a_pseudonym_without_a_key_is_refused() -> None:
    with pytest.raises(DesensitizeError) as refusal:
        make_mask("pseudonym", {}).apply(pl.Series("c", ["a"]))
    assert refusal.value.code == "key-needed"


def test_bins_hold_their_numbers() -> None:
    values = pl.Series("c", [-1, 0, 9, 10, None])
    assert applied("generalize_bins", values, width=10) == [
        "[-10, 0)", "[0, 10)", "[0, 10)", "[10, 20)", None,
    ]  # fmt: skip
    assert applied("generalize_bins", pl.Series("c", ["7", "x", "NaN"]), width=5) == [
        "[5, 10)", None, None,
    ]  # fmt: skip


def test_extremes_are_cut_without_rounding_large_numbers() -> None:
    values = pl.Series("c", [17, 2**53 + 1, 90])
    assert applied("top_bottom_code", values, bottom=20, top=2**60) == [20, 2**53 + 1, 90]
    assert applied("top_bottom_code", values, top=80) == [17, 80, 80]
    assert applied("top_bottom_code", pl.Series("c", ["5", "x"]), top=4) == [4.0, None]


def test_dates_are_cut_in_every_usual_order() -> None:
    values = pl.Series("c", ["1990-05-01", "1990/05/01", "1990年05月01日", "01.05.1990", None])
    assert applied("truncate_date", values, unit="month") == ["1990-05"] * 3 + [None, None]
    assert applied("truncate_date", pl.Series("c", [date(1990, 5, 1)]), unit="quarter") == [
        "1990-Q2"
    ]


def test_a_value_outside_the_hierarchy_is_suppressed() -> None:
    values = pl.Series("c", ["a", "z", None])
    assert applied("hierarchy", values, **REQUIRED["hierarchy"]) == ["letter", None, None]

"""Each mask does what its name says."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import fmean, pstdev
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from desensitize.crypto import KeyRing
from desensitize.errors import DesensitizeError
from desensitize.masks import MaskContext, make_mask
from desensitize.masks.contract import ReversibleMask
from desensitize.masks.id_space import region_codes
from tests.desensitize.standards import cmac, ff1

KEYS = KeyRing(bytes(range(32)), dataset="survey", recipient="bank")


def masked(
    name: str, values: pl.Series, beside: pl.DataFrame | None = None, **options: object
) -> pl.Series:
    answer = make_mask(name, options).apply(values, keys=KEYS, beside=beside)
    assert answer is not None
    return answer


def recovered(name: str, values: pl.Series, **options: object) -> list[str | None]:
    mask = make_mask(name, options)
    assert isinstance(mask, ReversibleMask)
    return mask.recover(values, keys=KEYS).to_list()


def test_cmac_pseudonyms_are_codes() -> None:
    key = KEYS.key(column="c", purpose="cmac_pseudonym:release")
    values = pl.Series("c", ["张三", None, ""])
    expected = [cmac(key, "张三".encode()).hex()[:12], None, cmac(key, b"").hex()[:12]]
    assert masked("cmac_pseudonym", values, digits=12).to_list() == expected


def test_ff1_keeps_the_form_and_leads_back() -> None:
    values = pl.Series("c", ["138-0013-8000", "6222 0231 1111 1111", "12345", "138x0013800", None])
    encrypted = masked("ff1", values)
    key = KEYS.key(column="c", purpose="ff1:release")
    digits = ff1(key, b"c", 10, "13800138000", encrypt=True)
    assert encrypted[0] == f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    assert recovered("ff1", encrypted) == [*values[:2], None, None, None]
    assert recovered("ff1", pl.Series("other", encrypted[:1].to_list())) != [values[0]]


def test_surrogates_are_valid_and_lead_back(vectors: Callable[[str], Any]) -> None:
    cases = vectors("gb11643_id.json")
    values = pl.Series("c", [*cases["valid"], "130503670401001", " 11010519491231002x "])
    surrogates = masked("surrogate_id", values)
    regions = {str(code) for code in region_codes()}
    for before, after in zip(values, surrogates, strict=True):
        assert after != before
        assert len(after) == len(before.strip())
        assert after[:6] in regions
        born = after[6:14] if len(after) == 18 else "19" + after[6:12]
        assert 1900 <= date.fromisoformat(born).year <= 2025
        if len(after) == 18:
            assert calc_check_digit(after) == after[17]
    assert surrogates.n_unique() == values.n_unique()
    assert recovered("surrogate_id", surrogates) == [one.strip().upper() for one in values]


def test_what_is_no_identity_number_has_no_surrogate(vectors: Callable[[str], Any]) -> None:
    cases = vectors("gb11643_id.json")
    wrong = [case["v"] for case in cases["invalid"]]
    wrong += ["000000199001010009", "110101199013010016", "13050367130100", "", "张三", "1" * 18]
    assert masked("surrogate_id", pl.Series("c", wrong)).null_count() == len(wrong)
    late = pl.Series("c", cases["valid"][:1])
    assert masked("surrogate_id", late, first_year=1990, last_year=1995).to_list() == [None]


@given(st.integers(0, 6000), st.dates(date(1900, 1, 1), date(2025, 12, 31)), st.integers(0, 999))
def test_every_identity_number_leads_back(region: int, born: date, sequence: int) -> None:
    first = f"{region_codes()[region]}{born:%Y%m%d}{sequence:03d}"
    number = first + calc_check_digit(first + "0")
    surrogate = masked("surrogate_id", pl.Series("c", [number]))
    assert recovered("surrogate_id", surrogate) == [number]


def test_tokens_have_their_alphabet_and_length_and_differ() -> None:
    values = pl.Series("c", [str(number) for number in range(20_000)])
    tokens = masked("tokenize", values, alphabet="readable", length=10)
    assert tokens.n_unique() == len(values)
    assert tokens.str.contains("^[2-9A-HJKMNP-TV-Z]{10}$").all()
    spread = Counter("".join(tokens)).values()
    assert len(spread) == 30
    assert min(spread) > 0.9 * fmean(spread)
    with pytest.raises(DesensitizeError, match="at least 15"):
        make_mask("tokenize", {"alphabet": "digits", "length": 14})


def test_inventions_are_of_their_kind_and_stable() -> None:
    values = pl.Series("c", ["张三", "李四", "张三", None])
    names = masked("invent", values)
    assert names[0] == names[2] not in {"张三", None}
    assert names[3] is None
    assert masked("invent", values, kind="address_zh").str.ends_with("号").sum() == 3
    assert masked("invent", values, kind="email").str.ends_with("@example.org").sum() == 3
    assert masked("invent", values, kind="company_en").str.contains(" ").sum() == 3


def test_an_invention_is_never_the_original() -> None:
    names = masked("invent", pl.Series("c", [str(row) for row in range(3000)])).unique()
    again = masked("invent", names)
    assert not (again == names).any()


def test_coordinates_are_cut_to_a_grid() -> None:
    numbers = pl.Series("c", [31.2304, -31.2304, 0.29, 181.0, None])
    assert masked("truncate_coordinates", numbers).to_list() == [31.23, -31.24, 0.29, None, None]
    texts = pl.Series(
        "c", ["31.2304, 121.4737", "31.2304", "(31.2304，121.4737)", "north", "1,999"]
    )
    assert masked("truncate_coordinates", texts, decimals=1).to_list() == [
        "31.2,121.4", "31.2", "31.2,121.4", None, None,
    ]  # fmt: skip


def test_dates_of_one_subject_move_together() -> None:
    days = pl.Series("c", [date(2020, 1, 1) + timedelta(days=row) for row in range(60)])
    beside = pl.DataFrame({"who": [str(row % 6) for row in range(60)]})
    shifted = masked("shift_dates", days, beside, subject="who", most_days=10, least_days=3)
    moves: dict[str, set[int]] = {}
    for who, before, after in zip(beside["who"], days, shifted, strict=True):
        moves.setdefault(who, set()).add((after - before).days)
    assert all(len(one) == 1 and 3 <= abs(next(iter(one))) <= 10 for one in moves.values())
    assert len({next(iter(one)) for one in moves.values()}) > 1
    texts = days.dt.strftime("%Y年%m月%d日")
    again = masked("shift_dates", texts, beside, subject="who", most_days=10, least_days=3)
    assert again.to_list() == [str(one) for one in shifted]
    renamed = days.alias("discharged")
    other = masked("shift_dates", renamed, beside, subject="who", most_days=10, least_days=3)
    assert other.to_list() == shifted.to_list()


def test_times_keep_their_hour_and_dates_without_a_subject_are_lost() -> None:
    moments = pl.Series("c", ["2020-05-01 13:45"] * 2).str.to_datetime("%Y-%m-%d %H:%M")
    beside = pl.DataFrame({"who": ["a", None]})
    shifted = masked("shift_dates", moments, beside, subject="who")
    assert isinstance(shifted[0], datetime)
    assert (shifted[0].hour, shifted[0].minute, shifted[1]) == (13, 45, None)
    assert shifted[0] != moments[0]


def test_every_shift_within_its_bounds_is_drawn() -> None:
    who = [str(row) for row in range(2000)]
    days = pl.Series("c", [date(2020, 1, 1)] * 2000)
    shifted = masked(
        "shift_dates", days, pl.DataFrame({"who": who}), subject="who", most_days=3, least_days=2
    )
    assert {(one - date(2020, 1, 1)).days for one in shifted} == {-3, -2, 2, 3}


def test_a_column_of_subjects_must_be_there() -> None:
    with pytest.raises(DesensitizeError) as refusal:
        masked("shift_dates", pl.Series("c", ["2020-01-01"]), subject="who")
    assert refusal.value.code == "unknown-column"
    with pytest.raises(DesensitizeError) as refusal:
        masked("shift_dates", pl.Series("c", ["2020-01-01"]), subject="c")
    assert refusal.value.code == "bad-option"


@pytest.mark.parametrize(
    ("distribution", "scale", "deviation"),
    [("laplace", 5, 5 * 2**0.5), ("gaussian", 5, 5.0), ("multiplicative", 0.05, 5.0)],
)
def test_noise_has_its_mean_and_strength(distribution: str, scale: float, deviation: float) -> None:
    noisy = masked(
        "add_noise", pl.Series("c", [100.0] * 40_000), distribution=distribution, scale=scale
    )
    assert abs(fmean(noisy) - 100) < 0.2
    assert abs(pstdev(noisy) / deviation - 1) < 0.05
    assert noisy.n_unique() > 39_000
    whole = masked("add_noise", pl.Series("c", [100] * 9), distribution=distribution, scale=scale)
    assert whole.dtype == pl.Int64


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=60),
    st.sampled_from([1, 10, 100]),
)
def test_swapping_only_moves_values_within_blocks(values: list[int | None], window: int) -> None:
    numbers = pl.Series("c", values, dtype=pl.Int64)
    beside = pl.DataFrame(
        {"area": ["ab"[row % 2] for row in range(len(values))]}, schema={"area": pl.String}
    )
    swapped = masked("swap", numbers, beside, window=window, block="area")
    for area in "ab":
        inside = beside["area"] == area
        assert Counter(swapped.filter(inside)) == Counter(numbers.filter(inside))
    assert (swapped.is_null() == numbers.is_null()).all()


def test_swapped_values_stay_near_their_rank() -> None:
    numbers = pl.Series("c", [(row * 7919) % 10_000 for row in range(10_000)])
    swapped = masked("swap", numbers, window=2)
    assert sorted(swapped) == sorted(numbers)
    moves = [abs(after - before) for before, after in zip(numbers, swapped, strict=True)]
    assert max(moves) <= 201
    assert moves.count(0) < 500
    assert masked("swap", pl.Series("c", ["a", "b"]), window=100).sort().to_list() == ["a", "b"]


@given(
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=60),
    st.integers(2, 5),
    st.sampled_from(["fixed", "mdav"]),
    st.sampled_from(["mean", "median"]),
)
def test_microaggregates_stand_for_enough_values(
    values: list[float | None], size: int, grouping: str, statistic: str
) -> None:
    numbers = pl.Series("c", values, dtype=pl.Float64)
    grouped = masked("microaggregate", numbers, size=size, grouping=grouping, statistic=statistic)
    present = len(numbers.drop_nulls())
    if present < size:
        assert grouped.null_count() == len(values)
        return
    assert (grouped.is_null() == numbers.is_null()).all()
    assert min(Counter(grouped.drop_nulls()).values()) >= size
    if statistic == "mean":
        assert abs(sum(grouped.drop_nulls()) - sum(numbers.drop_nulls())) < 1e-3


def test_mdav_takes_groups_from_the_far_ends() -> None:
    numbers = pl.Series("c", [50, 1, 2, 51, 100, 99, 3, 98, 52])
    grouped = masked("microaggregate", numbers, size=3, grouping="mdav").to_list()
    assert grouped == [51.0, 2.0, 2.0, 51.0, 99.0, 99.0, 2.0, 99.0, 51.0]
    uneven = pl.Series("c", [0, 10, 11, 12, 13])
    assert masked("microaggregate", uneven, size=2, grouping="mdav").to_list() == [
        5.0,
        5.0,
        12.0,
        12.0,
        12.0,
    ]


def test_a_sample_keeps_its_share_and_its_persons_together() -> None:
    values = pl.Series("c", [str(row // 4) for row in range(40_000)])
    context_free = values.to_frame()
    mask = make_mask("sample", {"share": 0.25, "by": "value"})
    assert mask.apply(values, keys=KEYS) is None
    chosen = mask.chosen_rows(pl.col("c"), MaskContext(values.name, values.dtype, KEYS))
    assert chosen is not None
    kept = context_free.filter(chosen)["c"]
    assert 0.22 < kept.len() / values.len() < 0.28
    assert set(Counter(kept).values()) == {4}

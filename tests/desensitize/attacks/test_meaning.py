"""What released cells can mean: every value stands under what was made of it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.meaning import ANYTHING, Meaning, read_column, read_release
from desensitize.attacks.reasons import UNKNOWN_ORIGIN
from desensitize.attacks.values import encode
from desensitize.crypto import KeyRing
from desensitize.detectors.cn_id import check_character
from desensitize.masks import make_mask
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Hierarchy

NOWHERE = Path("nowhere.parquet")
DAYS = [datetime.date(1970, 1, 1) + datetime.timedelta(days=37 * n % 9_000) for n in range(300)]
AGES = [18 + 7 * n % 71 for n in range(300)]
WAGES = [3_000 + 7_919 * n % 60_000 for n in range(300)]
MOBILES = [f"138{pow(7, n, 10**8 - 11):08d}" for n in range(300)]
NAMES = ["张三", "李四", "欧阳修", "王五", "赵六", "Jane", "John", "Mary"] * 30
NUMBERS = [
    (start := f"11010519{50 + n % 50}0{1 + n % 9}1{n % 10}{n:03d}") + check_character(start)
    for n in range(300)
]


def read(
    values: list[Any], labels: list[Any], rule: ColumnRule | None = None, **known: Any
) -> Meaning:
    policy = None if rule is None else Policy((rule,))
    release = Release(NOWHERE, NOWHERE, policy=policy, **known)
    source, released = pl.Series("c", values, strict=False), pl.Series("c", labels, strict=False)
    return read_column(encode(source), encode(released), release, "c")


def meant(meaning: Meaning, label: str | None) -> set[str | None]:
    place = meaning.released.texts.to_list().index(label)
    if meaning.level[place] == ANYTHING:
        return {"anything"}
    stands = meaning.climbed[meaning.level[place]] == meaning.key[place]
    return set(meaning.source.texts.filter(pl.Series(stands)).to_list())


def texts(values: list[Any], keep: Any) -> set[str]:
    return {str(value) for value in values if keep(value)}


@pytest.mark.parametrize(
    ("label", "keep"),
    [
        ("20-39", lambda age: 20 <= age <= 39),
        ("20–39", lambda age: 20 <= age <= 39),
        ("20 至 39 岁", lambda age: 20 <= age <= 39),
        ("[20, 40)", lambda age: 20 <= age < 40),
        ("(20,40]", lambda age: 20 < age <= 40),
        ("≥ 80", lambda age: age >= 80),
        ("80+", lambda age: age >= 80),
        ("> 80", lambda age: age > 80),
        ("80岁以上", lambda age: age >= 80),
        ("<20", lambda age: age < 20),
        ("[, 30)", lambda age: age < 30),
        ("39.0", lambda age: age == 39),
        ("39", lambda age: age == 39),
    ],
)
def test_intervals(label: str, keep: Any) -> None:
    assert meant(read(AGES, [label, "*"]), label) == texts(AGES, keep)


def test_intervals_of_all_widths_may_overlap() -> None:
    labels = ["20-39", "35-39", "36", "18-87", "*", "38–41"]
    found = read(AGES, labels)
    assert found.unread == 0
    assert meant(found, "35-39") == texts(AGES, lambda age: 35 <= age <= 39)
    assert meant(found, "38–41") == texts(AGES, lambda age: 38 <= age <= 41)
    assert meant(found, "36") == {"36"}
    assert meant(found, "*") == {"anything"}


@pytest.mark.parametrize(
    "form", ["%Y", "%Y-%m", "%Y/%m/%d", "%Y年%m月", "%Y-%m-01", "%Y%m", "%Y-Q{q}", "%Y0s"]
)
def test_periods(form: str) -> None:
    def shown(day: datetime.date) -> str:
        if form == "%Y0s":
            return f"{day.year // 10}0s"
        return day.strftime(form).replace("{q}", str((day.month + 2) // 3))

    labels = [shown(day) for day in DAYS]
    found = read(DAYS, labels)
    assert found.unread == 0
    for label in set(labels[:20]):
        assert meant(found, label) == {str(day) for day in DAYS if shown(day) == label}


@pytest.mark.parametrize(
    ("values", "cut", "telling"),
    [
        (MOBILES, lambda text: text[:3] + "****" + text[7:], True),
        (MOBILES, lambda text: text[:10], True),
        (MOBILES, lambda text: text[:4] + text[5:], True),
        (MOBILES, lambda text: text[:3] + "-" + text[3:7] + "-" + text[7:], True),
        (MOBILES, lambda text: text[:7] + "xxxx", False),
        (NUMBERS, lambda text: text[:17], True),
        (NUMBERS, lambda text: text[:14] + "****", True),
        (NUMBERS, lambda text: text[:6] + "*" * 12, False),
        (NAMES, lambda text: text[0] + "**", False),
        (NAMES, lambda text: text[0] + "…", False),
        (NAMES, lambda text: text[0], False),
        (NAMES, lambda text: text[0] + ".", False),
    ],
)
def test_parts_of_values(values: list[str], cut: Any, telling: bool) -> None:
    labels = [cut(value) for value in values]
    found = read(values, labels)
    rows = np.arange(len(values))
    assert found.unread == 0
    assert found.fits(rows, rows).all()
    alone = sum(len(meant(found, label)) == 1 for label in set(labels)) / len(set(labels))
    assert (alone > 0.8) == telling or not telling
    for label in list(dict.fromkeys(labels))[:10]:
        fitting = {value for value in values if cut(value) == label}
        assert fitting <= meant(found, label)


@pytest.mark.parametrize(
    "made",
    [
        lambda wage: round(wage / 1_000) * 1_000,
        lambda wage: wage // 500 * 500,
        lambda wage: min(wage, 50_000),
        lambda wage: max(4_000, min(wage, 50_000)),
    ],
)
def test_rounded_and_cut_numbers(made: Any) -> None:
    found = read(WAGES, [made(wage) for wage in WAGES])
    rows = np.arange(len(WAGES))
    assert found.unread == 0
    assert found.fits(rows, rows).all()
    assert float(np.mean(found.shares())) < 0.1


def test_hierarchies_also_with_one_label_on_two_levels() -> None:
    rows = [("a", "A", "X"), ("b", "A", "X"), ("c", "c", "X"), ("d", "d", "A")]
    hierarchy = Hierarchy.checked("c", rows)
    found = read(list("aabbccdd"), ["A", "X", "c", "*"], hierarchies={"c": hierarchy})
    assert meant(found, "A") == {"a", "b", "d"}
    assert meant(found, "X") == {"a", "b", "c"}
    assert meant(found, "c") == {"c"}
    assert found.unread == 0


def test_other_names_are_counted() -> None:
    values = ["a"] * 5 + ["b"] * 7 + ["c"] * 7 + ["d"] * 30
    names = {"a": "x1", "b": "x2", "c": "x3", "d": "x4"}
    found = read(values, [names[value] for value in values])
    assert meant(found, "x1") == {"a"}
    assert meant(found, "x2") == meant(found, "x3") == {"b", "c"}
    # With three rows left out, 4 of 5 and 7 of 7 can no longer be told apart; 29 of 30 can.
    fewer = read(values, [names[value] for value in values[1:-1]][:-1])
    assert meant(fewer, "x4") == {"d"}
    assert {"a"} < meant(fewer, "x1")


def test_empty_cells_are_values_unless_there_are_more_than_before() -> None:
    assert meant(read([None, 1, 2, 3], [None, 1, 2]), None) == {None}
    assert meant(read([None, 1, 2, 3], [None, None, 2]), None) == {"anything"}


def test_numbers_that_nothing_explains_are_unread() -> None:
    noisy = [wage + 0.123 * n for n, wage in enumerate(WAGES, start=1)]
    assert read(WAGES, noisy).unread == len(WAGES)


MASKED: list[tuple[str, dict[str, Any], list[Any], float]] = [
    ("keep", {}, WAGES, 1.0),
    ("partial", {"keep_first": 3, "keep_last": 4}, MOBILES, 1.0),
    ("generalize_bins", {"width": 7.5}, WAGES, 1.0),
    ("top_bottom_code", {"bottom": 4_000, "top": 9_000}, WAGES, 1.0),
    ("truncate_date", {"unit": "quarter"}, DAYS, 1.0),
    ("truncate_date", {"unit": "month"}, DAYS, 1.0),
    ("truncate_coordinates", {"decimals": 1}, [30 + n / 7 for n in range(300)], 1.0),
    ("microaggregate", {"size": 5}, WAGES, 1.0),
    ("swap", {"window": 3}, WAGES, 0.9),
    ("add_noise", {"scale": 50.0}, WAGES, 0.98),
    ("add_noise", {"scale": 0.05, "distribution": "multiplicative"}, WAGES, 0.98),
    ("pseudonym", {}, NAMES, 1.0),
    ("redact", {}, NAMES, 1.0),
]


@pytest.mark.parametrize(("mask", "options", "values", "share"), MASKED)
def test_the_value_stands_under_what_its_mask_made(
    mask: str, options: dict[str, Any], values: list[Any], share: float
) -> None:
    """Every mask that can be read is: the own row always fits."""
    series = pl.Series("c", values)
    masked = make_mask(mask, options).apply(series, keys=KeyRing.generate())
    assert masked is not None
    rule = ColumnRule("c", "other", mask, options)
    found = read(values, masked.to_list(), rule)
    rows = np.arange(len(values))
    assert found.fits(rows, rows).mean() >= share
    assert found.unread == 0
    if mask not in ("redact", "pseudonym"):
        assert float(np.mean(found.shares())) < 0.25


def test_noise_further_out_than_expected_stands_for_the_nearest_values() -> None:
    rule = ColumnRule("c", "other", "add_noise", {"scale": 50.0})
    found = read([1_000, 2_000, 3_000] * 100, [1_020, 2_500, -500] * 100, rule)
    assert found.unread == 0
    assert meant(found, "1020") == {"1000"}
    assert meant(found, "2500") == {"2000", "3000"}
    assert meant(found, "-500") == {"1000"}


def test_columns_are_found_under_other_names_and_as_bounds(tmp_path: Path) -> None:
    source, released = tmp_path / "s.parquet", tmp_path / "r.parquet"
    pl.DataFrame({"id number": NUMBERS, "age": AGES, "wage": WAGES}).write_parquet(source)
    pl.DataFrame(
        {
            "ID_Number": NUMBERS,
            "zj": [number[:17] for number in NUMBERS],
            "age_from": [age // 20 * 20 for age in AGES],
            "age_to": [age // 20 * 20 + 19 for age in AGES],
            "pay": WAGES,
            "drawn": [n * 0.37 for n in range(300)],
        }
    ).drop("zj").write_parquet(released)
    found = read_release(Release(source, released))
    origins = {name: meaning.source.column for name, meaning in found.meanings.items()}
    assert origins == {"ID_Number": "id number", "age_from, age_to": "age", "pay": "wage"}
    rows = np.arange(300)
    assert all(meaning.fits(rows, rows).all() for meaning in found.meanings.values())
    assert float(found.meanings["age_from, age_to"].shares().max()) < 0.4
    assert found.not_read == (UNKNOWN_ORIGIN(column="drawn"),)


def test_a_value_may_be_drawn_oftener_than_it_was_there(tmp_path: Path) -> None:
    """Elsewhere what stands in more rows is another name; rows of nobody are no fewer or more."""
    source, drawn = tmp_path / "source.parquet", tmp_path / "drawn.parquet"
    ages = [20 + place % 40 for place in range(200)]
    pl.DataFrame({"sex": ["m"] * 120 + ["f"] * 80, "age": ages}).write_parquet(source)
    pl.DataFrame({"sex": ["f"] * 110 + ["m"] * 90, "age": ages[::-1]}).write_parquet(drawn)
    release = Release(source, drawn, ("sex", "age"), (), is_synthetic=True)
    meanings = read_release(release).meanings
    assert meant(meanings["sex"], "f") == {"f"}
    assert meant(meanings["age"], "20") == {"20"}
    named = read_release(replace(release, is_synthetic=False)).meanings
    assert "sex" not in named or meant(named["sex"], "f") != {"f"}

"""Columns are told by their values, under whatever headers, and nothing makes detection fail."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing.parametric import dataframes

from benchmarks.detection import is_false_positive, is_right
from benchmarks.labelled import PERSONAL, TRAPS, labelled_table, with_meaningless_headers
from desensitize.detectors import Proposal, classify_columns, classify_table
from desensitize.detectors.sampling import sampled_column

AMBIGUOUS = {"six digits", "six digits as text", "order_no from 13 to 19"}
"""What nobody can tell from postcodes and mobile numbers in a few rows."""


def classified(table: pl.DataFrame) -> dict[str, Proposal]:
    columns = [sampled_column(column, table.height) for column in table.get_columns()]
    return {one.name: one for one in classify_columns(columns)}


def told(*cells: object, name: str = "c1") -> tuple[str, str | None]:
    found = classified(pl.DataFrame({name: pl.Series(cells, strict=False)}))[name]
    return found.role, found.kind


@pytest.mark.parametrize(
    ("rows", "nulls", "as_text"),
    [(10, 0.0, False), (40, 0.5, False), (300, 0.1, False), (120, 0.0, True)],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_unseen_tables_of_26_columns_are_told(
    rows: int, nulls: float, as_text: bool, seed: int
) -> None:
    source = random.Random(100 * rows + seed)
    names = source.sample(sorted(PERSONAL), 18)
    names += source.sample(sorted(TRAPS.keys() - AMBIGUOUS), 8)
    made = labelled_table(names, rows=rows, seed=seed, nulls=nulls, as_text=as_text)
    table, labels = with_meaningless_headers(*made, seed=seed)
    found = classified(table)
    wrong = {
        labels[name].origin: (one.role, one.kind, one.evidence)
        for name, one in found.items()
        if not is_right(one, labels[name])
    }
    assert len(wrong) <= 2, wrong
    assert sum(is_false_positive(one, labels[name]) for name, one in found.items()) <= 1, wrong


def test_traps_are_not_taken_for_persons() -> None:
    names = sorted(TRAPS.keys() - AMBIGUOUS)
    made = labelled_table(names, rows=200, seed=7)
    table, labels = with_meaningless_headers(*made, seed=7)
    found = classified(table)
    assert {
        labels[name].origin: one.evidence
        for name, one in found.items()
        if is_false_positive(one, labels[name])
    } == {}


def test_headers_in_three_scripts_are_read() -> None:
    names = sorted({*PERSONAL, *TRAPS} - AMBIGUOUS)
    table, labels = labelled_table(names, rows=60, seed=3)
    found = classified(table)
    wrong = {
        name: (one.role, one.kind) for name, one in found.items() if not is_right(one, labels[name])
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("年龄", "quasi"),
        ("csrq", "quasi"),
        ("xing_ming", "direct"),
        ("khXm", "direct"),
        ("customerName", "direct"),
        ("shouji-hao", "direct"),
        ("file_name", "other"),
        ("product_name", "other"),
        ("bank card no", "direct"),
        ("指纹模板", "sensitive"),
        ("wechat_id", "direct"),
        ("order_no", "other"),
        ("月收入", "sensitive"),
    ],
)
def test_header_alone_gives_a_role(header: str, role: str) -> None:
    assert told("x1", "y2", "z3", name=header)[0] == role


def test_a_word_inside_a_longer_word_says_nothing() -> None:
    assert told("甲乙丙", "丁戊己", name="公司名称") == ("other", None)
    assert told("10.1.2.3", "10.9.8.7", name="IP地址") == ("direct", "IP")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["11010519491231002X", "440524188001010014"], "CN_ID"),
        (["110105 19491231 002X", "440524-18800101-0014"], "CN_ID"),
        (["１１０１０５１９４９１２３１００２Ｘ"], "CN_ID"),
        # Invented by somebody who knew the form and not the check digit.
        (["110105199001011230", "440524198001010011", "310104197512120000"], "CN_ID"),
        ([13812345678.0, 15912345678.0, None], "CN_MOBILE"),
        (["(+86)138 1234 5678", "0086-13912345678", "13712345678.0"], "CN_MOBILE"),
        (["010-62345678转801", "(0755)2345678", "+86 21 62345678"], "CN_LANDLINE"),
        (["粤B·D12345", "京AF12345", "WJ京1234A", "沪A1234学"], "CN_PLATE"),
        (["阿卜杜拉·买买提", "欧阳修远", "张伟先生", "王芳"], "CN_NAME"),
        (["Zhang Wei", "LI XIAOMING", "Wang, Fang", "ouyang na"], "EN_NAME"),
        (["O'Connor, Mary", "Dr. Jean-Luc Martin", "Robert de Niro", "Anna Smith"], "EN_NAME"),
        (["2001:db8::1", "fe80::1", "192.168.1.1:8080"], "IP"),
        (["00:1B:44:11:3A:B7", "00-1B-44-11-3A-B8", "001b.4411.3ab7"], "MAC"),
        (["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000"], "IBAN"),
        (["2024-01-05", "5/1/2024", "2024年1月5日", "Jan 5, 2024", "20240105"], "DATE"),
        ([date(2024, 1, 5), date(2024, 2, 7)], "DATE"),
        ([datetime(2024, 1, 5, tzinfo=UTC), None], "DATE"),
        (["39.9042, 116.4074", "N22.5431,E114.0579", "POINT(116.4 39.9)"], "GEO"),
        (["男", "男", "女"], "GENDER"),
        (["A123456(3)", "G123456(A)", "1234567(8)"], "HK_MO_TW_ID"),
        (["+44 20 7946 0958", "+1 212 555 0123", "+81 3 1234 5678"], "PHONE"),
        ([["13812345678"], ["a@example.org"]], "FREE_TEXT_PII"),
        ([{"tel": "13812345678", "note": "ring"}, {"tel": "", "note": ""}], "FREE_TEXT_PII"),
        (["客户张伟的手机是13812345678。"], "FREE_TEXT_PII"),
        (["张伟13812345678", "李娜13912345678"], "FREE_TEXT_PII"),
    ],
)
def test_forms_of_a_kind(cells: list[object], kind: str) -> None:
    assert told(*cells)[1] == kind


@pytest.mark.parametrize(
    "cells",
    [
        [None, None],
        ["", "-", "N/A", "无"],
        [True, False],
        [1.5, float("nan"), float("inf")],
        [b"\xff\x00", None],
        [[], [None]],
        ["1.2.3.4", "2.0.1.0", "3.10.0.2"],
        ["S", "M", "L"],
        ["A", "B", "C", "D"],
        [1_700_000_000_000 + 977 * row for row in range(30)],
    ],
)
def test_nothing_personal(cells: list[object]) -> None:
    assert told(*cells) == ("other", None)


def test_coordinates_prove_one_another() -> None:
    table = pl.DataFrame(
        {
            "c1": [39.9 + row * 0.012345678912 for row in range(20)],
            "c2": [116.4 + row * 0.012345678912 for row in range(20)],
            "c3": [row * 0.012345678912 for row in range(20)],
        }
    )
    assert {name: one.kind for name, one in classified(table).items()} == {
        "c1": "GEO",
        "c2": "GEO",
        "c3": None,
    }
    assert classified(table.select("c1"))["c1"].kind is None


def test_dates_of_birth_are_told_by_their_spread() -> None:
    births = [f"{1940 + 3 * row}-0{1 + row % 9}-15" for row in range(20)]
    assert told(*births) == ("quasi", "DATE")
    assert told(*[f"2024-0{1 + row % 9}-15" for row in range(20)]) == ("other", "DATE")


@settings(suppress_health_check=list(HealthCheck))
@given(table=dataframes(max_cols=5, max_size=20, allow_null=True))
def test_any_table_of_any_types_is_taken(table: pl.DataFrame) -> None:
    found = classified(table)
    assert list(found) == table.columns
    assert {one.role for one in found.values()} <= {"direct", "quasi", "sensitive", "other"}


@given(
    header=st.text(max_size=20),
    cells=st.lists(st.none() | st.text(max_size=30), max_size=20),
)
def test_any_header_and_any_text_is_taken(header: str, cells: list[str | None]) -> None:
    found = classified(pl.DataFrame({header: pl.Series(cells, dtype=pl.String)}))
    assert 0 <= found[header].confidence <= 1


def test_a_file_is_sampled_from_all_over(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    dull, mobiles = ["x"] * 40_000, [f"138{pow(7, row, 10**8 - 11):08d}" for row in range(20_000)]
    pl.DataFrame({"c1": [*dull, *mobiles], "c2": range(60_000)}).write_parquet(
        path, row_group_size=7_000
    )
    found = {one.name: one for one in classify_table(path)}
    assert (found["c1"].role, found["c1"].evidence_code) == ("direct", "some_values")
    assert found["c2"].evidence_code == "serial_numbers"

"""Detectors agree with their standards, and classification with the table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.detectors import DETECTORS, Proposal, classify_table, detector_of
from desensitize.errors import DesensitizeError
from desensitize.policy import propose_policy
from desensitize.profile import profile_table
from desensitize.risk import Finding, full_scan
from desensitize.risk.scan import CERTAIN


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("CN_ID", "gb11643_id.json"),
        ("CN_USCC", "gb32100_uscc.json"),
        ("BANK_CARD", "luhn_bankcards.json"),
    ],
)
def test_check_digits_agree_with_published_cases(
    kind: str, file: str, vectors: Callable[[str], Any]
) -> None:
    cases = vectors(file)
    valid = [*cases["valid"], *cases.get("standard_examples", []), *cases.get("examples", [])]
    # The textbook example of Luhn is shorter than any card.
    valid = [number for number in valid if number != "79927398713"]
    invalid = [case["v"] if isinstance(case, dict) else case for case in cases["invalid"]]
    detector = detector_of(kind)
    assert detector.matches(pl.Series(valid)).all()
    assert not detector.matches(pl.Series(invalid)).any()


def classified(table: pl.DataFrame, folder: Path) -> dict[str, Proposal]:
    path = folder / "t.parquet"
    table.write_parquet(path)
    return {one.name: one for one in classify_table(path, profile_table(path))}


def test_people_are_found_by_header_and_values(people: Path) -> None:
    found = {one.name: one for one in classify_table(people, profile_table(people))}
    assert {name: (one.role, one.kind) for name, one in found.items()} == {
        "name": ("direct", "CN_NAME"),
        "id_number": ("direct", "CN_ID"),
        "mobile": ("direct", "CN_MOBILE"),
        "age": ("quasi", None),
        "sex": ("quasi", "GENDER"),
        "income": ("sensitive", None),
    }
    assert found["mobile"].evidence_code == "values_and_header"
    assert found["mobile"].evidence_parameters["share"] == 100.0
    assert all(0 <= one.confidence <= 1 and one.evidence.endswith(".") for one in found.values())


def test_values_alone_tell_under_meaningless_headers(
    people: Path, tmp_path: Path, vectors: Callable[[str], Any]
) -> None:
    cards = [one for one in vectors("luhn_bankcards.json")["valid"] if len(one) >= 16]
    table = pl.read_parquet(people).select(
        c1="id_number",
        c2="mobile",
        c3="sex",
        c4=pl.Series([cards[row % len(cards)] for row in range(60)]),
        c5=pl.Series([f"person{row}@example.org" for row in range(60)]),
        c6=pl.Series([f"20{row:02d}-01-15" for row in range(60)]),
    )
    kinds = {name: one.kind for name, one in classified(table, tmp_path).items()}
    assert kinds == {
        "c1": "CN_ID",
        "c2": "CN_MOBILE",
        "c3": "GENDER",
        "c4": "BANK_CARD",
        "c5": "EMAIL",
        "c6": "DATE",
    }


def test_serials_and_measurements_are_not_taken_for_persons(tmp_path: Path) -> None:
    table = pl.DataFrame(
        {
            "a": range(13_800_000_000, 13_800_000_060),
            "b": [f"{6222020000000000 + row}" for row in range(60)],
            "c": [row * 1.5 for row in range(60)],
            "d": ["路", "南京路", "北京路"] * 20,
        }
    )
    found = classified(table, tmp_path)
    assert {name: one.kind for name, one in found.items()} == dict.fromkeys("abcd")


def test_dates_matter_beside_persons_only(people: Path, tmp_path: Path) -> None:
    days = pl.Series("day", [f"20{row:02d}-01-15" for row in range(60)])
    assert classified(days.to_frame(), tmp_path)["day"].role == "other"
    beside = pl.read_parquet(people).with_columns(days)
    assert classified(beside, tmp_path)["day"].role == "quasi"


def test_a_column_of_different_texts_may_name_persons(tmp_path: Path) -> None:
    table = pl.DataFrame({"x": [f"case {row} of the year" for row in range(60)], "y": [None] * 60})
    found = classified(table, tmp_path)
    assert (found["x"].role, found["x"].evidence_code) == ("other", "unique_values")
    assert propose_policy([*found.values()]).rule("x").mask == "drop"
    assert found["y"].evidence_code == "no_values"


def test_an_unknown_detector_is_refused() -> None:
    with pytest.raises(DesensitizeError, match="Did you mean “EMAIL”"):
        detector_of("EMAILS")
    assert set(DETECTORS) >= {"CN_ID", "CN_MOBILE", "CN_NAME", "CN_ADDRESS", "POSTCODE"}


@pytest.mark.parametrize(
    "dtype", [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64]
)
def test_whole_numbers_of_each_width_are_scanned(dtype: type[pl.DataType], tmp_path: Path) -> None:
    """As databases have them; a column without any number too."""
    path = tmp_path / "numbers.parquet"
    columns = {"some": [1, 2, None], "none": [None, None, None]}
    pl.DataFrame(columns, schema=dict.fromkeys(columns, dtype)).write_parquet(path)
    assert full_scan(path, detectors=CERTAIN) == ()
    if dtype in (pl.Int64, pl.UInt64):
        numbers = pl.DataFrame({"some": [13800138000, 2, None]}, schema={"some": dtype})
        numbers.write_parquet(path)
        assert [one.kind for one in full_scan(path, detectors=CERTAIN)] == ["CN_MOBILE"]


def test_a_full_scan_finds_one_cell_among_many(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    notes = ["nothing to see"] * 300_000
    notes[250_000] = "call 138-1234-5678 or write"
    notes[299_999] = "ID 11010519491231002X, mailto a.b@example.org"
    pl.DataFrame({"note": notes, "other": "x"}).write_parquet(path)
    found = full_scan(path)
    assert {(one.column, one.kind, one.rows) for one in found} == {
        ("note", "CN_ID", 1),
        ("note", "CN_MOBILE", 1),
        ("note", "EMAIL", 1),
    }
    assert full_scan(path, columns=["other"]) == ()
    assert full_scan(path, columns=[]) == ()
    with pytest.raises(DesensitizeError) as refusal:
        full_scan(path, columns=["notes"])
    assert refusal.value.code == "unknown-column"


def test_a_full_scan_tells_chance_from_cards(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"serial": [f"{6222020000000000 + row}" for row in range(1000)]}).write_parquet(
        path
    )
    assert full_scan(path) == ()
    pl.DataFrame({"card": ["6216610290856957", "no card"]}).write_parquet(path)
    assert full_scan(path) == (Finding("card", "BANK_CARD", 1, 0.5),)

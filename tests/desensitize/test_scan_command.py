"""`scan` says what each column is, quickly for large files, and wholly when asked."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from desensitize.cli import main
from desensitize.detectors import classify_table
from desensitize.risk import confirm
from desensitize.tables.excerpt import LEAST_BYTES, write_excerpt

ROWS, NOTE = 60_000, "nothing is to be seen in this note " * 3


def large_csv(folder: Path, *, late: str = NOTE, usual: str = NOTE) -> Path:
    """Write a CSV file above the size from which an excerpt is read; one late cell differs."""
    path = folder / "large.csv"
    mobiles = [f"138{pow(7, row, 10**8 - 11):08d}" for row in range(ROWS)]
    lines = [f"{mobile},{row},{usual}" for row, mobile in enumerate(mobiles)]
    lines[ROWS // 3] = f"{mobiles[0]},{ROWS // 3},{late}"
    path.write_text("\n".join(["c1,c2,c3", *lines, ""]), encoding="utf-8")
    assert path.stat().st_size > LEAST_BYTES
    return path


def scanned(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[str, str]]:
    assert main(["scan", *arguments, "--json"]) == 0
    columns = json.loads(capsys.readouterr().out)["columns"]
    assert all(
        set(column) == {"name", "role", "kind", "confidence", "evidence"} for column in columns
    )
    return {column["name"]: (column["role"], column["kind"]) for column in columns}


def test_a_large_csv_file_is_told_by_an_excerpt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = large_csv(tmp_path, late="mail a.b@example.org")
    excerpt = tmp_path / "excerpt.csv"
    assert write_excerpt(path, excerpt)
    assert len(excerpt.read_text(encoding="utf-8").splitlines()) == 1_001
    harmless = ("other", None)
    told = {"c1": ("direct", "CN_MOBILE"), "c2": harmless, "c3": harmless}
    assert scanned(capsys, str(path)) == told
    assert scanned(capsys, str(path), "--full") == told | {"c3": ("direct", "FREE_TEXT_PII")}


def test_a_file_whose_lines_may_not_be_records_is_read_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = large_csv(tmp_path, usual=f'"{NOTE}\nand more"')
    assert not write_excerpt(path, tmp_path / "excerpt.csv")
    assert scanned(capsys, str(path))["c1"] == ("direct", "CN_MOBILE")


def test_what_is_wrong_with_an_excerpt_is_said_of_the_file(tmp_path: Path) -> None:
    path = large_csv(tmp_path, usual="one,field,too many" * 3)
    assert write_excerpt(path, tmp_path / "excerpt.csv")
    assert main(["scan", str(path)]) != 0


def test_a_small_file_has_no_excerpt(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("c1\n13812345678\n", encoding="utf-8")
    assert not write_excerpt(path, tmp_path / "excerpt.csv")


def test_every_cell_of_a_column_is_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    notes = ["nothing to see"] * 50_000
    notes[20_001] = "身份证 11010519491231002X"
    orders = [13_800_000_000 + row for row in range(50_000)]
    pl.DataFrame({"c1": notes, "c2": orders, "c3": [1.5] * 50_000}).write_parquet(path)
    sampled = classify_table(path)
    assert {one.role for one in sampled} == {"other"}
    found = {one.name: one for one in confirm(path, sampled)}
    assert (found["c1"].role, found["c1"].kind) == ("direct", "FREE_TEXT_PII")
    assert found["c1"].evidence == "1 cells of the whole column hold CN_ID."
    assert found["c2"] == sampled[1]
    assert found["c3"] == sampled[2]


def test_chance_is_told_from_numbers_of_persons(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    spread = pow(7, 5, 10**8 - 11)
    pl.DataFrame(
        {
            "fractions": [row * 0.123456789012345 for row in range(1, 3_001)],
            "orders": [13 * 10**9 + row * spread * 1_237 % (7 * 10**9) for row in range(3_000)],
            "late": [None] * 2_999 + ["13812345678"],
        }
    ).write_parquet(path)
    found = confirm(path, classify_table(path))
    assert [(one.role, one.kind) for one in found] == [
        ("other", None),
        ("other", None),
        ("direct", "CN_MOBILE"),
    ]

"""Hostile and odd uploads end in a sentence, and the caller survives."""

import base64
import json
import lzma
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.errors import TableError
from desensitize.tables import Limits, convert, convert_in_child

CASES: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        lzma.decompress((Path(__file__).parent / "vectors" / "hostile_files.json.xz").read_bytes())
    )["files"]
}
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "xlsx-xxe-ssrf": ("unsafe-workbook", {}),
    "xlsx-sheet-bomb": ("expands-too-much", {"limit": 32 * 1024**2}),
    "zip-bomb-nested": ("archive-members", {"found": 20}),
    "zip-slip": ("unsafe-archive", {}),
    "zip-slip-win": ("unsafe-archive", {}),
    "zip-dup-names": ("archive-members", {"found": 2}),
    "csv-enc-big5": ("encoding-unsupported", {"encoding": "Big5"}),
    "csv-mixed-enc": ("encoding-mixed", {"line": 4}),
    "csv-overlong-utf8": ("encoding-unknown", {"line": 2}),
    "csv-unclosed-quote": ("unclosed-quote", {"line": 2}),
    "csv-dup-header": ("duplicate-column", {"column": "id"}),
    # A comma outside quotes makes a third field under a header of two.
    "csv-formula": ("ragged-row", {"line": 2, "found": 3, "expected": 2}),
    "empty": ("empty-file", {}),
    "html-as-csv": ("not-a-table", {"found": "a web page"}),
    "parquet-truncated": ("corrupt-parquet", {}),
    "parquet-pickle-ext": ("corrupt-parquet", {}),
    "parquet-dict-bomb": ("expands-too-much", {"limit": 1024**3}),
    "gz-bomb": ("expands-too-much", {"limit": 32 * 1024**2}),
}
READ: dict[str, list[tuple[str, ...]]] = {
    "ok-xlsx": [("hello",)],
    "xlsx-dimension-lie": [("x",)],
    # What it links to is never fetched.
    "xlsx-external-link": [("x",)],
    "csv-enc-utf16le-nobom": [("1", "张三", "10.50"), ("2", "李四", "-3.00")],
    "csv-enc-utf8bom": [("1", "张三", "10.50"), ("2", "李四", "-3.00")],
    "csv-enc-gb18030": [("1", "张三", "10.50"), ("2", "李四", "-3.00")],
    "csv-bidi": [("user\u202ecsv.exe",)],
    "csv-huge-ints": [
        ("9007199254740993",),
        ("12345678901234567890",),
        ("00123",),
        ("1e5",),
        ("0x1F",),
    ],
}


def upload(case: dict[str, Any], folder: Path) -> Path:
    path = folder / "upload"
    path.write_bytes(base64.b64decode(case["content_base64"]))
    return path


def cells(path: Path) -> list[tuple[Any, ...]]:
    return pl.read_parquet(path).select(pl.all().cast(pl.String)).rows()


@pytest.mark.drawn(9)
@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_upload_is_refused_with_its_own_code(name: str, tmp_path: Path) -> None:
    code, parameters = REFUSED[name]
    case = CASES[name]
    with pytest.raises(TableError) as refusal:
        convert_in_child(
            upload(case, tmp_path),
            tmp_path / "table.parquet",
            filename=case["filename"],
            limits=Limits(),
        )
    assert (refusal.value.code, refusal.value.parameters) == (code, parameters)
    assert [path.name for path in tmp_path.iterdir()] == ["upload"]


def test_no_case_is_left_out() -> None:
    others = {name for name in CASES if name.startswith(("parquet-flip", "png", "json"))}
    assert {*REFUSED, *READ, *others} == set(CASES)


@pytest.mark.drawn(4)
@pytest.mark.parametrize("name", READ)
def test_an_odd_upload_is_read_cell_by_cell(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    target = tmp_path / "table.parquet"
    info = convert_in_child(
        upload(case, tmp_path), target, filename=case["filename"], limits=Limits()
    )
    assert cells(target) == READ[name]
    assert info.rows == pl.read_parquet(target).height


@pytest.mark.drawn(3)
@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("parquet-flip")])
def test_flipped_bytes_never_get_through_as_a_crash(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    target = tmp_path / "table.parquet"
    # Each of these happens to hit the footer or a page header, which the reader notices.
    with pytest.raises(TableError) as refusal:
        convert_in_child(upload(case, tmp_path), target, filename=case["filename"], limits=Limits())
    assert refusal.value.code in {"corrupt-parquet", "reader-crashed", "binary-text"}
    assert not target.exists()


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case["filename"].endswith(("png", "json"))]
)
def test_other_kinds_are_named_and_refused(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    with pytest.raises(TableError) as refusal:
        convert(
            upload(case, tmp_path),
            tmp_path / "table.parquet",
            filename=case["filename"],
            limits=Limits(),
        )
    assert refusal.value.code == "unsupported-kind"
    assert "XLSX, CSV or Parquet" in str(refusal.value)


@pytest.mark.parametrize("name", ["ok-xlsx", "png-pixel-flood", "gz-bomb", "parquet-flip-00"])
def test_a_wrong_name_does_not_help(name: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as refusal:
        convert(
            upload(CASES[name], tmp_path),
            tmp_path / "table.parquet",
            filename="honest.csv",
            limits=Limits(),
        )
    assert refusal.value.code == "wrong-content"

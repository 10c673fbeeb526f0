"""Each encoding of an office is found and told; text is never guessed into nonsense."""

from pathlib import Path

import polars as pl
import pytest

from desensitize.errors import TableError
from desensitize.tables import FileForm, Limits, convert

TEXT = "编号;姓名;说明\n1;张三;前台接待\n2;李四;仓库管理\n"
ROWS = [(1, "张三", "前台接待"), (2, "李四", "仓库管理")]


def read(content: bytes, folder: Path) -> FileForm:
    source = folder / "upload"
    source.write_bytes(content)
    info = convert(source, folder / "t.parquet", filename="t.csv", limits=Limits())
    assert info.form is not None
    return info.form


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("gbk", b"", "gb18030"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_encoding_is_found(
    codec: str, mark: bytes, encoding: str, end: str, tmp_path: Path
) -> None:
    form = read(mark + TEXT.replace("\n", end).encode(codec), tmp_path)
    assert form == FileForm("csv", encoding=encoding, separator=";")
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(separator: str, tmp_path: Path) -> None:
    assert read(TEXT.replace(";", separator).encode(), tmp_path).separator == separator
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == ROWS


@pytest.mark.parametrize(
    ("content", "code", "parameters"),
    [
        (
            "編號,姓名\n1,張三豐與學生\n2,國家圖書館\n".encode("big5"),
            "encoding-unsupported",
            {"encoding": "Big5"},
        ),
        (
            "番号,名前\n1,やまだたろう\n2,すずきはなこ\n".encode("shift-jis"),
            "encoding-unsupported",
            {"encoding": "Shift-JIS"},
        ),
        (TEXT.encode("utf-32"), "encoding-unsupported", {"encoding": "UTF-32"}),
        (TEXT.encode("utf-16")[:-1], "encoding-unknown", {"line": 3}),
        (b"\xff\xfe" + b"\x00\xd8\n\x00" * 8, "encoding-unknown", {"line": 1}),
        ("a,b\n1,é\n".encode("latin-1"), "encoding-unknown", {"line": 2}),
        (TEXT.encode() + "3;王五;司机\n".encode("gbk"), "encoding-mixed", {"line": 4}),
        (b"a\x00b,c\n1,2\n", "not-a-table", {"found": "binary data"}),
    ],
)
def test_what_cannot_be_told_is_refused(
    content: bytes, code: str, parameters: dict[str, object], tmp_path: Path
) -> None:
    with pytest.raises(TableError) as refusal:
        read(content, tmp_path)
    assert (refusal.value.code, refusal.value.parameters) == (code, parameters)


def test_text_that_only_looks_encoded_stays_as_it_is(tmp_path: Path) -> None:
    # UTF-7 is plain ASCII, and marks of byte order mean nothing inside a text.
    read("a,b\n+ADw-script+AD4-,x\n\ufeffy,z\n".encode(), tmp_path)
    assert pl.read_parquet(tmp_path / "t.parquet")["a"].to_list() == [
        "+ADw-script+AD4-",
        "\ufeffy",
    ]

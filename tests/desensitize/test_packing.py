"""Packed tables are unpacked once, within limits, and nowhere else."""

import bz2
import gzip
import lzma
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import TableError
from desensitize.tables import FileForm, Limits, TableInfo, convert
from tests.given.workbooks import packed, sheet, workbook

TEXT = "id,name\n007,张三\n008,李四\n".encode()
ROWS = [("007", "张三"), ("008", "李四")]


def zstd(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return bytes(sink.getvalue())


def read(content: bytes, filename: str, folder: Path, *, limits: Limits | None = None) -> TableInfo:
    source = folder / "upload"
    source.write_bytes(content)
    return convert(source, folder / "t.parquet", filename=filename, limits=limits or Limits())


PACKED = {
    "t.csv.gz": (gzip.compress(TEXT, mtime=0), "gzip"),
    "t.gz": (gzip.compress(TEXT[:20], mtime=0) + gzip.compress(TEXT[20:], mtime=0), "gzip"),
    "t.csv.bz2": (bz2.compress(TEXT), "bzip2"),
    "t.csv.xz": (lzma.compress(TEXT), "xz"),
    "t.csv.zst": (zstd(TEXT), "zstd"),
    "t.zip": (packed({"folder/": b"", "folder/数据.csv": TEXT, "__MACOSX/._t": b"x"}), "zip"),
    "T.CSV.GZ": (gzip.compress(TEXT.decode().encode("gb18030"), mtime=0), "gzip"),
}


@pytest.mark.parametrize("filename", PACKED)
def test_each_way_of_packing_is_read(filename: str, tmp_path: Path) -> None:
    content, compression = PACKED[filename]
    info = read(content, filename, tmp_path)
    assert info.form is not None
    assert (info.form.kind, info.form.compression) == ("csv", compression)
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == ROWS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.parquet", "upload"]


def test_a_workbook_may_be_packed(tmp_path: Path) -> None:
    book = workbook(sheet(("id", "name"), ("007", "张三"), ("008", "李四")))
    info = read(packed({"t.xlsx": book}), "t.zip", tmp_path)
    assert info.form == FileForm("xlsx", "zip", sheet="S1", sheets=1)
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == ROWS


@pytest.mark.parametrize(
    ("filename", "content", "code"),
    [
        ("t.csv.gz", gzip.compress(TEXT, mtime=0)[:-9], "corrupt-archive"),
        ("t.csv.gz", gzip.compress(TEXT, mtime=0) + b"garbage", "corrupt-archive"),
        ("t.csv.xz", lzma.compress(TEXT)[:-9], "corrupt-archive"),
        ("t.csv.bz2", bz2.compress(TEXT)[:-9], "corrupt-archive"),
        ("t.csv.zst", zstd(TEXT)[:-9], "corrupt-archive"),
        ("t.csv.zst", zstd(TEXT) + b"garbage", "corrupt-archive"),
        ("t.csv.gz", bz2.compress(TEXT), "wrong-content"),
        ("t.csv.gz", TEXT, "wrong-content"),
        ("t.csv", gzip.compress(TEXT, mtime=0), "wrong-content"),
        ("t.zip", b"PK\x03\x04" + bytes(40), "corrupt-archive"),
        ("t.zip", packed({}), "archive-members"),
        ("t.zip", packed({"a.csv": TEXT, "b.csv": TEXT}), "archive-members"),
        ("t.zip", packed({"../t.csv": TEXT}), "unsafe-archive"),
        ("t.zip", packed({"/etc/t.csv": TEXT}), "unsafe-archive"),
        ("t.zip", packed({"C:\\t.csv": TEXT}), "unsafe-archive"),
        ("t.zip", packed({"t.zip": packed({"a.csv": TEXT})}), "nested-archive"),
        ("t.zip", packed({"t.csv": packed({"a.csv": TEXT})}), "wrong-content"),
        ("t.csv.gz.gz", gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "nested-archive"),
        ("t.zip", packed({"t.xls": b"x"}), "other-workbook"),
        ("t.tar.gz", gzip.compress(TEXT, mtime=0), "unsupported-kind"),
        ("t.zip", packed({"t.exe": b"x"}), "unsupported-kind"),
        ("t.csv.gz", gzip.compress(b"", mtime=0), "empty-file"),
        ("t.csv.gz", lambda: gzip.compress(b"\n" * 50_000_000, mtime=0), "expands-too-much"),
        ("t.csv.xz", lambda: lzma.compress(b"\n" * 50_000_000), "expands-too-much"),
        ("t.csv.bz2", lambda: bz2.compress(b"\n" * 50_000_000), "expands-too-much"),
        ("t.csv.zst", lambda: zstd(b"\n" * 50_000_000), "expands-too-much"),
        ("t.zip", lambda: packed({"t.csv": b"\n" * 50_000_000}), "expands-too-much"),
    ],
)
def test_what_is_packed_wrongly_is_refused(
    filename: str, content: bytes | Callable[[], bytes], code: str, tmp_path: Path
) -> None:
    """What takes long to pack is packed here, and not by every process that collects the tests."""
    with pytest.raises(TableError) as refusal:
        read(content if isinstance(content, bytes) else content(), filename, tmp_path)
    assert refusal.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["upload"]


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    content = bytearray(packed({"t.csv": TEXT}))
    # The bit for encryption, in the member's own header and in the list at the end.
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(TableError) as refusal:
        read(bytes(content), "t.zip", tmp_path)
    assert refusal.value.code == "locked-archive"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Nor taken for a table that holds the name of a place."""
    link = zipfile.ZipInfo("t.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    source = tmp_path / "links.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr(link, "/etc/passwd,a\n1,2\n")
    with pytest.raises(TableError) as refusal:
        read(source.read_bytes(), "t.zip", tmp_path)
    assert refusal.value.code == "unsafe-archive"
    assert not (tmp_path / "t.parquet").exists()


def test_a_stated_size_is_not_believed(tmp_path: Path) -> None:
    content = bytearray(packed({"t.csv": TEXT + b"009,x\n" * 5_000}))
    for place in (22, content.rindex(b"PK\x01\x02") + 24):
        content[place : place + 4] = (4).to_bytes(4, "little")
    with pytest.raises(TableError) as refusal:
        read(bytes(content), "t.zip", tmp_path)
    assert refusal.value.code in {"corrupt-archive", "no-rows"}


@given(st.sampled_from(sorted(PACKED)), st.integers(0), st.integers(1, 255))
def test_a_changed_byte_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, filename: str, place: int, change: int
) -> None:
    content = bytearray(PACKED[filename][0])
    content[place % len(content)] ^= change
    folder = tmp_path_factory.mktemp("changed")
    with suppress(TableError):
        assert read(bytes(content), filename, folder).rows > 0
    left = {path.name for path in folder.iterdir()}
    assert left in ({"upload"}, {"upload", "t.parquet"})

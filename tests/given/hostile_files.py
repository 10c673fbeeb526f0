"""Further hostile and odd uploads: name, bytes, and the code of the refusal or "" for a table."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq

from tests.given.workbooks import packed, sheet, workbook

CSV = "id,姓名\n1,张三\n2,李四\n".encode()
BOOK = sheet(("id", "name"), (1, "A"), (2, "B"))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
CORNERS = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
Case = tuple[str, bytes | Callable[[], bytes], str]
"""What is large is made when it is asked for: to collect the tests, the names are enough."""


def hostile_file(name: str) -> tuple[str, bytes, str]:
    """Return a case: the file's name, its bytes, and the code."""
    filename, content, code = hostile_files()[name]
    return filename, content() if callable(content) else content, code


@cache
def hostile_files() -> dict[str, Case]:
    """Return the cases by name."""
    return {**_texts(), **_names(), **_archives(), **_workbooks(), **_parquet_files()}


def _texts() -> dict[str, Case]:
    wide = ",".join(f"c{number}" for number in range(20_000)).encode()
    return {
        "zero-bytes": ("a.csv", b"a,b\n1,\x00\n", "not-a-table"),
        "quote-left-open": ("a.csv", b'a,b\n1,"x\n' + b"2,y\n" * 9_000, "unclosed-quote"),
        "quote-inside": ("a.csv", b'a,b\n1,"x"y"\n', "misplaced-quote"),
        "endless-line": ("a.csv", lambda: b"a,b\n" + b"1," * 9_000_000, "line-too-long"),
        "long-field": ("a.csv", b"a,b\n1," + b"x" * 200_000 + b"\n", "cell-too-long"),
        "ragged": ("a.csv", b"a,b\n1,2\n3\n4,5,6\n", "ragged-row"),
        "twice-by-width": ("a.csv", "id,ｉｄ\n1,2\n".encode(), "duplicate-column"),
        "twice-by-blanks": ("a.csv", b"name,na me\n1,2\n", "duplicate-column"),
        "twice-by-accents": ("a.csv", "caf\u00e9,cafe\u0301\n1,2\n".encode(), "duplicate-column"),
        "turned-header": ("a.csv", "a\u202eb,c\n1,2\n".encode(), "invisible-in-name"),
        "ringing-header": ("a.csv", b"a\x07b,c\n1,2\n", "invisible-in-name"),
        "returns-only": ("a.csv", b"a,b\r1,2\r3,4\r", ""),
        "mark-in-the-middle": ("a.csv", b"a,b\n1,2\n\xef\xbb\xbf3,4\n", ""),
        "two-marks": ("a.csv", b"\xef\xbb\xbf\xef\xbb\xbfa,b\n1,2\n", ""),
        "utf-7": ("a.csv", b"a,b\n+ADw-b+AD4-,1\n", ""),
        "bell-in-a-cell": ("a.csv", b"a,b\n\x07\x1b[31m,2\n", ""),
        "mixed": ("a.csv", CSV + "3,王五\n".encode("gbk"), "encoding-mixed"),
        "json": ("a.csv", b'[{"a": 1}]', "not-a-table"),
        "page": ("a.csv", "\ufeff <!DOCTYPE html>".encode(), "not-a-table"),
        "wide-page": ("a.csv", "\ufeff<html>".encode("utf-16-le"), "not-a-table"),
        "document": ("a.csv", b"%PDF-1.7\n", "wrong-content"),
        "blank": ("a.csv", b" \r\n\t\n ", "empty-file"),
        "header-only": ("a.csv", b"a,b\n", "no-rows"),
        "too-wide": ("a.csv", wide + b"\n" + wide, "too-many-columns"),
        "commands": ("a.csv", b"a,b\n=cmd|' /C calc'!A0,1\n", ""),
        "surrogates": ("a.csv", b"\xff\xfea\x00\n\x00\x00\xd8\n\x00", "encoding-unknown"),
    }


def _names() -> dict[str, Case]:
    return {
        "climbing-name": ("../../etc/x.csv", CSV, ""),
        "windows-name": ("C:\\windows\\x.csv", CSV, ""),
        "endless-name": ("x" * 300 + ".csv", CSV, ""),
        "turned-name": ("x\u202evsc.exe", CSV, "unsupported-kind"),
        "name-without-ending": ("table", CSV, "unsupported-kind"),
        "hidden-name": (".csv", CSV, "unsupported-kind"),
        "name-with-script": ("<script>.csv", CSV, ""),
        "page-as-workbook": ("a.xls", b"<html><table>", "other-workbook"),
        "picture-as-parquet": ("a.parquet", b"\xff\xd8\xff\xe0 JFIF", "wrong-content"),
        "workbook-as-text": ("a.csv", workbook(BOOK), "wrong-content"),
        "text-as-workbook": ("a.xlsx", CSV, "wrong-content"),
    }


def _archives() -> dict[str, Case]:
    return {
        "cut-gzip": ("a.csv.gz", gzip.compress(CSV)[:-6], "corrupt-archive"),
        "gzip-and-more": ("a.csv.gz", gzip.compress(CSV) + b"more", "corrupt-archive"),
        "gzip-bomb": ("a.csv.gz", lambda: gzip.compress(b"a\n" * 40_000_000, 1),
                      "expands-too-much"),
        "other-compression": ("a.csv.bz2", gzip.compress(CSV), "wrong-content"),
        "climbing-member": ("a.zip", packed({"../../a.csv": CSV}), "unsafe-archive"),
        "rooted-member": ("a.zip", packed({"/etc/cron.d/a.csv": CSV}), "unsafe-archive"),
        "many-members": ("a.zip", packed({f"{n}.csv": CSV for n in range(2_000)}),
                         "archive-members"),
        "archive-in-archive": ("a.zip", packed({"b.zip": packed({"a.csv": CSV})}),
                               "nested-archive"),
        "packed-text": ("a.zip", packed({"数据.csv": CSV}), ""),
    }  # fmt: skip


def _workbooks() -> dict[str, Case]:
    rels = b'<Relationships><Relationship TargetMode="External" Target="http://e.invalid/"/>'

    def many_empty_rows() -> bytes:
        return workbook(BOOK + "".join(f'<row r="{number}"/>' for number in range(4, 1_048_577)))

    return {
        "laughing-book": ("a.xlsx", workbook(BOOK, before=LAUGHS), "unsafe-workbook"),
        "linked-book": (
            "a.xlsx",
            workbook(BOOK, parts={"xl/externalLinks/_rels/e.xml.rels": rels}),
            "",
        ),
        "far-corners": ("a.xlsx", workbook(CORNERS), "reader-out-of-memory"),
        "million-empty-rows": ("a.xlsx", many_empty_rows, ""),
        "book-bomb": (
            "a.xlsx",
            lambda: workbook(sheet(("a",), ("x" * 50_000_000,))),
            "expands-too-much",
        ),
        "cut-book": ("a.xlsx", workbook(BOOK)[:-30], "corrupt-workbook"),
        "macro-book": ("a.xlsm", workbook(BOOK, parts={"xl/vbaProject.bin": b"x"}), ""),
        "book-without-cells": ("a.xlsx", workbook(""), "empty-workbook"),
        "commanding-book": ("a.xlsx", workbook(sheet(("a",), ("=cmd|'/C calc'!A0",))), ""),
        "named-by-a-turn": ("a.xlsx", workbook(BOOK, names=("\u202eS" * 15,)), ""),
    }


def _parquet(table: pa.Table, **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def _parquet_files() -> dict[str, Case]:
    one = pa.array([1])
    money = pa.array([Decimal("1.50"), None])
    moments = pa.array([1, None], pa.timestamp("ns"))
    twice = pa.Table.from_arrays([one, one], names=["a", "a"])
    tables: dict[str, tuple[pa.Table, str]] = {
        "lists": (pa.table({"a": [[1]]}), "nested-column"),
        "records": (pa.table({"a": [{"b": 1}]}), "nested-column"),
        "bytes": (pa.table({"a": [b"\xff"]}), "unsupported-column-type"),
        "words-by-number": (pa.table({"a": pa.array(["x", None]).dictionary_encode()}), ""),
        "money": (pa.table({"a": money}), ""),
        "twice": (twice, "duplicate-column"),
        "no-columns": (pa.table({}), "not-a-table"),
        "no-rows": (pa.table({"a": pa.array([], pa.int64())}), "no-rows"),
        "name-with-a-zero": (pa.table({"a\x00b": one}), "invisible-in-name"),
    }
    cases: dict[str, Case] = {
        f"parquet-{name}": ("a.parquet", _parquet(table), code)
        for name, (table, code) in tables.items()
    }
    old = _parquet(pa.table({"a": moments}), use_deprecated_int96_timestamps=True)
    return cases | {"parquet-int96": ("a.parquet", old, "")}

"""In what form a table came is kept with it and told in words."""

from __future__ import annotations

import gzip

import pytest

from marketplace.catalog.new_version.services import receive_upload
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.presentation import form_facts, read_as
from marketplace.core.errors import Invalid
from tests.given.catalog import draft_dataset
from tests.given.vault import upload
from tests.given.workbooks import sheet, workbook
from tests.given.world import World


def test_the_form_of_an_upload_is_kept_and_told(world: World) -> None:
    book = workbook(sheet(("a",), (1,)), sheet(("b",), (2,)), names=("First", "Second"))
    dataset = draft_dataset(world)
    first = receive_upload(
        dataset.pk, upload=upload(book, name="t.xlsx"), by=world.actor("officer")
    )
    assert (first.file_kind, first.sheet, first.sheet_count) == ("xlsx", "First", 2)
    assert form_facts(first) == [
        ("Kind of file", "Excel workbook (XLSX)"),
        ("Sheet", "First (one of 2)"),
    ]
    text = gzip.compress("编号;姓名\n1;张三\n2;李四\n".encode("gbk"))
    packed = receive_upload(
        dataset.pk, upload=upload(text, name="t.csv.gz"), by=world.actor("officer")
    )
    assert read_as(packed) == (
        "Kind of file: CSV text; Packed as: gzip; "
        "Encoding of the upload: GB18030 (also GBK and GB2312); Fields separated by: semicolon"
    )


def test_another_sheet_of_the_same_workbook_is_another_version(world: World) -> None:
    book = workbook(sheet(("a",), (1,)), sheet(("b",), (2,)))
    dataset = draft_dataset(world)

    def receive(name: str) -> DatasetVersion:
        sent = upload(book, name="t.xlsx")
        return receive_upload(dataset.pk, upload=sent, sheet=name, by=world.actor("officer"))

    assert [receive(name).number for name in ("", "S1", "S2", "S2", "")] == [1, 1, 2, 2, 2]
    with pytest.raises(Invalid) as refusal:
        receive("S3")
    assert (refusal.value.code, list(refusal.value.fields)) == ("unknown-sheet", ["sheet"])

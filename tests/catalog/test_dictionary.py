"""A data dictionary leaves as a table, comes back as one, and keeps nothing by itself."""

from __future__ import annotations

import csv
import io
import zipfile
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.dictionary import LIMITS, code_lines
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from tests.conftest import ApiClients, PageClients
from tests.given.catalog import draft_dataset, uploaded_version
from tests.given.world import World

pytestmark = pytest.mark.django_db

SAID = {
    "day": ColumnAnnotation("day", "=SUM(A1)", "-first day", "+d", "1 = @one\n2 = two"),
    "line": ColumnAnnotation("line", "线路", "Which <line>, and & more", "", ""),
}


def explained(world: World) -> DatasetVersion:
    """Return a version two of whose columns are explained, with signs that start formulas."""
    version = uploaded_version(world, draft_dataset(world))
    annotate_columns(version.pk, columns=list(SAID.values()), by=world.actor("officer"))
    return version


def said_of(version: DatasetVersion) -> dict[str, tuple[str, ...]]:
    """Return what stands of each column."""
    return {
        one.name: (one.label, one.meaning, one.unit, one.code_list) for one in columns_of(version)
    }


def brought(client: Client, version: DatasetVersion, name: str, content: bytes) -> Any:
    """Bring a dictionary to the page of the columns."""
    address = reverse("dataset_dictionary", args=[version.dataset_id])
    return client.post(address, {"upload": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_leaves_comes_back_as_it_was(world: World, page_of: PageClients, kind: str) -> None:
    version, client = explained(world), page_of("officer")
    address = reverse("version_dictionary", args=[version.pk])
    left = client.get(address, {"as": kind})
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(left.content.decode("utf-8-sig"))))
        assert rows[1][2:5] == ["'=SUM(A1)", "'+d", "'-first day"], "no formula is handed out"
    else:
        sheet = zipfile.ZipFile(io.BytesIO(left.content)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert sheet.count(b'<c t="inlineStr">') == sheet.count(b"<c ")
    before = said_of(version)
    names = [one.name for one in columns_of(version)]
    blank = [ColumnAnnotation(name=name, label="") for name in names]
    annotate_columns(version.pk, columns=blank, by=world.actor("officer"))
    answer = brought(client, version, f"dictionary.{kind}", left.content)
    forms = answer.context["formset"].forms
    shown = {
        form["name"].value(): tuple(
            form[part].value() for part in ("label", "meaning", "unit", "code_list")
        )
        for form in forms
    }
    assert shown == before
    assert set(said_of(version).values()) == {("", "", "", "")}, "nothing is kept"
    assert page_of("stranger").get(address).status_code == 404


def test_words_of_both_languages_and_what_is_left_out_by_row(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    version = uploaded_version(world, draft_dataset(world))
    table = "\n".join(
        (
            "序号,字段名,中文名,计量单位,说明,代码表",
            "1,DAY,日期,,,1=一；2：二",
            "2,lines,线路,,,",
            f"3,line,{'长' * 61},条,公交线路,",
            "4,day,again,,,",
            ",,,,,",
            "6,boardings,上客数,人次,,nonsense",
        )
    ).encode("gb18030")
    answer = brought(page_of("officer"), version, "字典.csv", table)
    text = unescape(answer.content.decode())
    values = {form["name"].value(): form for form in answer.context["formset"].forms}
    assert values["day"]["label"].value() == "日期"
    assert values["day"]["code_list"].value() == "1 = 一\n2 = 二"
    assert (values["line"]["label"].value(), values["line"]["unit"].value()) == ("", "条")
    assert values["boardings"]["code_list"].value() == ""
    for told in (
        "Row 3, “lines”: no column has this name; did you mean “line”?",
        "Row 4, “line”: The label has 61 characters; at most 60 are allowed.",
        "Row 5, “day”: it stands here twice; the first row counts",
        "Row 7, “boardings”: Line 1 of the code list is not “code = meaning”.",
        "3 columns below are filled in from the file.",
    ):
        assert told in text, told
    sent = {"upload": SimpleUploadedFile("dictionary.csv", table)}
    read = (
        api_of("officer")
        .post(reverse("api_read_dictionary", args=[version.dataset_id]), sent, format="multipart")
        .json()
    )
    assert {one["name"]: one["unit"] for one in read["columns"]} == {
        "day": "", "line": "条", "boardings": "人次",
    }  # fmt: skip
    assert len(read["notes"]) == 5
    assert set(said_of(version).values()) == {("", "", "", "")}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Label,Unit\nDay,d\n", "Nothing in the first row says"),
        (b"", "The file is empty"),
        (b"Column,Label\n" + b"x" * LIMITS.max_bytes, "a dictionary has at most"),
    ],
)
def test_what_is_no_dictionary_is_refused(
    world: World, page_of: PageClients, content: bytes, told: str
) -> None:
    version = uploaded_version(world, draft_dataset(world))
    answer = brought(page_of("officer"), version, "dictionary.csv", content)
    assert (answer.status_code, told in unescape(answer.content.decode())) == (422, True)
    assert brought(page_of("reviewer"), version, "dictionary.csv", content).status_code == 403
    assert brought(page_of("stranger"), version, "dictionary.csv", content).status_code == 404


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1=男；2=女", "1 = 男\n2 = 女"),
        ("1：男\n2＝女", "1 = 男\n2 = 女"),
        ("a = b; c", "a = b; c"),
        ("any number", "any number"),
        ("10:30 = half past ten", "10:30 = half past ten"),
    ],
)
def test_code_lists_as_people_write_them(typed: str, read: str) -> None:
    assert code_lines(typed) == read


def test_several_columns_are_set_at_once_and_saved_later(
    world: World, page_of: PageClients
) -> None:
    version = uploaded_version(world, draft_dataset(world))
    client, address = page_of("officer"), reverse("dataset_annotate", args=[version.dataset_id])
    names = [one.name for one in columns_of(version)]
    sent: dict[str, Any] = {"form-TOTAL_FORMS": len(names), "form-INITIAL_FORMS": len(names)}
    for place, name in enumerate(names):
        sent |= {f"form-{place}-name": name, f"form-{place}-label": f"Label {place}"}
    sent["form-0-unit"] = "d"
    ticked = {"all-ticked": ["1", "2"], "all-unit": "min", "set_ticked": "1"}
    answer = client.post(address, sent | ticked)
    assert answer.status_code == 200
    forms = answer.context["formset"].forms
    assert [form["unit"].value() or "" for form in forms] == ["d", "min", "min", ""]
    assert [form["label"].value() for form in forms] == [f"Label {n}" for n in range(4)]
    assert "Set for 2 columns." in answer.content.decode()
    assert {one.unit for one in columns_of(version)} == {""}, "nothing is kept"
    none = client.post(address, sent | {"all-unit": "min", "set_ticked": "1"})
    assert "Tick the columns first" in none.content.decode()
    wrong = client.post(address, sent | ticked | {"all-ticked": ["9"]})
    assert [form["unit"].value() for form in wrong.context["formset"].forms][1] is None

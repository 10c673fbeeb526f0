"""Rows for people's spreadsheets: the one place where an export is written as CSV or workbook."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse
from django.utils import timezone

BYTE_ORDER_MARK = "\ufeff"
CSV = "text/csv"
"""By it spreadsheets know UTF-8."""
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""What spreadsheets take for the start of a formula (OWASP, CSV injection)."""
NUMBER = re.compile(r"-\d+(\.\d+)?([eE][+-]?\d+)?")
"""Below zero it begins like a formula, and can be none."""


def csv_answer(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the rows as a file to download; numbers keep their sign and all their digits.

    A moment is told by the centre's clock, with its offset.
    """
    answer = HttpResponse(BYTE_ORDER_MARK, content_type=f"{CSV}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return answer


def written_csv(name: str, content: bytes) -> HttpResponse:
    """Return a table that was written with the guard as a file to download."""
    answer = HttpResponse(BYTE_ORDER_MARK, content_type=f"{CSV}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write(content)
    return answer


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    # An apostrophe keeps what somebody typed from being run.
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def without_guard(text: str) -> str:
    """Return a text that was guarded when it left as it was before."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


# The least of ECMA-376 that spreadsheets open: one sheet whose cells are texts, never formulas.

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK}.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
    f'Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def workbook_answer(name: str, rows: Iterable[Iterable[str]], *, sheet: str) -> HttpResponse:
    """Return the rows as a workbook of one sheet to download; every cell is a text."""
    lines = "".join(f"<row>{''.join(map(_text_cell, row))}</row>" for row in rows)
    parts = PARTS | {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name={quoteattr(sheet)} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>'
        "</worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, HEAD + text)
    answer = HttpResponse(packed.getvalue(), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _text_cell(text: str) -> str:
    plain = escape(UNFIT.sub("", text))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'

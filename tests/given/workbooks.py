"""Workbooks part by part, also such as no spreadsheet program writes."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(value: str | int | float | None) -> str:
    """Return the markup of one cell; a text is inline."""
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def sheet(*rows: tuple[str | int | float | None, ...]) -> str:
    """Return the markup of a sheet's rows."""
    return "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)


def workbook(
    *bodies: str,
    names: tuple[str, ...] = (),
    hidden: tuple[int, ...] = (),
    before: str = "",
    parts: dict[str, bytes] | None = None,
) -> bytes:
    """Return a workbook whose sheets have these bodies; `before` precedes each, `parts` are added.

    Sheets are named S1, S2 and so on where `names` says nothing; `hidden` counts from 0.
    """
    titles = [*names, *(f"S{number}" for number in range(len(names) + 1, len(bodies) + 1))]
    listed = _listed(titles, hidden)
    linked = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(bodies) + 1)
    )
    content = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{linked}'
        "</Relationships>",
    }
    for number, body in enumerate(bodies, start=1):
        content[f"xl/worksheets/sheet{number}.xml"] = (
            f'{before}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    return packed({name: text.encode() for name, text in content.items()} | (parts or {}))


def packed(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of members by their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _listed(titles: list[str], hidden: tuple[int, ...]) -> str:
    states = [' state="hidden"' if place in hidden else "" for place in range(len(titles))]
    return "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="r{number}"{state}/>'
        for number, (title, state) in enumerate(zip(titles, states, strict=True), start=1)
    )

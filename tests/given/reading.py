"""Reading pages as a person would, without their marks."""

from __future__ import annotations

import re
from html import unescape


def rows_of_table(page: str, name: str) -> list[list[str]]:
    """Return the text of the cells of a table's body, row by row, by the name of its region."""
    start = page.index(f'aria-label="{name}"')
    (body,) = re.findall(r"<tbody>(.*?)</tbody>", page[start : page.index("</table>", start)], re.S)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S)
    return [
        [_text(cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S)] for row in rows
    ]


def _text(marked: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", marked).split()))

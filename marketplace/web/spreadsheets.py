"""Rows for people's spreadsheets: the one place where an export is written as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal

from django.http import HttpResponse

BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know UTF-8."""
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""What spreadsheets take for the start of a formula (OWASP, CSV injection)."""


def csv_answer(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the rows as a file to download; numbers keep their sign and all their digits."""
    answer = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return answer


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    # An apostrophe keeps what somebody typed from being run.
    return f"'{text}" if FORMULA.match(text) else text

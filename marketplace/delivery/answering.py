"""Serve rows to a program: check, read, count, and only then give it away.

Outside any transaction: checking and counting are acts of their own, so that no lock is held while
a file is read. The counting act asks the grant again.
"""

from __future__ import annotations

import base64
import io
import json
import math
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.utils.translation import gettext as _

from marketplace.catalog.row_reading import Page, Question, page_of
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.delivery.models import UseKind
from marketplace.delivery.services.uses import open_rows, record_use

ARROW = "application/vnd.apache.arrow.stream"
JSON = "application/json"
MOST_ROWS = {JSON: 10_000, ARROW: 250_000}
USUAL_ROWS = {JSON: 1_000, ARROW: 250_000}
BATCH_ROWS = 65_536


@dataclass(frozen=True)
class Answer:
    """A page of rows as it is sent."""

    content: bytes
    content_type: str
    rows: int
    next_after: int | None


def answer_rows(
    grant_id: UUID, question: Question, *, content_type: str, key_id: UUID, by: Actor
) -> Answer:
    """Return a page of rows of a grant in a form, and count it.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_rows` and `record_use`.
        Invalid: as for `page_of`.
    """
    opened = open_rows(grant_id, by=by)
    with opened.file:
        most = min(question.limit, MOST_ROWS[content_type])
        if opened.left is not None:
            most = min(most, opened.left)
        try:
            page = page_of(opened.file, replace(question, limit=most), opened.projection)
        except OSError as error:
            raise WrongState(
                _("The stored file is damaged or missing. Tell the centre."), code="file-damaged"
            ) from error
    content = _as_arrow(page) if content_type == ARROW else _as_json(page)
    rows = len(page.table)
    record_use(grant_id, key_id=key_id, kind=UseKind.ROWS, rows=rows, size=len(content), by=by)
    return Answer(content, content_type, rows, page.next_after)


def _as_arrow(page: Page) -> bytes:
    """Write an Arrow stream; its schema's metadata says where the next page begins."""
    after = "" if page.next_after is None else str(page.next_after)
    table = page.table.replace_schema_metadata({"next_after": after})
    target = io.BytesIO()
    with pa.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table, max_chunksize=BATCH_ROWS)
    return target.getvalue()


def _as_json(page: Page) -> bytes:
    body = {"rows": _with_dates_as_text(page.table).to_pylist(), "next_after": page.next_after}
    try:
        text = json.dumps(body, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        body["rows"] = [
            {name: _finite(value) for name, value in row.items()} for row in body["rows"]
        ]
        text = json.dumps(body, ensure_ascii=False, default=_plain, allow_nan=False)
    return text.encode()


def _with_dates_as_text(table: Any) -> Any:
    """Write days as ISO 8601 has them, all of a column at once, which takes a tenth as long."""
    for place, field in enumerate(table.schema):
        if pa.types.is_date32(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table


def _finite(value: Any) -> Any:
    """Return the value, or None for a number that JSON cannot write."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: object) -> str | float:
    """Write what JSON has no form for: days and times as ISO 8601 has them."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, timedelta):
        return str(value)
    raise TypeError(f"JSON has no {type(value).__name__}.")

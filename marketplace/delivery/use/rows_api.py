"""Rows of a grant, for programs that hold its key."""

import base64
import io
import json
import math
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pyarrow as pa
from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from marketplace.catalog.version.rows import Page, Question, page_of
from marketplace.core import Actor, NotFound, WrongState
from marketplace.delivery.grant.api import AS_OF, AnyAccept
from marketplace.delivery.grant.as_of import AsOf, read_as_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use import serializers
from marketplace.delivery.use.authentication import GrantKeyAuthentication, GrantRate, counted
from marketplace.delivery.use.models import GrantKey, Uncounted, UseKind
from marketplace.delivery.use.repeats import Reason, answer_of, in_full, question_of
from marketplace.delivery.use.selectors import room_of
from marketplace.delivery.use.services import (
    Answered,
    open_rows,
    record_use,
    refuse_beyond_quota,
)
from marketplace.web.api import KNOWN_PARAMETER, UNCHANGED
from marketplace.web.matching import is_known
from marketplace.web.parameters import DeclaredView
from marketplace.web.requests import actor

# Serve rows to a program: check, read, count, and only then give it away.
#
# Outside any transaction: checking and counting are acts of their own, so that no lock is held
# while a file is read. The counting act asks the grant again.

ARROW = "application/vnd.apache.arrow.stream"
JSON = "application/json"
MOST_ROWS = {JSON: 10_000, ARROW: 250_000}
USUAL_ROWS = {JSON: 1_000, ARROW: 250_000}
BATCH_ROWS = 65_536
PAGED = ("after", "as_of")
"""The parameters of an address that say where it goes on."""


@dataclass(frozen=True)
class Answer:
    """A page of rows as it is sent."""

    content: bytes
    content_type: str
    rows: int
    next_after: int | None
    revision: int
    digest: str
    uncounted: Uncounted | None


def answer_rows(
    grant_id: UUID,
    question: Question,
    *,
    content_type: str,
    key_id: UUID,
    as_of: AsOf = None,
    unsent: Reason = in_full,
    is_head: bool = False,
    by: Actor,
) -> Answer:
    """Return a page of rows of a grant in a form, and count it.

    Raises:
        NotFound, NotAllowed: as for `open_rows` and `record_use`.
        WrongState: as for those; or every row of the quota was taken (`quota-used`).
        Invalid: as for `page_of`.
    """
    opened = open_rows(grant_id, as_of=as_of, delivers=not is_head, by=by)
    grant, revision = opened.grant, opened.grant.revision.number
    asked = question_of(grant_id, "rows", revision, *parts_of(question), content_type)
    with opened.file:
        most = room_for(
            grant, asked, most=min(question.limit, MOST_ROWS[content_type]), left=opened.left
        )
        try:
            page = page_of(opened.file, replace(question, limit=most), opened.projection)
        except OSError as error:
            raise WrongState(
                _("The stored file is damaged or missing. Tell the centre."), code="file-damaged"
            ) from error
    content = written(page, revision, content_type=content_type)
    digest, rows = answer_of(asked, content), len(page.table)
    answered = Answered(asked, digest, most, unsent(digest))
    record_use(
        grant_id,
        key_id=key_id,
        kind=UseKind.ROWS,
        rows=rows,
        size=len(content),
        answered=answered,
        by=by,
    )
    return Answer(
        content, content_type, rows, page.next_after, revision, digest, answered.uncounted
    )


def parts_of(question: Question) -> tuple[object, ...]:
    """Return what tells one question from another; in which order conditions stand does not."""
    conditions = sorted(json.dumps(str(one)) for one in question.conditions)
    return (question.columns, conditions, question.after, question.limit)


def room_for(grant: Grant, asked: str, *, most: int, left: int | None) -> int:
    """Return how many rows an answer may have: what the quota leaves, or as many as before.

    Raises:
        WrongState: nothing of the quota is left (`quota-used`), and it was not asked before.
    """
    if left is None or left >= most:
        return most
    before = room_of(grant, asked)
    if before is None and left <= 0:
        refuse_beyond_quota(grant, 1, left=left)
    return left if before is None else before


def written(page: Page, revision: int, *, content_type: str) -> bytes:
    """Write a page of rows in a form, with the revision that it is of."""
    return (_as_arrow if content_type == ARROW else _as_json)(page, revision)


def _as_arrow(page: Page, revision: int) -> bytes:
    """Write an Arrow stream; its schema's metadata says the revision and where the next begins."""
    after = "" if page.next_after is None else str(page.next_after)
    table = page.table.replace_schema_metadata({"next_after": after, "revision": str(revision)})
    target = io.BytesIO()
    with pa.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table, max_chunksize=BATCH_ROWS)
    return target.getvalue()


def _as_json(page: Page, revision: int) -> bytes:
    body = {
        "rows": _with_dates_as_text(page.table).to_pylist(),
        "next_after": page.next_after,
        "revision": revision,
    }
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


class GrantRows(DeclaredView):
    """Rows of what was bought, as JSON or as an Arrow stream, page by page."""

    authentication_classes = (GrantKeyAuthentication,)
    permission_classes = (IsAuthenticated,)
    throttle_classes = (GrantRate,)
    content_negotiation_class = AnyAccept
    reads = (
        OpenApiParameter("column", str, many=True, description="A column; none for all."),
        OpenApiParameter(
            "where",
            str,
            many=True,
            description='A condition as JSON, such as `["age", "ge", 30]`. All must hold. '
            "Operators: eq, ne, lt, le, gt, ge, in, null, not-null. All parameters together "
            f"have at most {serializers.LONGEST_QUESTION} characters as they are encoded.",
        ),
        AS_OF,
        OpenApiParameter("after", int, description="The `next_after` of the page before."),
        OpenApiParameter("limit", int, description="At most so many rows."),
        KNOWN_PARAMETER,
        OpenApiParameter(
            "Accept",
            str,
            OpenApiParameter.HEADER,
            description=f"`{ARROW}` for an Arrow stream, else JSON.",
        ),
    )

    @extend_schema(
        operation_id="get_grant_rows",
        summary="Take rows of a grant",
        responses={
            (200, JSON): serializers.RowsOut,
            (200, ARROW): OpenApiTypes.BINARY,
            304: OpenApiResponse(description=UNCHANGED),
        },
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Take rows of what was bought, as JSON or as an Arrow stream, page by page."""
        key = key_for(request, pk)
        content_type = ARROW if ARROW in request.headers.get("Accept", "") else JSON
        taken = serializers.RowsIn(data=request.query_params)
        taken.is_valid(raise_exception=True)
        asked: dict[str, Any] = dict(taken.validated_data)
        question = Question(
            columns=tuple(dict.fromkeys(asked["column"])),
            conditions=asked["where"],
            after=asked["after"],
            limit=asked.get("limit", USUAL_ROWS[content_type]),
        )
        with counted(pk):
            answer = answer_rows(
                pk,
                question,
                content_type=content_type,
                key_id=key.pk,
                as_of=read_as_of(asked["as_of"]),
                unsent=unsent_of(request),
                is_head=request.method == "HEAD",
                by=actor(request),
            )
        return sent_answer(request, answer, as_of=answer.revision)


def unsent_of(request: Request) -> Reason:
    """Return what tells why nothing of an answer is sent: only its head, or it is known."""

    def reason(digest: str) -> Uncounted | None:
        if request.method == "HEAD":
            return Uncounted.HEAD
        return Uncounted.KNOWN if is_known(request, f'"{digest}"') else None

    return reason


def sent_answer(request: Request, answer: Answer, *, as_of: int) -> HttpResponseBase:
    """Send a page, with the address of the next one.

    That is as of the same revision, even if the grant moves on in between.
    """
    if answer.uncounted == Uncounted.KNOWN:
        response: HttpResponseBase = HttpResponseNotModified()
    elif answer.uncounted == Uncounted.HEAD:
        # It has no length: that would tell for nothing how much the rows say.
        response = StreamingHttpResponse((), content_type=answer.content_type)
    else:
        response = HttpResponse(answer.content, content_type=answer.content_type)
    response["ETag"] = f'"{answer.digest}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Vary"] = "Accept"
    if answer.next_after is not None:
        query = [
            *((name, value) for name, value in _pairs(request) if name not in PAGED),
            ("after", str(answer.next_after)),
            ("as_of", str(as_of)),
        ]
        address = request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
        response["Link"] = f'<{address}>; rel="next"'
    return response


def key_for(request: Request, grant_id: UUID) -> GrantKey:
    """Return the key of the request, where it is one to this grant.

    Raises:
        NotFound: it is one to another grant.
    """
    key = request.auth
    if not isinstance(key, GrantKey) or key.grant_id != grant_id:
        raise NotFound(_("There is nothing at this address for your key."))
    return key


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.query_params.lists() for value in values]

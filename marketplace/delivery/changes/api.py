"""What changed since a revision, for programs that hold the key of a grant."""

from typing import Any
from uuid import UUID

import pyarrow as pa
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import Page, Question, page_of
from marketplace.core import Actor
from marketplace.delivery.changes import serializers
from marketplace.delivery.changes.services import ChangesOfGrant, look_at_changes
from marketplace.delivery.grant.api import AS_OF, AnyAccept
from marketplace.delivery.grant.as_of import read_as_of
from marketplace.delivery.use.authentication import GrantKeyAuthentication, GrantRate, counted
from marketplace.delivery.use.models import UseKind
from marketplace.delivery.use.repeats import Reason, answer_of, in_full, question_of
from marketplace.delivery.use.rows_api import (
    ARROW,
    JSON,
    MOST_ROWS,
    USUAL_ROWS,
    Answer,
    key_for,
    room_for,
    sent_answer,
    unsent_of,
    written,
)
from marketplace.delivery.use.selectors import rows_left
from marketplace.delivery.use.services import Answered, record_use
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.vault.services import open_stored
from marketplace.web.api import KNOWN_PARAMETER, UNCHANGED
from marketplace.web.parameters import DeclaredView
from marketplace.web.requests import actor

REVISION = "_revision"


def answer_changes(
    found: ChangesOfGrant,
    *,
    after: int,
    limit: int,
    content_type: str,
    key_id: UUID,
    unsent: Reason = in_full,
    is_head: bool = False,
    by: Actor,
) -> Answer:
    """Return a page of what changed, of one revision at a time, and count it.

    Raises:
        NotFound, WrongState: as for `record_use`.
    """
    grant = found.grant
    numbers = [step.given.revision.number for step in found.steps]
    asked = question_of(grant.pk, "changes", numbers, after, limit, content_type)
    most = min(limit, MOST_ROWS[content_type])
    # What changed may be nothing, which no quota refuses.
    left = None if (held := rows_left(grant)) is None else max(held, 1)
    most = room_for(grant, asked, most=most, left=left)
    page, revision = _page(found, after=after, limit=most)
    content = written(page, revision, content_type=content_type)
    digest, rows = answer_of(asked, content), len(page.table)
    answered = Answered(asked, digest, most, unsent(digest))
    record_use(
        grant.pk,
        key_id=key_id,
        kind=UseKind.CHANGES,
        rows=rows,
        size=len(content),
        answered=answered,
        by=by,
    )
    if not is_head:
        mark_delivered(grant.order_id, by=Actor.system(by.door))
    return Answer(
        content, content_type, rows, page.next_after, revision, digest, answered.uncounted
    )


def _page(found: ChangesOfGrant, *, after: int, limit: int) -> tuple[Page, int]:
    """Read the page that begins after so many changed rows of all revisions together."""
    begins = 0
    for step in found.steps:
        ends = begins + step.rows
        if after < ends or step == found.steps[-1]:
            number = step.given.revision.number
            question = Question(after=min(after, ends) - begins, limit=limit)
            with open_stored(step.file) as file:
                page = page_of(file, question, Projection())
            if page.next_after is not None:
                onward: int | None = begins + page.next_after
            else:
                onward = None if step == found.steps[-1] else ends
            numbers = pa.repeat(pa.scalar(number, pa.int32()), len(page.table))
            return Page(page.table.append_column(REVISION, numbers), onward), number
        begins = ends
    return Page(pa.table({}), None), found.grant.revision.number


class GrantChanges(DeclaredView):
    """What changed since a revision, row by row and page by page."""

    authentication_classes = (GrantKeyAuthentication,)
    permission_classes = (IsAuthenticated,)
    throttle_classes = (GrantRate,)
    content_negotiation_class = AnyAccept
    reads = (
        OpenApiParameter(
            "since",
            str,
            description="The number of a revision, or a moment: what changed after it. "
            "Without it, from the first revision on, whose rows all count as inserted.",
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
        operation_id="get_grant_changes",
        summary="Take what changed since a revision",
        responses={
            (200, JSON): serializers.ChangesOut,
            (200, ARROW): OpenApiTypes.BINARY,
            304: OpenApiResponse(description=UNCHANGED),
        },
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Take what changed since a revision, as JSON or as an Arrow stream, page by page."""
        key, by = key_for(request, pk), actor(request)
        content_type = ARROW if ARROW in request.headers.get("Accept", "") else JSON
        taken = serializers.ChangesIn(data=request.query_params)
        taken.is_valid(raise_exception=True)
        asked: dict[str, Any] = dict(taken.validated_data)
        since, until = read_as_of(asked["since"]), read_as_of(asked["as_of"])
        with counted(pk):
            found = look_at_changes(pk, opening=Opening.ROWS, since=since, until=until, by=by)
            answer = answer_changes(
                found,
                after=asked["after"],
                limit=asked.get("limit", USUAL_ROWS[content_type]),
                content_type=content_type,
                key_id=key.pk,
                unsent=unsent_of(request),
                is_head=request.method == "HEAD",
                by=by,
            )
        return sent_answer(request, answer, as_of=found.grant.revision.number)

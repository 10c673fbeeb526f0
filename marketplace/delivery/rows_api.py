"""Rows of a grant, for programs that hold its key."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from marketplace.catalog.row_reading import Question
from marketplace.core.errors import NotFound
from marketplace.delivery import serializers
from marketplace.delivery.answering import ARROW, JSON, USUAL_ROWS, answer_rows
from marketplace.delivery.api import AnyAccept
from marketplace.delivery.authentication import GrantKeyAuthentication, GrantRate, counted
from marketplace.delivery.models import GrantKey
from marketplace.web.requests import actor


class GrantRows(APIView):
    """Rows of what was bought, as JSON or as an Arrow stream, page by page."""

    authentication_classes = (GrantKeyAuthentication,)
    permission_classes = (IsAuthenticated,)
    throttle_classes = (GrantRate,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="get_grant_rows",
        summary="Take rows of a grant",
        parameters=[
            OpenApiParameter("column", str, many=True, description="A column; none for all."),
            OpenApiParameter(
                "where",
                str,
                many=True,
                description='A condition as JSON, such as `["age", "ge", 30]`. All must hold. '
                "Operators: eq, ne, lt, le, gt, ge, in, null, not-null. All parameters together "
                f"have at most {serializers.LONGEST_QUESTION} characters as they are encoded.",
            ),
            OpenApiParameter("after", int, description="The `next_after` of the page before."),
            OpenApiParameter("limit", int, description="At most so many rows."),
            OpenApiParameter(
                "Accept",
                str,
                OpenApiParameter.HEADER,
                description=f"`{ARROW}` for an Arrow stream, else JSON.",
            ),
        ],
        responses={(200, JSON): serializers.RowsOut, (200, ARROW): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
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
                pk, question, content_type=content_type, key_id=key.pk, by=actor(request)
            )
        response = HttpResponse(answer.content, content_type=answer.content_type)
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        response["Vary"] = "Accept"
        if answer.next_after is not None:
            query = [
                *((name, value) for name, value in _pairs(request) if name != "after"),
                ("after", str(answer.next_after)),
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

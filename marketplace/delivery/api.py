"""The delivery API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.delivery import selectors, serializers
from marketplace.delivery.models import Grant, GrantKey
from marketplace.delivery.modes import PARQUET
from marketplace.delivery.responses import download_response
from marketplace.delivery.services.codebooks import look_at_codebook
from marketplace.delivery.services.grants import revoke_grant
from marketplace.delivery.services.keys import IssuedKey, make_grant_key, revoke_grant_key
from marketplace.delivery.services.opening import retry_copy
from marketplace.delivery.use_months import RunningMonth, running_month_visible_to
from marketplace.preparation.models import Copy
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.requests import actor


class Grants(ListView):
    """The grants that one bought or sold; all for the centre's staff."""

    gives = serializers.GrantOut
    operation = "list_grants"
    summary = "List grants"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.grants_visible_to(by)


class OneGrant(ThingView):
    """A grant."""

    gives = serializers.GrantOut
    operation = "get_grant"
    summary = "Get a grant"

    def thing(self, by: Actor, **ids: UUID) -> Grant:
        return visible(selectors.grants_visible_to(by), pk=ids["pk"])


class OrderGrant(ThingView):
    """The grant of an order, not found until its access is open."""

    gives = serializers.GrantOut
    operation = "get_order_grant"
    summary = "Get the grant of an order"

    def thing(self, by: Actor, **ids: UUID) -> Grant:
        return selectors.grant_visible_to(by, ids["pk"])


class GrantDownloads(ListView):
    """Each time the bytes of a grant were asked for."""

    gives = serializers.DownloadOut
    operation = "list_grant_downloads"
    summary = "List the downloads of a grant"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.downloads_of(visible(selectors.grants_visible_to(by), pk=ids["pk"]))


class OrderCopy(ThingView):
    """The copy that is written for the buyer of an order, and how far it is."""

    gives = serializers.CopyOut
    operation = "get_order_copy"
    summary = "Get the buyer's copy of an order"

    def thing(self, by: Actor, **ids: UUID) -> Copy:
        return selectors.copy_visible_to(by, ids["pk"])


class RetryCopy(ActView):
    """Have a buyer's copy written again whose run failed or was cancelled."""

    gives = serializers.CopyOut
    operation = "retry_copy"
    summary = "Write the buyer's copy again"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Copy:
        """Write it again."""
        return retry_copy(ids["pk"], by=by)


class RevokeGrant(ActView):
    """Take access back, with a reason that both sides read."""

    takes = serializers.RevokeIn
    gives = serializers.GrantOut
    operation = "revoke_grant"
    summary = "Revoke a grant"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Grant:
        return revoke_grant(ids["pk"], reason=data["reason"], by=by)


class MakeGrantKey(ActView):
    """Make the key of a grant for programs; an earlier one stops. The secret is told once."""

    takes = serializers.KeyIn
    gives = serializers.IssuedKeyOut
    creates = True
    keeps_answer = False
    operation = "make_grant_key"
    summary = "Make the key of a grant"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> IssuedKey:
        return make_grant_key(ids["pk"], days=data["days"], by=by)


class RevokeGrantKey(ActView):
    """Stop a key from opening anything."""

    gives = serializers.KeyOut
    operation = "revoke_grant_key"
    summary = "Revoke the key of a grant"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> GrantKey:
        return revoke_grant_key(ids["pk"], by=by)


class GrantUses(ListView):
    """Each time a program took something of a grant."""

    gives = serializers.UseOut
    operation = "list_grant_uses"
    summary = "List the uses of a grant"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.uses_of(visible(selectors.grants_visible_to(by), pk=ids["pk"]))


class GrantRunningMonth(ThingView):
    """What the use of this month costs so far, by the code that bills it; not yet invoiced."""

    gives = serializers.RunningMonthOut
    operation = "get_grant_running_month"
    summary = "Get what this month's use of a grant costs so far"

    def thing(self, by: Actor, **ids: UUID) -> RunningMonth:
        return running_month_visible_to(by, ids["pk"])


class AnyAccept(BaseContentNegotiation):
    """Answers whatever the client accepts: there is one representation, and problems are JSON."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        """Take the first."""
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Take the first."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class GrantCodebook(ThingView):
    """What the columns of a grant mean; each request is asked anew."""

    gives = serializers.CodebookOut
    operation = "get_codebook"
    summary = "Read what the columns of a grant mean"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        return look_at_codebook(ids["pk"], by=by)


class GrantDownload(APIView):
    """The bytes of a grant, whole or one range; each request is asked anew and counted."""

    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="open_download",
        summary="Download the data of a grant",
        parameters=[
            OpenApiParameter(
                "Range",
                str,
                OpenApiParameter.HEADER,
                description="One range, such as `bytes=0-99`.",
            ),
            OpenApiParameter(
                "If-Range",
                str,
                OpenApiParameter.HEADER,
                description="The ETag, so that a range is of the very bytes known before.",
            ),
        ],
        responses={
            (200, PARQUET): OpenApiTypes.BINARY,
            (206, PARQUET): OpenApiTypes.BINARY,
            416: OpenApiResponse(description="The range lies beyond the end."),
        },
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Send the bytes of a grant, whole or one range; each request is asked anew and counted."""
        return download_response(request._request, pk, by=actor(request))

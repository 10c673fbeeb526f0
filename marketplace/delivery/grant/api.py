from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from marketplace.core import Actor, Scope
from marketplace.delivery.grant import selectors, serializers
from marketplace.delivery.grant.responses import download_response
from marketplace.delivery.grant.services import look_at_codebook
from marketplace.delivery.grant.stored import PARQUET
from marketplace.preparation.release.models import Copy
from marketplace.web.api import ThingView
from marketplace.web.parameters import DeclaredView
from marketplace.web.requests import actor

AS_OF = OpenApiParameter(
    "as_of",
    str,
    description="A revision that the grant gave: its number, or a moment as ISO 8601 has it. "
    "Without it, what the grant gives now.",
)


class OrderCopy(ThingView):
    """The copy that is written for the buyer of an order, and how far it is."""

    gives = serializers.CopyOut
    operation = "get_order_copy"
    summary = "Get the buyer's copy of an order"

    def thing(self, by: Actor, **ids: UUID) -> Copy:
        return selectors.copy_visible_to(by, ids["pk"])


class AnyAccept(DefaultContentNegotiation):
    """Answers whatever the client accepts: there is one representation, and problems are JSON."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Take the first."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class GrantCodebook(ThingView):
    """What the columns of a grant mean; each request is asked anew."""

    gives = serializers.CodebookOut
    scope = Scope.DELIVER
    operation = "get_codebook"
    summary = "Read what the columns of a grant mean"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        return look_at_codebook(ids["pk"], by=by)


class GrantDownload(DeclaredView):
    """The bytes of a grant, whole or one range; each request is asked anew and counted."""

    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyAccept
    scope = Scope.DELIVER
    refuses = frozenset({412, 416})
    reads = (
        AS_OF,
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
    )

    @extend_schema(
        operation_id="open_download",
        summary="Download the data of a grant",
        responses={
            (200, PARQUET): OpenApiTypes.BINARY,
            (206, PARQUET): OpenApiTypes.BINARY,
        },
        extensions={"x-token-scopes": [Scope.DELIVER.value]},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Send the bytes of a grant, whole or one range; each request is asked anew and counted."""
        return download_response(request._request, pk, by=actor(request))

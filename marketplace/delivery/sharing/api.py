"""The addresses of the Delta Sharing protocol, for its clients."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.core.errors import NotFound, WrongState
from marketplace.delivery.grant.api import AnyAccept
from marketplace.delivery.grant.modes import PARQUET
from marketplace.delivery.grant.responses import shared_response
from marketplace.delivery.sharing import serializers
from marketplace.delivery.sharing.protocol import (
    CAPABILITIES_HEADER,
    SCHEMA,
    SHARE,
    TABLE,
    VERSION,
    VERSION_HEADER,
    FileTicket,
    refuse_other_names,
    sign_ticket,
)
from marketplace.delivery.sharing.services import look_at_table, query_table
from marketplace.delivery.use.authentication import GrantKeyAuthentication, GrantRate, counted
from marketplace.delivery.use.models import GrantKey
from marketplace.web.requests import actor

NDJSON = "application/x-ndjson; charset=utf-8"
ITEMS: dict[str, dict[str, Any]] = {
    "share": {"name": SHARE, "id": SHARE},
    "schema": {"name": SCHEMA, "share": SHARE},
    "table": {"name": TABLE, "schema": SCHEMA, "share": SHARE, "shareId": SHARE},
}


class SharingView(APIView):
    """What a key of a grant opens through Delta Sharing."""

    authentication_classes = (GrantKeyAuthentication,)
    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyAccept


class Listed(SharingView):
    """A list that holds one thing: what the key opens."""

    item: ClassVar[str]

    def answer(self, **names: str) -> Response:
        """Return the list, where the names are those of the key's own."""
        refuse_other_names(share=names.get("share", SHARE), schema=names.get("schema", SCHEMA))
        return Response({"items": [ITEMS[self.item]]})


class Shares(Listed):
    """The share of a key."""

    item = "share"

    @extend_schema(
        operation_id="sharing_list_shares",
        summary="Delta Sharing: list shares",
        responses=serializers.SharingItemsOut,
    )
    def get(self, request: Request) -> Response:
        """List the share of a key."""
        return self.answer()


class OneShare(SharingView):
    """A share."""

    @extend_schema(
        operation_id="sharing_get_share",
        summary="Delta Sharing: get a share",
        responses=serializers.SharingItemOut,
    )
    def get(self, request: Request, share: str) -> Response:
        """Return a share."""
        refuse_other_names(share=share)
        return Response({"share": ITEMS["share"]})


class Schemas(Listed):
    """The schema of a share."""

    item = "schema"

    @extend_schema(
        operation_id="sharing_list_schemas",
        summary="Delta Sharing: list schemas",
        responses=serializers.SharingItemsOut,
    )
    def get(self, request: Request, share: str) -> Response:
        """List the schema of a share."""
        return self.answer(share=share)


class Tables(Listed):
    """The table of a schema."""

    item = "table"

    @extend_schema(
        operation_id="sharing_list_tables",
        summary="Delta Sharing: list tables",
        responses=serializers.SharingItemsOut,
    )
    def get(self, request: Request, share: str, schema: str) -> Response:
        """List the table of a schema."""
        return self.answer(share=share, schema=schema)


class AllTables(Listed):
    """The table of a share."""

    item = "table"

    @extend_schema(
        operation_id="sharing_list_all_tables",
        summary="Delta Sharing: list all tables of a share",
        responses=serializers.SharingItemsOut,
    )
    def get(self, request: Request, share: str) -> Response:
        """List the table of a share."""
        return self.answer(share=share)


class TableVersion(SharingView):
    """The version of a table, in a header: what was sold never changes."""

    @extend_schema(
        operation_id="sharing_get_table_version",
        summary="Delta Sharing: get the version of a table",
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR},
    )
    def get(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """Return the version of a table, in a header."""
        refuse_other_names(share=share, schema=schema, table=table)
        look_at_table(_key(request).grant_id, by=actor(request))
        return _versioned("")


class TableMetadata(SharingView):
    """The columns of a table."""

    @extend_schema(
        operation_id="sharing_get_table_metadata",
        summary="Delta Sharing: get the columns of a table",
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR},
    )
    def get(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """Return the columns of a table."""
        refuse_other_names(share=share, schema=schema, table=table)
        return _versioned(look_at_table(_key(request).grant_id, by=actor(request)).lines())


class TableQuery(SharingView):
    """The one file of a table, under a signed address that soon ends; hints are not needed."""

    throttle_classes = (GrantRate,)

    @extend_schema(
        operation_id="sharing_query_table",
        summary="Delta Sharing: query a table",
        request=OpenApiTypes.OBJECT,
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR},
    )
    def post(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """Return the one file of a table, and count the use."""
        refuse_other_names(share=share, schema=schema, table=table)
        key = _key(request)
        asked = request.data if isinstance(request.data, dict) else {}
        if "timestamp" in asked or asked.get("version", VERSION) != VERSION:
            raise WrongState(
                _("What was bought is one version that never changes. Ask for no other."),
                code="one-version",
            )
        with counted(key.grant_id):
            shared = query_table(key.grant_id, key_id=key.pk, by=actor(request))
        signed = sign_ticket(FileTicket(key.grant_id, key.pk))
        url = request.build_absolute_uri(reverse("sharing_file", args=[signed]))
        return _versioned(shared.lines(url=url))


class TableChanges(SharingView):
    """Changes are never told, since what was bought never changes."""

    @extend_schema(
        operation_id="sharing_get_table_changes",
        summary="Delta Sharing: refuse to list changes",
        responses={409: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, share: str, schema: str, table: str) -> Response:
        """Refuse: what was bought never changes."""
        refuse_other_names(share=share, schema=schema, table=table)
        raise WrongState(
            _("This table has no changes to load: what was bought is one version. Load the table."),
            code="no-changes",
        )


TABLE_VIEWS: dict[str, type[SharingView]] = {
    "version": TableVersion,
    "metadata": TableMetadata,
    "query": TableQuery,
    "changes": TableChanges,
}


class SharedFile(APIView):
    """The bytes of a table under a signed address, whole or one range; asked anew each time."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="sharing_get_file",
        summary="Delta Sharing: fetch the bytes of a table",
        responses={(200, PARQUET): OpenApiTypes.BINARY, (206, PARQUET): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, signed: str) -> HttpResponseBase:
        """Send the bytes of a table, whole or one range."""
        return shared_response(plain_request(request), signed)


def plain_request(request: Request) -> HttpRequest:
    """Return the request as Django made it."""
    plain: HttpRequest = request._request
    return plain


def _key(request: Request) -> GrantKey:
    if not isinstance(request.auth, GrantKey):
        raise NotFound(_("There is nothing at this address for your key."))
    return request.auth


def _versioned(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type=NDJSON)
    response[VERSION_HEADER] = str(VERSION)
    response[CAPABILITIES_HEADER] = "responseformat=parquet"
    response["Cache-Control"] = "private, no-store"
    return response

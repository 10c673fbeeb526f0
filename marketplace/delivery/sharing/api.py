"""The addresses of the Delta Sharing protocol, for its clients."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from marketplace.core import Invalid, NotFound
from marketplace.delivery.changes.selectors import first_since
from marketplace.delivery.grant.api import AnyAccept
from marketplace.delivery.grant.as_of import AsOf, read_as_of
from marketplace.delivery.grant.stored import PARQUET
from marketplace.delivery.sharing import serializers
from marketplace.delivery.sharing.protocol import (
    CAPABILITIES_HEADER,
    VERSION_HEADER,
    FileTicket,
    change_action,
    refuse_other_names,
    sign_ticket,
)
from marketplace.delivery.sharing.responses import shared_response
from marketplace.delivery.sharing.services import look_at_table, query_changes, query_table
from marketplace.delivery.use.authentication import GrantKeyAuthentication, GrantRate, counted
from marketplace.delivery.use.models import GrantKey
from marketplace.trading.listings.mode.sharing import SCHEMA, SHARE, TABLE
from marketplace.web.parameters import DeclaredView
from marketplace.web.requests import actor

NDJSON = "application/x-ndjson; charset=utf-8"
ITEMS: dict[str, dict[str, Any]] = {
    "share": {"name": SHARE, "id": SHARE},
    "schema": {"name": SCHEMA, "share": SHARE},
    "table": {"name": TABLE, "schema": SCHEMA, "share": SHARE, "shareId": SHARE},
}


class SharingView(DeclaredView):
    """What a key of a grant opens through Delta Sharing."""

    refuses_unknown = False
    authentication_classes = (GrantKeyAuthentication,)
    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyAccept


class Listed(SharingView):
    """A list that holds one thing: what the key opens."""

    item: ClassVar[str]
    reads = (
        OpenApiParameter("maxResults", int, description="Of the protocol: one thing is listed."),
        OpenApiParameter("pageToken", str, description="Of the protocol: there is one page."),
    )

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
    """The version of a table, in a header: the number of the revision that the grant gives."""

    reads = (
        OpenApiParameter("startingTimestamp", str, description="The first version since then."),
    )

    @extend_schema(
        operation_id="sharing_get_table_version",
        summary="Delta Sharing: get the version of a table",
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """Return the version of a table, in a header; with a moment the first since then."""
        refuse_other_names(share=share, schema=schema, table=table)
        key, since = _key(request), _moment(request.query_params.get("startingTimestamp", ""))
        shared = look_at_table(key.grant_id, by=actor(request))
        return _versioned("", shared.version if since is None else first_since(key.grant, since))


class TableMetadata(SharingView):
    """The columns of a table."""

    reads = (
        OpenApiParameter("version", int, description="A version of the table."),
        OpenApiParameter("timestamp", str, description="In place of the version."),
    )

    @extend_schema(
        operation_id="sharing_get_table_metadata",
        summary="Delta Sharing: get the columns of a table",
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """Return the columns of a table, of a version or as of a moment."""
        refuse_other_names(share=share, schema=schema, table=table)
        as_of = _as_of(request.query_params)
        shared = look_at_table(_key(request).grant_id, as_of=as_of, by=actor(request))
        return _versioned(shared.lines(), shared.version)


class TableQuery(SharingView):
    """The one file of a table, under a signed address that soon ends; hints are not needed."""

    throttle_classes = (GrantRate,)

    @extend_schema(
        operation_id="sharing_query_table",
        summary="Delta Sharing: query a table",
        request=OpenApiTypes.OBJECT,
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY},
    )
    def post(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """Return the one file of a table, and count the use."""
        refuse_other_names(share=share, schema=schema, table=table)
        key = _key(request)
        asked = request.data if isinstance(request.data, dict) else {}
        as_of = _as_of(asked)
        with counted(key.grant_id):
            shared = query_table(key.grant_id, key_id=key.pk, as_of=as_of, by=actor(request))
        url = _address(request, FileTicket(key.grant_id, key.pk, shared.version))
        return _versioned(shared.lines(url=url), shared.version)


class TableChanges(SharingView):
    """What changed in a table from one version to another, as its change data feed."""

    throttle_classes = (GrantRate,)
    reads = (
        OpenApiParameter("startingVersion", int, description="The first version, included."),
        OpenApiParameter("endingVersion", int, description="The last version, included."),
        OpenApiParameter("startingTimestamp", str, description="In place of the version."),
        OpenApiParameter("endingTimestamp", str, description="In place of the version."),
    )

    @extend_schema(
        operation_id="sharing_get_table_changes",
        summary="Delta Sharing: list the changes of a table",
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, share: str, schema: str, table: str) -> HttpResponse:
        """List the files of what changed, and count the use."""
        refuse_other_names(share=share, schema=schema, table=table)
        key, asked = _key(request), request.query_params
        since, until = _feed_of(asked)
        with counted(key.grant_id):
            shared, found = query_changes(
                key.grant_id, key_id=key.pk, since=since, until=until, by=actor(request)
            )
        told = [
            change_action(
                step,
                url=_address(
                    request,
                    FileTicket(key.grant_id, key.pk, step.given.revision.number, of_changes=True),
                ),
            )
            for step in found.steps
        ]
        return _versioned(shared.lines(changes=told), shared.version)


TABLE_VIEWS: dict[str, type[SharingView]] = {
    "version": TableVersion,
    "metadata": TableMetadata,
    "query": TableQuery,
    "changes": TableChanges,
}


class SharedFile(DeclaredView):
    """The bytes of a table under a signed address, whole or one range; asked anew each time."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    refuses = frozenset({403, 416})
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


def _address(request: Request, ticket: FileTicket) -> str:
    signed = reverse("sharing_file", args=[sign_ticket(ticket)])
    return str(request.build_absolute_uri(signed))


def _as_of(asked: Mapping[str, Any]) -> AsOf:
    """Read the version or the moment that a client asks for; not both."""
    version, timestamp = asked.get("version"), asked.get("timestamp")
    if version is not None and timestamp is not None:
        raise _unreadable()
    return _moment(timestamp) if version is None else _number(version)


def _feed_of(asked: Mapping[str, Any]) -> tuple[AsOf, AsOf]:
    """Read from where to where a client asks for changes: both ends of a feed are included."""
    first, since = asked.get("startingVersion"), asked.get("startingTimestamp")
    last, until = asked.get("endingVersion"), asked.get("endingTimestamp")
    if (first is None) == (since is None) or (last is not None and until is not None):
        raise _unreadable()
    moment = _moment(since)
    begins = moment - timedelta(microseconds=1) if isinstance(moment, datetime) else None
    ends = _moment(until) if last is None else _number(last)
    return (_number(first) - 1 if first is not None else begins), ends


def _number(given: object) -> int:
    found = read_as_of(str(given))
    if not isinstance(found, int):
        raise _unreadable()
    return found


def _moment(given: object) -> datetime | None:
    found = read_as_of(str(given or ""))
    if isinstance(found, int):
        raise _unreadable()
    return found


def _unreadable() -> Invalid:
    sentence = _("Name a version by its number or a moment in ISO 8601, one of the two.")
    return Invalid(sentence, code="as-of-unreadable", fields={"version": [sentence]})


def _versioned(text: str, version: int) -> HttpResponse:
    response = HttpResponse(text, content_type=NDJSON)
    response[VERSION_HEADER] = str(version)
    response[CAPABILITIES_HEADER] = "responseformat=parquet"
    response["Cache-Control"] = "private, no-store"
    return response

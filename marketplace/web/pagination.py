"""Cursor pagination, newest first, and numbered pages that count only so far."""

import hashlib
import json
from typing import Any

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from marketplace.web.bounded import serializers
from marketplace.web.requests import actor

SALT = "web.pagination.cursor"
MOST_ROWS = 200
PAGE_SIZE = serializers.IntegerField(min_value=1, max_value=MOST_ROWS)


class CursorPages(CursorPagination):
    """Pages that stay stable while rows are added.

    A cursor is signed and holds for the question that it was given for: address, filters, order
    and who asks.
    """

    ordering: tuple[str, ...] = ("-created_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = MOST_ROWS
    request: Request

    @classmethod
    def parameters(cls) -> list[OpenApiParameter]:
        """Return what a page is asked for by."""
        size = {"type": "integer", "minimum": 1, "maximum": cls.max_page_size}
        return [
            OpenApiParameter(
                cls.cursor_query_param,
                str,
                description=gettext_lazy(
                    "Where the page begins, from the address of a page beside it."
                ),
            ),
            OpenApiParameter(
                cls.page_size_query_param,
                {**size, "default": cls.page_size},
                description=gettext_lazy("How many rows the page has at most."),
            ),
        ]

    def get_page_size(self, request: Request) -> int:
        """Read how many rows a page has.

        Raises:
            ValidationError: it is no whole number from 1 to the most.
        """
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        try:
            size: int = PAGE_SIZE.run_validation(given)
            return size
        except ValidationError as error:
            raise ValidationError({self.page_size_query_param: error.detail}) from None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page: the first has none before it, the last none after."""
        described = super().get_paginated_response_schema(schema)
        for place in ("next", "previous"):
            about = described["properties"][place]
            del about["nullable"]
            about["type"] = ["string", "null"]
        return described

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read the cursor of a request.

        Raises:
            ParseError: it was not given here, or for another question.
        """
        given = request.query_params.get(self.cursor_query_param)
        if given is None:
            return None
        try:
            question, offset, is_reverse, position = signing.loads(given, salt=SALT)
        except signing.BadSignature:
            question = ""
        if question != self._question():
            raise ParseError(
                _(
                    "This cursor does not belong to this question. Leave it out to begin anew, and "
                    "follow the addresses in next and previous."
                )
            )
        return Cursor(offset=offset, reverse=is_reverse, position=position)

    def encode_cursor(self, cursor: Cursor) -> str:
        """Return the address of the page at a cursor."""
        value = [self._question(), cursor.offset, cursor.reverse, cursor.position]
        signed = signing.dumps(value, salt=SALT)
        return replace_query_param(str(self.base_url), self.cursor_query_param, signed)

    def _question(self) -> str:
        """Return the digest of what is asked, but for the place and the length of the page."""
        apart = (self.cursor_query_param, self.page_size_query_param)
        by = actor(self.request)
        asked = [
            self.request.path,
            sorted(pair for pair in self.request.query_params.lists() if pair[0] not in apart),
            list(self.ordering),
            str(by.person_id),
            str(by.organization_id),
        ]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]


class InOrder(CursorPages):
    """The same in the order that the rows have been put into."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Return the order of the rows, whose last column each row has for itself."""
        return tuple(map(str, queryset.query.order_by))


class CappedPages(Paginator):  # type: ignore[type-arg]
    """Numbered pages of the first thousand rows: nobody turns further, and counting all is slow.

    `count` is given where somebody has counted them already.
    """

    most = 1000

    def __init__(self, rows: QuerySet[Any], per_page: int, *, count: int | None = None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.count = count

    @classmethod
    def counted(cls, rows: QuerySet[Any]) -> int:
        """Count rows up to the most."""
        return rows.order_by()[: cls.most].count()

    @cached_property
    def count(self) -> int:
        """Return how many there are up to the most."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return self.counted(rows)

    @property
    def is_capped(self) -> bool:
        """Return whether there may be more."""
        return self.count == self.most

"""Cursor pagination, newest first, and numbered pages that count only so far."""

import hashlib
import json
from typing import Any

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from marketplace.web.requests import actor

SALT = "web.pagination.cursor"


class CursorPages(CursorPagination):
    """Pages that stay stable while rows are added.

    A cursor is signed and holds for the question that it was given for: address, filters, order
    and who asks.
    """

    ordering: tuple[str, ...] = ("-created_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    request: Request

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

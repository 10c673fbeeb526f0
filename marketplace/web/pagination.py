"""Cursor pagination, newest first, and numbered pages that count only so far."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """Pages that stay stable while rows are added."""

    ordering: tuple[str, ...] = ("-created_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class CappedPages(Paginator):  # type: ignore[type-arg]
    """Numbered pages of the first thousand rows: nobody turns further, and counting all is slow."""

    most = 1000

    @cached_property
    def count(self) -> int:
        """Count up to the most."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: self.most].count()

    @property
    def is_capped(self) -> bool:
        """Tell whether there may be more."""
        return self.count == self.most

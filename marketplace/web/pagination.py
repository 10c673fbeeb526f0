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
        """Answer how many there are up to the most."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return self.counted(rows)

    @property
    def is_capped(self) -> bool:
        """Tell whether there may be more."""
        return self.count == self.most

"""Cursor pagination, newest first."""

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """Pages that stay stable while rows are added."""

    ordering: tuple[str, ...] = ("-created_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

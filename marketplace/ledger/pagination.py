"""Pages of entries in the order of their rows."""

from marketplace.web.pagination import CursorPages


class EntryPages(CursorPages):
    """Newest first."""

    ordering = ("-id",)

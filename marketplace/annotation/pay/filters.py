"""What pay for labels is narrowed by."""

from __future__ import annotations

from marketplace.web.lists import ListFilters, Words


class PayFilters(ListFilters):
    """Pay for labels, as organizations look for it."""

    q = Words("project__title")

"""The notices API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.notices import serializers
from marketplace.notices.models import Notice
from marketplace.notices.selectors import notices_visible_to
from marketplace.notices.services.notices import mark_all_read, mark_notice_read
from marketplace.web.api import ActView, ListView


class Notices(ListView):
    """The caller's notices, newest first."""

    gives = serializers.NoticeOut
    operation = "list_notices"
    summary = "List notices"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Notice]:
        """Select."""
        return notices_visible_to(by)


class MarkNoticeRead(ActView):
    """Note that the caller has read a notice."""

    gives = serializers.NoticeOut
    operation = "mark_notice_read"
    summary = "Mark a notice as read"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Notice:
        """Mark."""
        return mark_notice_read(ids["pk"], by=by)


class MarkAllRead(ActView):
    """Note that the caller has read every notice."""

    gives = serializers.CountOut
    operation = "mark_all_read"
    summary = "Mark every notice as read"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, int]:
        """Mark all."""
        return {"count": mark_all_read(by=by)}

"""What the notices API gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from marketplace.notices.models import Notice
from marketplace.notices.texts import worded


class NoticeOut(serializers.ModelSerializer[Notice]):
    """A notice, in words."""

    title = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        fields = ("id", "kind", "subject", "title", "body", "url", "read_at", "created_at")

    def get_title(self, notice: Notice) -> str:
        """Say what it is about."""
        return worded(notice.kind, notice.parameters).title

    def get_body(self, notice: Notice) -> str:
        """Say what there is to do."""
        return worded(notice.kind, notice.parameters).body


class CountOut(serializers.Serializer[Any]):
    """How many notices were unread."""

    count = serializers.IntegerField()

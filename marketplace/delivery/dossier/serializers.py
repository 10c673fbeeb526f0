"""What the API gives of a trade's papers."""

from __future__ import annotations

from typing import Any

from marketplace.web.bounded import serializers


class PaperOut(serializers.Serializer[Any]):
    """One paper: the name of its file in the archive, what it shows, and its SHA-256."""

    name = serializers.CharField()
    group = serializers.CharField()
    title = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class PapersOut(serializers.Serializer[Any]):
    """The papers of a trade; `receipts_left` more receipts stand in its ZIP alone."""

    papers = PaperOut(many=True)
    receipts_left = serializers.IntegerField()

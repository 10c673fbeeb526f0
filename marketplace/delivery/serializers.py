"""What the delivery API takes and gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from marketplace.delivery.models import Download, Grant


class GrantOut(serializers.ModelSerializer[Grant]):
    """A grant."""

    class Meta:
        model = Grant
        fields = (
            *("id", "order", "organization", "listing", "version", "sha256", "size", "mode"),
            *("state", "expires_at", "reason", "created_at"),
        )


class DownloadOut(serializers.ModelSerializer[Download]):
    """One request for bytes."""

    class Meta:
        model = Download
        fields = ("id", "first_byte", "last_byte", "sent", "created_at")


class RevokeIn(serializers.Serializer[Any]):
    """Why access is taken back."""

    reason = serializers.CharField(max_length=500)

from typing import Any

from marketplace.web.bounded import serializers


class SigningLimitIn(serializers.Serializer[Any]):
    """The most that a person may sign for alone, in the centre's currency."""

    limit = serializers.DecimalField(max_digits=15, decimal_places=2, min_value=0)


class MandateOut(serializers.Serializer[Any]):
    """What a person may sign for alone: any sum as an owner, where `limit` is null, else a limit.

    `given_by` is the owner who set it; null where the centre's own limit holds.
    """

    is_owner = serializers.BooleanField()
    limit = serializers.SerializerMethodField()
    given_by = serializers.UUIDField(source="given_by_id", allow_null=True)
    given_at = serializers.DateTimeField(allow_null=True)

    def get_limit(self, mandate: Any) -> str | None:
        """Return the limit as text."""
        return None if mandate.is_owner else f"{mandate.limit:.2f}"

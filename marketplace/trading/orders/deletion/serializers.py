from typing import Any

from marketplace.core import longest_of
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.web.bounded import serializers


class DeletionIn(serializers.Serializer[Any]):
    """That use has stopped, and where, when and how every copy was deleted."""

    statement = serializers.CharField(max_length=longest_of(Deletion, "statement"))


class DeletionOut(serializers.ModelSerializer[Deletion]):
    """The statement of deletion that the buyer of an order owes or has made."""

    class Meta:
        model = Deletion
        fields = ("id", "order", "cause", "due_on", "statement", "stated_at", "created_at")

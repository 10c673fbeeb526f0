from marketplace.trading.orders.deletion.models import Deletion
from marketplace.web.bounded import serializers


class DeletionOut(serializers.ModelSerializer[Deletion]):
    """The statement of deletion that the buyer of an order owes or has made."""

    class Meta:
        model = Deletion
        fields = ("id", "order", "cause", "due_on", "statement", "stated_at", "created_at")

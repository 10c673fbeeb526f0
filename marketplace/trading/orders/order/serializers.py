from uuid import UUID

from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import serializers


class OrderOut(serializers.ModelSerializer[Order]):
    """An order."""

    seller = serializers.UUIDField(source="listing.organization_id")
    contract = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields: tuple[str, ...] = (
            *(
                "id",
                "number",
                "listing",
                "revision",
                "follows",
                "seller",
                "buyer",
                "purpose",
                "terms",
                "plan",
                "price",
                "currency",
            ),
            "is_exclusive",
            *("state", "reason", "contract", "delivered_at", "acceptance_due_on", "completed_at"),
            *("answer_due_on", "provisional_terms", "ends_on", "created_at"),
        )

    def get_contract(self, order: Order) -> UUID | None:
        """Return the id of the order's contract, once it was accepted."""
        return getattr(getattr(order, "contract", None), "pk", None)

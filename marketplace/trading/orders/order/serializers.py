from typing import Any
from uuid import UUID

from marketplace.trading.listings.listing.serializers import PlanIn
from marketplace.trading.listings.terms.serializers import TermsChangeIn
from marketplace.trading.orders.acts import acts_on_order
from marketplace.trading.orders.bought_sheet.selectors import BoughtSheet
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class BoughtSheetOut(serializers.Serializer[BoughtSheet]):
    """The frozen sheet of what was ordered, with the digest that the contract names."""

    sheet = serializers.DictField()
    sheet_digest = serializers.CharField()


class PlaceOrderIn(serializers.Serializer[Any]):
    """What the data is for, and a key under which the same request is one order.

    With a plan or terms it is an offer, which the seller accepts or not.
    """

    purpose = serializers.CharField()
    request_key = serializers.CharField()
    tier = serializers.CharField(
        default="",
        allow_blank=True,
        help_text="The code of the size, of a listing sold in several.",
    )
    plan = PlanIn(required=False, help_text="What the buyer would pay instead of what is listed.")
    terms = TermsChangeIn(
        required=False, help_text="The terms that the buyer would have instead of those listed."
    )
    message = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        help_text="To the seller, of what is offered instead.",
    )


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
        contract: Contract | None = getattr(order, "contract", None)
        return contract.pk if contract else None


class OneOrderOut(OrderOut):
    """An order with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_order)

    class Meta(OrderOut.Meta):
        fields = (*OrderOut.Meta.fields, "acts")

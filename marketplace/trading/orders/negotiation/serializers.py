from typing import Any

from marketplace.trading.listings.listing.serializers import PlanIn
from marketplace.trading.listings.terms.serializers import TermsChangeIn
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.web.bounded import serializers


class CounterOrderIn(serializers.Serializer[Any]):
    """The offer that is answered, by its SHA-256, and what is offered instead.

    Plan or terms that are left out stay as they are offered now.
    """

    offer = serializers.CharField(required=False, allow_blank=True, default="")
    plan = PlanIn(required=False)
    terms = TermsChangeIn(required=False)
    message = serializers.CharField(required=False, allow_blank=True, default="")


class OrderOfferOut(serializers.ModelSerializer[Proposal]):
    """An offer that one side made the other."""

    class Meta:
        model = Proposal
        fields = (
            *("id", "number", "side", "price", "plan", "terms", "message", "digest"),
            *("answer_due_on", "created_at"),
        )


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

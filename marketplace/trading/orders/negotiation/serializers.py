from marketplace.core.arguments import argument_of
from marketplace.trading.listings.listing.serializers import PlanIn
from marketplace.trading.listings.terms.serializers import TermsChangeIn
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.negotiation.services import Offered, counter_order, place_order
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer, serializer_field


class CounterOrderIn(ActSerializer):
    """The offer that is answered, by its SHA-256, and what is offered instead.

    Plan or terms that are left out stay as they are offered now.
    """

    takes = staticmethod(counter_order)
    plan = PlanIn(required=False)
    terms = TermsChangeIn(required=False)


class OrderOfferOut(serializers.ModelSerializer[Proposal]):
    """An offer that one side made the other."""

    class Meta:
        model = Proposal
        fields = (
            *("id", "number", "side", "price", "plan", "terms", "message", "digest"),
            *("answer_due_on", "created_at"),
        )


class PlaceOrderIn(ActSerializer):
    """What the data is for, and a key under which the same request is one order.

    With a plan or terms it is an offer, which the seller accepts or not.
    """

    takes = staticmethod(place_order)
    plan = PlanIn(required=False, help_text="What the buyer would pay instead of what is listed.")
    terms = TermsChangeIn(
        required=False, help_text="The terms that the buyer would have instead of those listed."
    )
    message = serializer_field(argument_of(Offered, "message"))

from marketplace.trading.listings.listing.serializers import PlanIn
from marketplace.trading.listings.terms.serializers import TermsChangeIn
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.services import propose_amendment
from marketplace.trading.orders.contract.serializers import SignatureOut
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer


class ProposeAmendmentIn(ActSerializer):
    """What would change of the terms, other prices of use, and a message.

    `plan` is the whole plan by use with other `bands` or another `cap`; the rest of a price stays.
    """

    takes = staticmethod(propose_amendment)
    terms = TermsChangeIn()
    plan = PlanIn(required=False)


class AmendmentOut(serializers.ModelSerializer[Amendment]):
    """An amendment with its frozen text, and whatever became of it."""

    signatures = SignatureOut(many=True, read_only=True)

    class Meta:
        model = Amendment
        fields: tuple[str, ...] = (
            *("id", "contract", "number", "side", "state", "message", "language", "text"),
            *("terms", "agreed", "digest", "answer_due_on", "provisional_terms"),
            *("reason", "ended_at"),
            *("signatures", "created_at"),
        )


class AmendmentDocumentOut(serializers.ModelSerializer[Amendment]):
    """An amendment with the document that both sides get; none before both have signed."""

    document = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = Amendment
        fields = ("id", "digest", "document")

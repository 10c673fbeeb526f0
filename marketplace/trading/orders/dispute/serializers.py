from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit
from marketplace.trading.orders.dispute.rules import acts_on_dispute
from marketplace.trading.orders.dispute.services import (
    open_dispute,
    propose_settlement,
    show_exhibit,
)
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import A_FILE, serializer_of

TextIn = serializer_of(open_dispute, name="TextIn", about="What somebody says.")


ShowIn = serializer_of(show_exhibit, name="ShowIn", about=A_FILE)
DivideIn = serializer_of(
    propose_settlement, name="DivideIn", about="How much goes back to the buyer, and why."
)


class DisputeOut(serializers.ModelSerializer[Dispute]):
    """A dispute, for both sides and the centre."""

    dossier = serializers.DictField()

    class Meta:
        model = Dispute
        fields: tuple[str, ...] = (
            *("id", "order", "organization", "text", "state", "dossier", "dossier_digest"),
            *("refund", "reason", "buyer_agreed_at", "seller_agreed_at", "appeal_until"),
            "provisional_terms",
            *("appeal", "ended_at", "created_at"),
        )


class OneDisputeOut(DisputeOut):
    """A dispute with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_dispute)

    class Meta(DisputeOut.Meta):
        fields = (*DisputeOut.Meta.fields, "acts")


class DisputeExhibitOut(serializers.ModelSerializer[DisputeExhibit]):
    """A file that a side showed."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = DisputeExhibit
        fields = ("id", "organization", "title", "name", "size", "sha256", "created_at")

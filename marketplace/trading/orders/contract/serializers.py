from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.web.bounded import serializers


class SignatureOut(serializers.ModelSerializer[Signature]):
    """A signature: how a side signed, when, and its signatory with function and mandate."""

    mandate = serializers.JSONField(read_only=True)

    class Meta:
        model = Signature
        fields = ("side", "kind", "signed_at", "mandate")


class ContractOut(serializers.ModelSerializer[Contract]):
    """A contract with its frozen text."""

    signatures = SignatureOut(many=True, read_only=True)

    class Meta:
        model = Contract
        fields: tuple[str, ...] = (
            *("id", "number", "order", "language", "text", "terms", "digest", "created_at"),
            *("agreed", "seller_signed_at", "buyer_signed_at", "signatures"),
        )


class ContractDocumentOut(serializers.ModelSerializer[Contract]):
    """A contract with the document that both sides get; none before both have signed."""

    document = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = Contract
        fields = ("id", "digest", "document")

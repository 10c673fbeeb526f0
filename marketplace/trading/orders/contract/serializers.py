from typing import Any

from marketplace.trading.orders.acts import acts_on_contract
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class AssertionIn(serializers.Serializer[Any]):
    """What a passkey answered, each in base64url without padding.

    It signs as challenge the SHA-256 of: the ASCII words `contract-signature/v1`, a zero byte, the
    32 bytes of the text's digest, the 16 bytes of the contract's UUID, and `seller` or `buyer`.
    """

    credential_id = serializers.CharField()
    client_data = serializers.CharField()
    authenticator_data = serializers.CharField()
    signature = serializers.CharField()


class SignIn(serializers.Serializer[Any]):
    """The digest of the text that was read.

    With an assertion it is a signature by passkey; else an acceptance witnessed by the centre, for
    which the code is needed that the person's authenticator app shows at this moment. Each code
    serves once.
    """

    digest = serializers.CharField()
    assertion = AssertionIn(required=False)
    code = serializers.CharField(required=False, max_length=12, write_only=True)


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


class OneContractOut(ContractOut):
    """A contract with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_contract)

    class Meta(ContractOut.Meta):
        fields = (*ContractOut.Meta.fields, "acts")


class ContractDocumentOut(serializers.ModelSerializer[Contract]):
    """A contract with the document that both sides get; none before both have signed."""

    document = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = Contract
        fields = ("id", "digest", "document")

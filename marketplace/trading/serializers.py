"""What the trading API takes and gives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.trading.books.models import Transfer
from marketplace.trading.bought_sheets import BoughtSheet
from marketplace.trading.gate import GateFinding
from marketplace.trading.models import Contract, Listing, Order, Signature
from marketplace.web.bounded import serializers


class ListingOut(serializers.ModelSerializer[Listing]):
    """A listing as its seller and the centre see it."""

    kinds = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Listing
        fields = (
            *("id", "title", "summary", "plan", "price", "currency", "delivery_mode", "terms"),
            "state",
            *("organization", "dataset", "version", "certificate", "risk_report", "appraisal"),
            "replaces",
            *("quota", "on_sale_from", "on_sale_until", "visibility", "kinds"),
            *("sheet_digest", "published_at", "suspension", "reason", "created_at"),
        )


class MarketListingOut(serializers.ModelSerializer[Listing]):
    """A published listing: the frozen sheet with its digest."""

    sheet = serializers.DictField()

    class Meta:
        model = Listing
        fields = (
            *("id", "title", "summary", "plan", "price", "currency", "published_at"),
            *("sheet", "sheet_digest"),
            *("quota", "on_sale_from", "on_sale_until"),
        )


class BoughtSheetOut(serializers.Serializer[BoughtSheet]):
    """The frozen sheet of what was ordered, with the digest that the contract names."""

    sheet = serializers.DictField()
    sheet_digest = serializers.CharField()


class GateFindingOut(serializers.Serializer[GateFinding]):
    """Something that does not stand."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class GateOut(serializers.Serializer[Any]):
    """The gate of a listing: open when nothing was found."""

    is_open = serializers.BooleanField()
    findings = GateFindingOut(many=True)


class ChecklistIn(serializers.Serializer[Any]):
    """The points that the reviewer has checked: all of them, to publish.

    `columns` names each one that counts for less than was found, to which the reviewer agrees.
    """

    checklist = serializers.ListField(
        child=serializers.ChoiceField(
            choices=[code for code, _sentence in CHECKLISTS[CaseKind.LISTING]]
        )
    )
    columns = serializers.ListField(
        child=serializers.CharField(max_length=200, trim_whitespace=False), default=list
    )


class PlaceOrderIn(serializers.Serializer[Any]):
    """What the data is for, and a key under which the same request is one order."""

    purpose = serializers.CharField()
    request_key = serializers.CharField()
    tier = serializers.CharField(
        default="",
        allow_blank=True,
        help_text="The code of the size, of a listing sold in several.",
    )


class OrderOut(serializers.ModelSerializer[Order]):
    """An order."""

    seller = serializers.UUIDField(source="listing.organization_id")
    contract = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = (
            *("id", "listing", "seller", "buyer", "purpose", "terms", "plan", "price", "currency"),
            "is_exclusive",
            *("state", "reason", "contract", "delivered_at", "acceptance_due_on", "completed_at"),
            *("answer_due_on", "provisional_terms", "ends_on", "created_at"),
        )

    def get_contract(self, order: Order) -> UUID | None:
        """Answer the id of the order's contract, once it was accepted."""
        contract: Contract | None = getattr(order, "contract", None)
        return contract.pk if contract else None


class PaymentIn(serializers.Serializer[Any]):
    """The bank's reference of the payment."""

    reference = serializers.CharField()


class TransferOut(serializers.ModelSerializer[Transfer]):
    """One movement of money."""

    debit = serializers.CharField(source="debit.kind")
    credit = serializers.CharField(source="credit.kind")

    class Meta:
        model = Transfer
        fields = ("id", "kind", "debit", "credit", "amount", "currency", "created_at")


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

    With an assertion it is a signature by passkey; else an acceptance witnessed by the centre,
    whose statement says whether the password was given.
    """

    digest = serializers.CharField()
    assertion = AssertionIn(required=False)
    password = serializers.CharField(required=False, trim_whitespace=False, write_only=True)


class SignatureOut(serializers.ModelSerializer[Signature]):
    """A signature: how a side signed, and when."""

    class Meta:
        model = Signature
        fields = ("side", "kind", "signed_at")


class ContractOut(serializers.ModelSerializer[Contract]):
    """A contract with its frozen text."""

    signatures = SignatureOut(many=True, read_only=True)

    class Meta:
        model = Contract
        fields = (
            *("id", "order", "language", "text", "terms", "digest", "created_at"),
            *("agreed", "seller_signed_at", "buyer_signed_at", "signatures"),
        )


class ContractDocumentOut(serializers.ModelSerializer[Contract]):
    """A contract with the document that both sides get; none before both have signed."""

    document = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = Contract
        fields = ("id", "digest", "document")

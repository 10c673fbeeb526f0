"""What the trading API takes and gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework import serializers

from marketplace.trading.gate import GateFinding
from marketplace.trading.models import (
    Contract,
    DeliveryChoice,
    Listing,
    Order,
    Signature,
    Transfer,
)
from marketplace.trading.plans import PlanKind, Unit, plan_of
from marketplace.trading.services.listings import Offer
from marketplace.trading.terms import DerivedData, DisputePlace, OnwardTransfer, Terms


class TermsIn(serializers.Serializer[Any]):
    """The terms of a licence."""

    purpose = serializers.CharField()
    restrictions = serializers.CharField(allow_blank=True, default="")
    licence_months = serializers.IntegerField(default=12)
    is_exclusive = serializers.BooleanField(default=False)
    public_purpose = serializers.BooleanField(
        default=False, help_text="For public governance or welfare alone: the price is then 0."
    )
    acceptance_days = serializers.IntegerField(default=5)
    onward_transfer = serializers.ChoiceField(
        choices=OnwardTransfer.choices, default=OnwardTransfer.NONE.value
    )
    derived_data = serializers.ChoiceField(
        choices=DerivedData.choices, default=DerivedData.BUYER.value
    )
    deletion_days = serializers.IntegerField(default=30)
    dispute = serializers.ChoiceField(
        choices=DisputePlace.choices, default=DisputePlace.ARBITRATION.value
    )
    columns = serializers.ListField(
        child=serializers.CharField(trim_whitespace=False),
        default=list,
        help_text="The columns that the licence is for; none for all.",
    )
    rows = serializers.ListField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=3),
        default=list,
        help_text='Conditions that rows meet, such as `["age", "ge", 30]`; none for all rows.',
    )
    is_marked = serializers.BooleanField(
        default=False, help_text="Each buyer gets a copy with pseudonyms of its own."
    )


class BandIn(serializers.Serializer[Any]):
    """Each unit beyond `above` in a calendar month costs `unit_price`, until the next band."""

    above = serializers.IntegerField()
    unit_price = serializers.CharField()


class PartIn(serializers.Serializer[Any]):
    """An instalment, due so many months after both have signed; 0 is before delivery."""

    months = serializers.IntegerField()
    price = serializers.CharField()


class TierIn(serializers.Serializer[Any]):
    """A size: the first `rows` rows for a price; `code` names it in an order."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    rows = serializers.IntegerField()
    price = serializers.CharField()


class PlanIn(serializers.Serializer[Any]):
    """A price plan: its kind, and the parts that belong to it. Amounts are texts."""

    kind = serializers.ChoiceField(choices=PlanKind.choices)
    price = serializers.CharField(
        required=False, help_text="Of a price paid once, or of each period of a subscription."
    )
    period_months = serializers.IntegerField(required=False)
    periods = serializers.IntegerField(required=False)
    parts = PartIn(many=True, required=False)
    unit = serializers.ChoiceField(choices=Unit.choices, required=False)
    base = serializers.CharField(required=False, help_text="Paid once before delivery.")
    bands = BandIn(many=True, required=False)
    cap = serializers.CharField(
        required=False, allow_null=True, help_text="The most that one month's use costs."
    )
    tiers = TierIn(many=True, required=False)


class OfferIn(serializers.Serializer[Any]):
    """What a seller says of a listing."""

    title = serializers.CharField()
    summary = serializers.CharField()
    price = serializers.DecimalField(
        max_digits=18,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="One price, paid once; 0 is free. Leave it out when a plan is given.",
    )
    plan = PlanIn(required=False)
    delivery_mode = serializers.ChoiceField(
        choices=DeliveryChoice.choices, default=DeliveryChoice.FILE.value
    )
    terms = TermsIn()

    @staticmethod
    def offer(sent: dict[str, Any]) -> Offer:
        """Answer the offer that was sent."""
        own = {name: sent[name] for name in sent if name not in ("terms", "plan")}
        plan = plan_of(sent["plan"]) if "plan" in sent else None
        return Offer(**own, terms=Terms.from_json(sent["terms"]), plan=plan)


class ListingOut(serializers.ModelSerializer[Listing]):
    """A listing as its seller and the centre see it."""

    class Meta:
        model = Listing
        fields = (
            *("id", "title", "summary", "plan", "price", "currency", "delivery_mode", "terms"),
            "state",
            *("organization", "dataset", "version", "certificate", "risk_report", "appraisal"),
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
        )


class GateFindingOut(serializers.Serializer[GateFinding]):
    """Something that does not stand."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class GateOut(serializers.Serializer[Any]):
    """The gate of a listing: open when nothing was found."""

    is_open = serializers.BooleanField()
    findings = GateFindingOut(many=True)


class ChecklistIn(serializers.Serializer[Any]):
    """The points that the reviewer has ticked."""

    checklist = serializers.ListField(child=serializers.CharField(max_length=40))


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
            *("answer_due_on", "ends_on", "created_at"),
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

from decimal import Decimal
from typing import Any

from marketplace.core.arguments import argument_of, arguments_of
from marketplace.trading.listings.listing.models import Listing, ListingInvitation
from marketplace.trading.listings.listing.services import Offer, draft_listing
from marketplace.trading.listings.listing.texts import NAMES
from marketplace.trading.listings.plans import PlanKind, PricePer, Unit, plan_of
from marketplace.trading.listings.plans.base import UNIT_PLACES, as_text
from marketplace.trading.listings.plans.fixed import USUAL_PERIOD_MONTHS, USUAL_PERIODS
from marketplace.trading.listings.terms.serializers import TermsIn
from marketplace.trading.listings.terms.terms import Terms
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer, serializer_field

# What the API takes of an offer: price plan, sale.


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
    period_months = serializers.IntegerField(
        required=False, help_text=f"Of a subscription; {USUAL_PERIOD_MONTHS} where it is left out."
    )
    periods = serializers.IntegerField(
        required=False, help_text=f"Of a subscription; {USUAL_PERIODS} where it is left out."
    )
    parts = PartIn(many=True, required=False)
    unit = serializers.ChoiceField(choices=Unit.choices, required=False)
    base = serializers.CharField(required=False, help_text="Paid once before delivery.")
    bands = BandIn(many=True, required=False)
    cap = serializers.CharField(
        required=False, allow_null=True, help_text="The most that one month's use costs."
    )
    tiers = TierIn(many=True, required=False)


class OfferIn(ActSerializer):
    """What a seller says of a listing."""

    takes = Offer
    plan = PlanIn(required=False)
    terms = TermsIn()

    @staticmethod
    def offer(sent: dict[str, Any]) -> Offer:
        """Return the offer that was sent."""
        own = {one.name: sent[one.name] for one in arguments_of(Offer)}
        plan = plan_of(sent["plan"]) if "plan" in sent else None
        return Offer(**own, terms=Terms.offered(sent["terms"]), plan=plan)


class DraftIn(OfferIn):
    """What a seller says of a new listing."""

    replaces = serializer_field(argument_of(draft_listing, "replaces"))


class PriceField(serializers.DecimalField):
    """The price of an offer as it is paid: two decimal places, and more where a unit has more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=18, decimal_places=UNIT_PLACES, read_only=True, **options)

    def to_representation(self, value: Decimal) -> str:
        return as_text(value)


class ListingOut(serializers.ModelSerializer[Listing]):
    """A listing as its seller and the centre see it."""

    dataset = serializers.UUIDField(source="product.dataset_id", read_only=True)
    version = serializers.UUIDField(source="revision.version_id", read_only=True)
    kinds = serializers.ListField(child=serializers.CharField(), read_only=True)
    price = PriceField()
    price_per = serializers.ChoiceField(choices=PricePer.choices, read_only=True)

    class Meta:
        model = Listing
        fields: tuple[str, ...] = (
            *("id", *NAMES, "plan", "price", "price_per", "currency", "delivery_mode"),
            *("terms", "state"),
            *("organization", "product", "revision", "dataset", "version"),
            *("certificate", "risk_report", "appraisal"),
            "replaces",
            *("quota", "on_sale_from", "on_sale_until", "visibility", "kinds"),
            *("sheet_digest", "published_at", "suspension", "reason", "created_at"),
        )


class GuestIn(serializers.Serializer[Any]):
    """The organization whose invitation is taken back."""

    organization = serializers.UUIDField()


class ListingInvitationOut(serializers.ModelSerializer[ListingInvitation]):
    """An organization that sees a listing."""

    name = serializers.CharField(source="organization.name")
    uscc = serializers.CharField(source="organization.uscc")

    class Meta:
        model = ListingInvitation
        fields = ("organization", "name", "uscc", "created_at")

"""What the API takes and gives of listings."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.trading.listings.acts import acts_on_listing
from marketplace.trading.listings.listing.models import Listing
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class ListingOut(serializers.ModelSerializer[Listing]):
    """A listing as its seller and the centre see it."""

    dataset = serializers.UUIDField(source="product.dataset_id", read_only=True)
    version = serializers.UUIDField(source="revision.version_id", read_only=True)
    kinds = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Listing
        fields: tuple[str, ...] = (
            *("id", "title", "summary", "plan", "price", "currency", "delivery_mode", "terms"),
            "state",
            *("organization", "product", "revision", "dataset", "version"),
            *("certificate", "risk_report", "appraisal"),
            "replaces",
            *("quota", "on_sale_from", "on_sale_until", "visibility", "kinds"),
            *("sheet_digest", "published_at", "suspension", "reason", "created_at"),
        )


class OneListingOut(ListingOut):
    """A listing with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = serializers.SerializerMethodField()

    class Meta(ListingOut.Meta):
        fields = (*ListingOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, listing: Listing) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_listing(listing, actor(self.context["request"])).as_json()


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

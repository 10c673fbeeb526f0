"""What the trading API takes and gives of renewals and invitations."""

from typing import Any

from marketplace.trading.listings.listing.models import ListingInvitation
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.web.bounded import serializers


class RenewIn(serializers.Serializer[Any]):
    """The days on which the listing is sold from now on; what is left out bounds nothing."""

    on_sale_from = serializers.DateField(default=None, allow_null=True)
    on_sale_until = serializers.DateField(default=None, allow_null=True)


class ListingRenewalOut(serializers.ModelSerializer[ListingRenewal]):
    """What was asked for, and how a second officer decided."""

    class Meta:
        model = ListingRenewal
        fields = (
            *("id", "listing", "state", "certificate", "risk_report", "appraisal"),
            *("on_sale_from", "on_sale_until", "reason", "old_sheet_digest", "decided_at"),
            "created_at",
        )


class InviteIn(serializers.Serializer[Any]):
    """The organizations to invite."""

    invited = serializers.ListField(
        child=serializers.CharField(max_length=18), help_text="Unified social credit codes."
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

from marketplace.trading.listings.product.serializers import ProductOut
from marketplace.trading.listings.revision.models import Revision
from marketplace.web.bounded import serializers


class RevisionOut(serializers.ModelSerializer[Revision]):
    """What one version brought to a product; `live_at` is null until it was on the market."""

    class Meta:
        model = Revision
        fields: tuple[str, ...] = (
            *("id", "number", "version", "run", "verdict", "period"),
            *("policy_sha256", "sha256", "live_at", "created_at"),
        )


class OneProductOut(ProductOut):
    """A product with its revisions, newest first, and the listings that offer it."""

    revisions = RevisionOut(many=True, read_only=True)

    class Meta(ProductOut.Meta):
        fields = (*ProductOut.Meta.fields, "revisions", "listings")
        read_only_fields = ("listings",)

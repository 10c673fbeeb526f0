"""What the API gives of products."""

from __future__ import annotations

from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.serializers import RevisionOut
from marketplace.web.bounded import serializers


class ProductOut(serializers.ModelSerializer[Product]):
    """A dataset with the policy by which it is prepared."""

    class Meta:
        model = Product
        fields: tuple[str, ...] = (
            *("id", "organization", "dataset", "policy_sha256", "treatment", "created_at"),
        )


class OneProductOut(ProductOut):
    """A product with its revisions, newest first, and the listings that offer it."""

    revisions = RevisionOut(many=True, read_only=True)

    class Meta(ProductOut.Meta):
        fields = (*ProductOut.Meta.fields, "revisions", "listings")
        read_only_fields = ("listings",)

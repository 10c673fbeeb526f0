from typing import Any

from marketplace.trading.listings.product.models import Product
from marketplace.web.bounded import serializers


class RowKeyIn(serializers.Serializer[Any]):
    """The columns that tell each row of a product from every other; none takes the key back."""

    columns = serializers.ListField(
        child=serializers.CharField(max_length=200, trim_whitespace=False), max_length=10
    )


class ProductOut(serializers.ModelSerializer[Product]):
    """A dataset with the policy by which it is prepared."""

    class Meta:
        model = Product
        fields: tuple[str, ...] = (
            *("id", "organization", "dataset", "policy_sha256", "treatment", "key_columns"),
            "created_at",
        )

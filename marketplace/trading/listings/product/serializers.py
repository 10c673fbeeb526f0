from marketplace.trading.listings.product.models import Product
from marketplace.web.bounded import serializers


class ProductOut(serializers.ModelSerializer[Product]):
    """A dataset with the policy by which it is prepared."""

    class Meta:
        model = Product
        fields: tuple[str, ...] = (
            *("id", "organization", "dataset", "policy_sha256", "treatment", "key_columns"),
            "created_at",
        )

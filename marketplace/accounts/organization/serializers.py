from marketplace.accounts.organization.models import Organization
from marketplace.web.bounded import serializers


class OrganizationOut(serializers.ModelSerializer[Organization]):
    """An organization."""

    class Meta:
        model = Organization
        fields: tuple[str, ...] = (
            *("id", "name", "kind", "uscc", "contact", "state", "reason", "created_at"),
            "verified_until",
        )

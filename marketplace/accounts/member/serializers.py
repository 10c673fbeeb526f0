from typing import Any

from marketplace.accounts.roles import GIVEN_ROLES
from marketplace.web.bounded import serializers


class SetRolesIn(serializers.Serializer[Any]):
    """Exactly these roles."""

    roles = serializers.ListField(child=serializers.ChoiceField(choices=GIVEN_ROLES))

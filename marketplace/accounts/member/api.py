from typing import Any

from marketplace.accounts.member.serializers import SetRolesIn
from marketplace.accounts.member.services import set_roles
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.serializers import PersonOut
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class SetRoles(ActView):
    """Give a person exactly these roles."""

    takes = SetRolesIn
    gives = PersonOut
    scope = Scope.ADMINISTER
    summary = "Set a person's roles"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        """Set the roles."""
        return set_roles(ids["pk"], roles=frozenset(data["roles"]), by=by)

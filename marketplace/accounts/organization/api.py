from typing import Any

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.serializers import OrganizationOut
from marketplace.accounts.organization.services import apply_organization
from marketplace.core import Actor
from marketplace.web.api import ActView
from marketplace.web.taking import serializer_of


class ApplyOrganization(ActView):
    """Ask to take part as an organization, with its first person.

    The answer is the same where the e-mail address belonged to an account before; then nothing is
    registered, and the password does not sign in.
    """

    takes = serializer_of(apply_organization, about="An application.")
    gives = OrganizationOut
    creates = True
    made_at = "get_organization"
    is_public = True
    summary = "Apply as an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return apply_organization(**data, by=by)

from typing import Any

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.serializers import ApplyOrganizationIn, OrganizationOut
from marketplace.accounts.organization.services import Applicant, apply_organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.core import Actor
from marketplace.web.api import ActView


class ApplyOrganization(ActView):
    """Ask to take part as an organization, with its first person.

    The answer is the same where the e-mail address belonged to an account before; then nothing is
    registered, and the password does not sign in.
    """

    takes = ApplyOrganizationIn
    gives = OrganizationOut
    creates = True
    made_at = "get_organization"
    is_public = True
    summary = "Apply as an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return apply_organization(
            name=data["name"],
            kind=OrganizationKind(data["kind"]),
            uscc=data["uscc"],
            contact=data["contact"],
            applicant=Applicant(data["person_name"], data["email"], data["password"]),
            roles=frozenset(data["roles"]),
            is_abroad=data["is_abroad"],
            by=by,
        )

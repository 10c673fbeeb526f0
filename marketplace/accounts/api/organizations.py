"""The API of organizations."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import serializers
from marketplace.accounts.models import Organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.selectors import organizations_visible_to
from marketplace.accounts.services.organizations import (
    Applicant,
    apply_organization,
    refuse_organization,
    reinstate_organization,
    suspend_organization,
    verify_organization,
)
from marketplace.core.actor import Actor
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn


class ApplyOrganization(ActView):
    """Ask to take part as an organization, with its first person.

    The answer is the same where the e-mail address belonged to an account before; then nothing is
    registered, and the password does not sign in.
    """

    takes = serializers.ApplyOrganizationIn
    gives = serializers.OrganizationOut
    creates = True
    is_public = True
    operation = "apply_organization"
    summary = "Apply as an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return apply_organization(
            name=data["name"],
            kind=OrganizationKind(data["kind"]),
            uscc=data["uscc"],
            contact=data["contact"],
            applicant=Applicant(data["person_name"], data["email"], data["password"]),
            roles=frozenset(data["roles"]),
            by=by,
        )


VerifyOrganization = act_view(
    verify_organization,
    gives=serializers.OrganizationOut,
)

RefuseOrganization = act_view(
    refuse_organization,
    takes=ReasonIn,
    gives=serializers.OrganizationOut,
)

SuspendOrganization = act_view(
    suspend_organization,
    takes=ReasonIn,
    gives=serializers.OrganizationOut,
    about="Stop an organization from acting, with a reason.",
)

ReinstateOrganization = act_view(
    reinstate_organization,
    gives=serializers.OrganizationOut,
)

Organizations = list_view(
    organizations_visible_to,
    operation="list_organizations",
    gives=serializers.OrganizationOut,
    about="The organizations that the caller may see.",
)

OneOrganization = thing_view(
    organizations_visible_to,
    operation="get_organization",
    gives=serializers.OneOrganizationOut,
    about="An organization, and the acts on it that are open to the caller.",
)

"""The API of organizations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

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
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView
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


class VerifyOrganization(ActView):
    """Let an organization in, by a second person."""

    gives = serializers.OrganizationOut
    operation = "verify_organization"
    summary = "Verify an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return verify_organization(ids["pk"], by=by)


class RefuseOrganization(ActView):
    """Turn an application down, with a reason."""

    takes = ReasonIn
    gives = serializers.OrganizationOut
    operation = "refuse_organization"
    summary = "Refuse an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return refuse_organization(ids["pk"], reason=data["reason"], by=by)


class SuspendOrganization(ActView):
    """Stop an organization from acting, with a reason."""

    takes = ReasonIn
    gives = serializers.OrganizationOut
    operation = "suspend_organization"
    summary = "Suspend an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return suspend_organization(ids["pk"], reason=data["reason"], by=by)


class ReinstateOrganization(ActView):
    """Let a suspended organization act again."""

    gives = serializers.OrganizationOut
    operation = "reinstate_organization"
    summary = "Reinstate an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return reinstate_organization(ids["pk"], by=by)


class Organizations(ListView):
    """The organizations that the caller may see."""

    gives = serializers.OrganizationOut
    operation = "list_organizations"
    summary = "List organizations"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Organization]:
        return organizations_visible_to(by)


class OneOrganization(ThingView):
    """An organization."""

    gives = serializers.OrganizationOut
    operation = "get_organization"
    summary = "Get an organization"

    def thing(self, by: Actor, **ids: UUID) -> Organization:
        return visible(organizations_visible_to(by), pk=ids["pk"])

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.accounts.identity.rules import check_record_identity
from marketplace.accounts.invitation.rules import check_invite_person
from marketplace.accounts.limit.rules import check_set_signing_limit
from marketplace.accounts.member.rules import (
    check_deactivate_person,
    check_make_owner,
    check_reactivate_person,
    check_set_roles,
    check_step_down,
)
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.rules import (
    check_attach_document,
    check_examine_organization,
    check_reapply_organization,
    check_refuse_organization,
    check_reinstate_organization,
    check_suspend_organization,
    check_verify_organization,
)
from marketplace.accounts.person.models import Person
from marketplace.accounts.token.rules import check_set_token_policy
from marketplace.core import Actor, Allowed, Rule, allowed

ACTS_ON_ORGANIZATION: Mapping[str, Rule[Organization]] = MappingProxyType(
    {
        "examine_organization": check_examine_organization,
        "verify_organization": check_verify_organization,
        "refuse_organization": check_refuse_organization,
        "reapply_organization": check_reapply_organization,
        "suspend_organization": check_suspend_organization,
        "reinstate_organization": check_reinstate_organization,
        "invite_person": check_invite_person,
        "set_token_policy": check_set_token_policy,
        "attach_document": check_attach_document,
    }
)


ACTS_ON_PERSON: Mapping[str, Rule[Person]] = MappingProxyType(
    {
        "set_roles": check_set_roles,
        "set_signing_limit": check_set_signing_limit,
        "record_identity": check_record_identity,
        "make_owner": check_make_owner,
        "step_down": check_step_down,
        "deactivate_person": check_deactivate_person,
        "reactivate_person": check_reactivate_person,
    }
)


def acts_on_organization(organization: Organization, by: Actor) -> Allowed:
    return allowed(ACTS_ON_ORGANIZATION, organization, by)


def acts_on_person(person: Person, by: Actor) -> Allowed:
    return allowed(ACTS_ON_PERSON, person, by)

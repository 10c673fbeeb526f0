"""What the acts on organizations, people, invitations and tokens refuse, by right and state."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts import policies
from marketplace.accounts.identity.rules import check_record_identity
from marketplace.accounts.models import Invitation, Organization, Person, Token
from marketplace.accounts.states import ORGANIZATION, OrganizationState
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.rules import Allowed, Rule, allowed


def check_verify_organization(organization: Organization, by: Actor) -> None:
    """Refuse to let an organization in.

    Raises:
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: the organization does not wait for verification.
    """
    _check_decides(organization, by)
    _check_is(organization, OrganizationState.PENDING)
    ORGANIZATION.check(organization, OrganizationState.VERIFIED)


def check_refuse_organization(organization: Organization, by: Actor) -> None:
    """Refuse to turn an application down.

    Raises:
        NotAllowed, WrongState: as for `check_verify_organization`.
    """
    _check_decides(organization, by)
    ORGANIZATION.check(organization, OrganizationState.REFUSED)


def check_suspend_organization(organization: Organization, by: Actor) -> None:
    """Refuse to stop an organization from acting.

    Raises:
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: the organization is not verified.
    """
    _check_decides(organization, by)
    ORGANIZATION.check(organization, OrganizationState.SUSPENDED)


def check_reinstate_organization(organization: Organization, by: Actor) -> None:
    """Refuse to let a suspended organization act again.

    Raises:
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: the organization is not suspended.
    """
    if not policies.may_decide_organization(by, organization):
        raise NotAllowed(_("Only an administrator of the centre can reinstate an organization."))
    _check_is(organization, OrganizationState.SUSPENDED)
    ORGANIZATION.check(organization, OrganizationState.VERIFIED)


def check_manages(organization: Organization, by: Actor) -> None:
    """Refuse who does not manage the people of an organization.

    Raises:
        NotAllowed: the actor neither applied for it nor is the centre's administrator.
    """
    if not policies.may_manage_people(by, organization):
        raise NotAllowed(
            _(
                "People are invited by the person who applied for the organization, or by the "
                "centre's administrator."
            )
        )


def check_see_people(organization: Organization, by: Actor) -> None:
    """Refuse to name the people of an organization.

    Raises:
        NotAllowed: the actor neither manages them nor holds a role among them.
    """
    if not (by.acts_for(organization.pk) and by.roles):
        check_manages(organization, by)


def check_see_history(organization: Organization, by: Actor) -> None:
    """Refuse to show what happened to an organization.

    Raises:
        NotAllowed: the actor belongs neither to it nor to the centre's staff.
    """
    if not policies.is_centre_staff(by):
        check_see_people(organization, by)


def check_invite_person(organization: Organization, by: Actor) -> None:
    """Refuse to invite somebody.

    Raises:
        NotAllowed: the actor does not manage its people.
        WrongState: the organization is not verified.
    """
    check_manages(organization, by)
    if organization.state != OrganizationState.VERIFIED:
        raise WrongState(_("Only a verified organization can invite people."))


def check_takes_invitations_back(invitation: Invitation, by: Actor) -> None:
    """Refuse who takes no invitations of an organization back.

    Raises:
        NotAllowed: the actor does not manage its people.
    """
    if not policies.may_manage_people(by, invitation.organization):
        raise NotAllowed(
            _(
                "Invitations are withdrawn by the person who applied for the organization, or by "
                "the centre's administrator."
            )
        )


def check_withdraw_invitation(invitation: Invitation, by: Actor) -> None:
    """Refuse to take an invitation back.

    Raises:
        NotAllowed: the actor does not manage the people of its organization.
        WrongState: it was accepted, or is withdrawn already.
    """
    check_takes_invitations_back(invitation, by)
    if invitation.accepted_at is not None:
        raise WrongState(_("The invited person has joined already. Deactivate them instead."))
    if invitation.withdrawn_at is not None:
        raise WrongState(_("This invitation is withdrawn already."))


def check_set_roles(person: Person, by: Actor) -> None:
    """Refuse to give a person other roles.

    Raises:
        NotAllowed: the actor does not manage the person's organization, or is that person.
    """
    if not policies.may_set_roles(by, person):
        raise NotAllowed(
            _(
                "Roles are set by the person who applied for the organization, or by the centre's "
                "administrator, and never one's own."
            )
        )


def check_lets_go(person: Person, by: Actor) -> None:
    """Refuse who lets nobody of an organization go, and takes nobody back.

    Raises:
        NotAllowed: as for `check_set_roles`.
    """
    if not policies.may_set_roles(by, person):
        raise NotAllowed(
            _(
                "People are let go and taken back by the person who applied for the organization, "
                "or by the centre's administrator."
            )
        )


def check_deactivate_person(person: Person, by: Actor) -> None:
    """Refuse to stop a person from signing in.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they are deactivated already.
    """
    check_lets_go(person, by)
    if not person.is_active:
        raise WrongState(_("This person is deactivated already."))


def check_reactivate_person(person: Person, by: Actor) -> None:
    """Refuse to let a person sign in again.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they can sign in.
    """
    check_lets_go(person, by)
    if person.is_active:
        raise WrongState(_("This person can sign in."))


def check_create_token(by: Actor) -> None:
    """Refuse to make a key to the API.

    Raises:
        NotAllowed: the actor holds no role at this moment.
    """
    if by.person_id is None or not by.roles:
        raise NotAllowed(_("Only people of a verified organization can make API tokens."))


def check_stops_token(token: Token, by: Actor) -> None:
    """Refuse who does not stop a token.

    Raises:
        NotAllowed: it is somebody else's.
    """
    if not policies.may_manage_token(by, token):
        raise NotAllowed(_("You may revoke only your own tokens."))


def check_revoke_token(token: Token, by: Actor) -> None:
    """Refuse to stop a token.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: it is revoked already.
    """
    check_stops_token(token, by)
    if token.revoked_at is not None:
        raise WrongState(_("This token is revoked already."))


def _check_decides(organization: Organization, by: Actor) -> None:
    if not policies.may_decide_organization(by, organization):
        raise NotAllowed(
            _(
                "Only an administrator of the centre who did not apply "
                "can decide on an organization."
            )
        )


def _check_is(organization: Organization, state: OrganizationState) -> None:
    """Refuse where two acts lead to one state and this is the other's start."""
    if organization.state != state:
        raise WrongState(
            _("This works only while the organization is “%(state)s”.") % {"state": state.label}
        )


ACTS_ON_ORGANIZATION: Mapping[str, Rule[Organization]] = MappingProxyType(
    {
        "verify_organization": check_verify_organization,
        "refuse_organization": check_refuse_organization,
        "suspend_organization": check_suspend_organization,
        "reinstate_organization": check_reinstate_organization,
        "invite_person": check_invite_person,
    }
)
ACTS_ON_INVITATION: Mapping[str, Rule[Invitation]] = MappingProxyType(
    {"withdraw_invitation": check_withdraw_invitation}
)
ACTS_ON_PERSON: Mapping[str, Rule[Person]] = MappingProxyType(
    {
        "set_roles": check_set_roles,
        "record_identity": check_record_identity,
        "deactivate_person": check_deactivate_person,
        "reactivate_person": check_reactivate_person,
    }
)
ACTS_ON_TOKEN: Mapping[str, Rule[Token]] = MappingProxyType({"revoke_token": check_revoke_token})
ACTS_ON_ACCOUNT: Mapping[str, Rule[None]] = MappingProxyType(
    {"create_token": lambda _account, by: check_create_token(by)}
)


def acts_on_organization(organization: Organization, by: Actor) -> Allowed:
    """Return which acts on an organization are open to the actor."""
    return allowed(ACTS_ON_ORGANIZATION, organization, by)


def acts_on_invitation(invitation: Invitation, by: Actor) -> Allowed:
    """Return which acts on an invitation are open to the actor."""
    return allowed(ACTS_ON_INVITATION, invitation, by)


def acts_on_person(person: Person, by: Actor) -> Allowed:
    """Return which acts on a person are open to the actor."""
    return allowed(ACTS_ON_PERSON, person, by)


def acts_on_token(token: Token, by: Actor) -> Allowed:
    """Return which acts on a key to the API are open to the actor."""
    return allowed(ACTS_ON_TOKEN, token, by)


def acts_on_account(by: Actor) -> Allowed:
    """Return what the actor can do in their own account."""
    return allowed(ACTS_ON_ACCOUNT, None, by)

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.invitation.policies import may_withdraw_invitations
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.rules import check_manages
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.rules import PROOF_PAUSE
from marketplace.accounts.roles import OrganizationKind
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed, clock


def check_invite_person(organization: Organization, by: Actor) -> None:
    """Refuse to invite somebody.

    Raises:
        NotAllowed: the actor does not manage its people.
        WrongState: the organization is not verified.
    """
    check_manages(organization, by)
    if organization.state != OrganizationState.VERIFIED:
        raise WrongState(_("Only a verified organization can invite people."))


def check_resend_invitation(invitation: Invitation, by: Actor) -> None:
    """Refuse to send an invitation once more.

    Raises:
        NotAllowed: the actor does not manage the people of its organization.
        WrongState: its organization is not verified, or it was accepted, withdrawn, or sent a
            moment ago (`asked-just-now`).
    """
    if not _is_founding(invitation, by):
        check_invite_person(invitation.organization, by)
    if invitation.accepted_at is not None:
        raise WrongState(_("The invited person has joined already."))
    if invitation.withdrawn_at is not None:
        raise WrongState(_("This invitation is withdrawn. Invite the person anew."))
    if clock.now() < invitation.asked_at + PROOF_PAUSE and not by.is_system:
        raise WrongState(
            _("It was sent a moment ago. Wait until it has arrived, and send it again later."),
            code="asked-just-now",
        )


def _is_founding(invitation: Invitation, by: Actor) -> bool:
    """Return whether whoever runs the centre reminds an administrator who was named first."""
    centre = invitation.organization
    is_centre = centre.kind == OrganizationKind.CENTRE
    return by.is_system and is_centre and centre.state == OrganizationState.PENDING


def check_takes_invitations_back(invitation: Invitation, by: Actor) -> None:
    """Refuse who takes no invitations of an organization back.

    Raises:
        NotAllowed: the actor does not manage its people.
    """
    if not may_withdraw_invitations(by, invitation.organization):
        raise NotAllowed(
            _(
                "Invitations are withdrawn by the owners of the organization; those to the centre "
                "by its administrators."
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


ACTS_ON_INVITATION: Mapping[str, Rule[Invitation]] = MappingProxyType(
    {
        "withdraw_invitation": check_withdraw_invitation,
        "resend_invitation": check_resend_invitation,
    }
)


def acts_on_invitation(invitation: Invitation, by: Actor) -> Allowed:
    return allowed(ACTS_ON_INVITATION, invitation, by)

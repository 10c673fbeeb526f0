from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts import policies
from marketplace.accounts.checklist import OrganizationDocumentKind
from marketplace.accounts.identity.rules import check_record_identity
from marketplace.accounts.limit.rules import check_set_signing_limit
from marketplace.accounts.models import Invitation, Organization, Person, Token
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.selectors import (
    REMINDED_BEFORE,
    has_proved_address,
    letter_failure_of,
    owners_of,
    second_factor_of,
)
from marketplace.accounts.states import ORGANIZATION, OrganizationState
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed, clock

PROOF_PAUSE = timedelta(minutes=10)
"""How long whoever had a letter sent waits before they can have the next one sent."""


def check_attach_document(organization: Organization, by: Actor) -> None:
    """Refuse to attach a document by which an organization is verified.

    Raises:
        NotAllowed: the actor neither applied for it, nor owns it, nor is an administrator of the
            centre.
        WrongState: the application was refused, or it is the centre itself.
    """
    if not policies.may_attach_documents(by, organization):
        raise NotAllowed(
            _(
                "Documents are attached by whoever applied, by an owner, or by an administrator "
                "of the centre."
            )
        )
    if organization.kind == OrganizationKind.CENTRE:
        raise WrongState(_("Nobody verifies the centre itself."))
    if organization.state == OrganizationState.REFUSED:
        raise WrongState(_("The application was refused. Apply again."))


def missing_documents(organization: Organization) -> list[str]:
    """Return what an organization has not attached yet of what it is verified by."""
    kinds = OrganizationDocumentKind
    return [str(kind.label) for kind in kinds if kind.value not in organization.documents]


def check_examine_organization(organization: Organization, by: Actor) -> None:
    """Refuse to examine the documents of an organization, the first time or again.

    Raises:
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: it is refused, suspended for another reason than that its verification ended,
            or whoever applied has not proved their address (`address-unproved`); or a document
            is missing (`documents-missing`).
    """
    _check_decides(organization, by)
    _check_can_be_verified(organization)
    if missing := missing_documents(organization):
        raise WrongState(
            _("Documents are missing: %(missing)s.") % {"missing": ", ".join(missing)},
            code="documents-missing",
        )


def check_verify_organization(organization: Organization, by: Actor) -> None:
    """Refuse to let an organization in.

    Raises:
        NotAllowed: the actor is no administrator of the centre, examined it, or applied themselves.
        WrongState: as for `check_examine_organization`; or nobody has examined it
            (`not-examined`).
    """
    _check_decides(organization, by)
    _check_can_be_verified(organization)
    if organization.examined_at is None:
        raise WrongState(
            _("An administrator examines its documents first; another one verifies it."),
            code="not-examined",
        )
    if not policies.may_verify_organization(by, organization):
        raise NotAllowed(_("Another administrator verifies it than who examined its documents."))


def has_lapsed(organization: Organization) -> bool:
    """Return whether the day is over until which an organization was verified."""
    until = organization.verified_until
    return until is not None and until < clock.today()


def _check_can_be_verified(organization: Organization) -> None:
    if organization.kind == OrganizationKind.CENTRE:
        raise WrongState(_("The centre opens when both of its administrators have signed in."))
    if organization.state == OrganizationState.SUSPENDED and not has_lapsed(organization):
        raise WrongState(_("A suspended organization is reinstated, not verified."))
    if organization.state != OrganizationState.VERIFIED:
        ORGANIZATION.check(organization, OrganizationState.VERIFIED)
    if not has_proved_address(organization.applied_by_id):
        failure = letter_failure_of(organization.applied_by_id)
        unproved = _(
            "Whoever applied has not proved their e-mail address yet: they follow the link "
            "that was sent to it."
        )
        undelivered = _(
            "The e-mail by which whoever applied proves their address could not be sent: "
            "%(failure)s. Call them by the public contact of the organization."
        ) % {"failure": failure}
        raise WrongState(undelivered if failure else unproved, code="address-unproved")


def check_refuse_organization(organization: Organization, by: Actor) -> None:
    """Refuse to turn an application down.

    Raises:
        NotAllowed, WrongState: as for `check_verify_organization`.
    """
    _check_decides(organization, by)
    ORGANIZATION.check(organization, OrganizationState.REFUSED)


def check_reapply_organization(organization: Organization, by: Actor) -> None:
    """Refuse to correct an application and send it again.

    Raises:
        NotAllowed: the actor is not whoever applied.
        WrongState: it was not refused, or the actor's address is not proved (`address-unproved`).
    """
    if not policies.may_reapply(by, organization):
        raise NotAllowed(_("Only whoever applied can apply again."))
    ORGANIZATION.check(organization, OrganizationState.PENDING)
    if not has_proved_address(organization.applied_by_id):
        raise WrongState(
            _("Prove your e-mail address first: follow the link that was sent to it."),
            code="address-unproved",
        )


def is_examination_due(organization: Organization) -> bool:
    until = organization.verified_until
    soon = until is not None and until <= clock.today() + REMINDED_BEFORE
    return organization.state != OrganizationState.VERIFIED or soon


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
        WrongState: the organization is not suspended, or its verification has ended
            (`verification-ended`).
    """
    if not policies.may_decide_organization(by, organization):
        raise NotAllowed(_("Only an administrator of the centre can reinstate an organization."))
    _check_is(organization, OrganizationState.SUSPENDED)
    ORGANIZATION.check(organization, OrganizationState.VERIFIED)
    if has_lapsed(organization):
        raise WrongState(
            _("Its verification has ended: two administrators verify it again."),
            code="verification-ended",
        )


def check_manages(organization: Organization, by: Actor) -> None:
    """Refuse who does not manage the people of an organization.

    Raises:
        NotAllowed: the actor is no owner of it; of the centre nobody is.
    """
    if organization.kind == OrganizationKind.CENTRE:
        raise NotAllowed(
            _("Who works for the centre is proposed by one administrator and decided by another."),
            code="takes-two",
        )
    if not policies.may_manage_people(by, organization):
        raise NotAllowed(_("The people of an organization are managed by its owners alone."))


def check_see_people(organization: Organization, by: Actor) -> None:
    """Refuse to name the people of an organization.

    Raises:
        NotAllowed: the actor holds no role among them, and is no administrator of the centre.
    """
    if policies.is_centre_staff(by) and by.has(Role.ADMINISTRATOR):
        return
    if not (by.is_member_of(organization.pk) and by.roles):
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


def check_ask_for_address_proof(person: Person, by: Actor) -> None:
    """Refuse to send the link once more that proves an address.

    Raises:
        WrongState: the address is proved, or the last link was asked for a moment ago
            (`asked-just-now`).
    """
    if person.address_proved_at is not None:
        raise WrongState(_("Your address is proved already."))
    asked = person.address_asked_at
    if asked is not None and clock.now() < asked + PROOF_PAUSE:
        raise WrongState(
            _("The link was sent a moment ago. Look into your mailbox, and ask again later."),
            code="asked-just-now",
        )


def check_takes_invitations_back(invitation: Invitation, by: Actor) -> None:
    """Refuse who takes no invitations of an organization back.

    Raises:
        NotAllowed: the actor does not manage its people.
    """
    if not policies.may_withdraw_invitations(by, invitation.organization):
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


def check_set_roles(person: Person, by: Actor) -> None:
    """Refuse to give a person other roles.

    Raises:
        NotAllowed: the actor is no owner of the person's organization, or is that person; at the
            centre it takes two (`takes-two`).
    """
    _check_manages_person(person, by)


def check_make_owner(person: Person, by: Actor) -> None:
    """Refuse to make a person an owner.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they are one already, or cannot sign in.
    """
    _check_manages_person(person, by)
    check_can_own(person)


def check_can_own(person: Person) -> None:
    """Refuse to make somebody an owner who is one, or who cannot sign in.

    Raises:
        WrongState: so it is.
    """
    if not person.is_active:
        raise WrongState(_("This person is deactivated. Take them back first."))
    if policies.is_owner(person):
        raise WrongState(_("This person is an owner already."))


def check_step_down(person: Person, by: Actor) -> None:
    """Refuse to give up one's own part as an owner.

    Raises:
        NotAllowed: the person is somebody else, or no owner.
        WrongState: they are the last one (`last-owner`).
    """
    if not by.is_person(person.pk) or not by.has(Role.OWNER):
        raise NotAllowed(_("Only an owner can step down, and only for themselves."))
    check_not_last_owner(person)


def check_not_last_owner(person: Person) -> None:
    """Refuse to take the last owner of an organization away.

    Raises:
        WrongState: nobody else owns it (`last-owner`).
    """
    assert person.organization_id is not None, "Whoever belongs to none owns none."
    if not owners_of(person.organization_id).exclude(pk=person.pk).exists():
        raise WrongState(
            _("An organization keeps an owner: make another person an owner first."),
            code="last-owner",
        )


def check_lets_go(person: Person, by: Actor) -> None:
    """Refuse who lets nobody of an organization go, and takes nobody back.

    Raises:
        NotAllowed: as for `check_set_roles`.
    """
    _check_manages_person(person, by)


def _check_manages_person(person: Person, by: Actor) -> None:
    if person.organization is None or by.is_person(person.pk):
        raise NotAllowed(_("Nobody decides on themselves."))
    check_manages(person.organization, by)


def check_deactivate_person(person: Person, by: Actor) -> None:
    """Refuse to stop a person from signing in.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they are deactivated already, or own the organization (`is-owner`).
    """
    check_lets_go(person, by)
    if not person.is_active:
        raise WrongState(_("This person is deactivated already."))
    if policies.is_owner(person):
        raise WrongState(
            _("An owner is removed as an owner first: by two other owners, or by the centre."),
            code="is-owner",
        )


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
        NotAllowed: the actor holds no role at this moment, or has a second factor and did not give
            it (`second-factor-missing`).
    """
    if by.person_id is None or not by.roles:
        raise NotAllowed(_("Only people of a verified organization can make API tokens."))
    if not by.passed_second_factor and second_factor_of(by.person_id):
        raise NotAllowed(
            _("Sign in with your second factor first. A token opens what the factor protects."),
            code="second-factor-missing",
        )


def check_set_token_policy(organization: Organization, by: Actor) -> None:
    """Refuse to say what the tokens of an organization's people may be used for.

    Raises:
        NotAllowed: the actor is none of its owners, or for the centre no administrator.
    """
    if not policies.may_set_token_policy(by, organization):
        raise NotAllowed(
            _(
                "The policy for tokens is set by an owner of the organization; that of the "
                "centre by its administrators."
            )
        )


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
ACTS_ON_INVITATION: Mapping[str, Rule[Invitation]] = MappingProxyType(
    {
        "withdraw_invitation": check_withdraw_invitation,
        "resend_invitation": check_resend_invitation,
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
ACTS_ON_TOKEN: Mapping[str, Rule[Token]] = MappingProxyType({"revoke_token": check_revoke_token})
ACTS_ON_ACCOUNT: Mapping[str, Rule[None]] = MappingProxyType(
    {"create_token": lambda _account, by: check_create_token(by)}
)


ACTS_ON_OWN_ADDRESS: Mapping[str, Rule[Person]] = MappingProxyType(
    {"ask_for_address_proof": check_ask_for_address_proof}
)


def acts_on_own_address(person: Person, by: Actor) -> Allowed:
    return allowed(ACTS_ON_OWN_ADDRESS, person, by)


def acts_on_organization(organization: Organization, by: Actor) -> Allowed:
    return allowed(ACTS_ON_ORGANIZATION, organization, by)


def acts_on_invitation(invitation: Invitation, by: Actor) -> Allowed:
    return allowed(ACTS_ON_INVITATION, invitation, by)


def acts_on_person(person: Person, by: Actor) -> Allowed:
    return allowed(ACTS_ON_PERSON, person, by)


def acts_on_token(token: Token, by: Actor) -> Allowed:
    return allowed(ACTS_ON_TOKEN, token, by)


def acts_on_account(by: Actor) -> Allowed:
    return allowed(ACTS_ON_ACCOUNT, None, by)

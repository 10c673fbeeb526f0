from django.utils.translation import gettext as _

from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.policies import (
    may_attach_documents,
    may_decide_organization,
    may_manage_people,
    may_reapply,
    may_verify_organization,
)
from marketplace.accounts.organization.selectors import REMINDED_BEFORE
from marketplace.accounts.organization.states import ORGANIZATION, OrganizationState
from marketplace.accounts.person.selectors import has_proved_address, letter_failure_of
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import Actor, NotAllowed, WrongState, clock


def check_attach_document(organization: Organization, by: Actor) -> None:
    """Refuse to attach a document by which an organization is verified.

    Raises:
        NotAllowed: the actor neither applied for it, nor owns it, nor is an administrator of the
            centre.
        WrongState: the application was refused, or it is the centre itself.
    """
    if not may_attach_documents(by, organization):
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
    if not may_verify_organization(by, organization):
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
    if not may_reapply(by, organization):
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
    if not may_decide_organization(by, organization):
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
    if not may_manage_people(by, organization):
        raise NotAllowed(_("The people of an organization are managed by its owners alone."))


def check_see_people(organization: Organization, by: Actor) -> None:
    """Refuse to name the people of an organization.

    Raises:
        NotAllowed: the actor holds no role among them, and is no administrator of the centre.
    """
    if is_centre_staff(by) and by.has(Role.ADMINISTRATOR):
        return
    if not (by.is_member_of(organization.pk) and by.roles):
        check_manages(organization, by)


def check_see_history(organization: Organization, by: Actor) -> None:
    """Refuse to show what happened to an organization.

    Raises:
        NotAllowed: the actor belongs neither to it nor to the centre's staff.
    """
    if not is_centre_staff(by):
        check_see_people(organization, by)


def _check_decides(organization: Organization, by: Actor) -> None:
    if not may_decide_organization(by, organization):
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

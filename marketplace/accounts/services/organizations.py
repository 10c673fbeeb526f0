"""Organizations apply, are verified by a second person, are suspended and reinstated."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from stdnum.cn import uscc as uscc_numbers

from marketplace.accounts import rules
from marketplace.accounts.events import (
    CentreFounded,
    OrganizationApplied,
    OrganizationRefused,
    OrganizationReinstated,
    OrganizationSuspended,
    OrganizationVerified,
)
from marketplace.accounts.models import Organization, Person, RoleGrant
from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role
from marketplace.accounts.selectors import organizations_visible_to
from marketplace.accounts.states import ORGANIZATION, OrganizationState
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record


@dataclass(frozen=True)
class Applicant:
    """The first person of an organization that applies."""

    name: str
    email: str
    password: str


@transaction.atomic
def found_centre(
    *, name: str, uscc: str, contact: str, administrator: Applicant, by: Actor
) -> Organization:
    """Register the centre itself with its first administrator, once, when it is set up.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        WrongState: there is a centre already.
        Invalid: as for `apply_organization`.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre is founded by the command that sets it up."))
    if Organization.objects.filter(kind=OrganizationKind.CENTRE).exists():
        raise WrongState(_("The centre is founded already."))
    kind, roles = OrganizationKind.CENTRE, frozenset({Role.ADMINISTRATOR.value})
    _check_application(name, kind, uscc, administrator, roles)
    centre, person = _create(name, kind, uscc, contact, administrator, roles)
    if person is None:
        sentence = _("This e-mail address signs in already. Use another one.")
        raise Invalid(sentence, fields={"email": [sentence]})
    # The founding has no second person yet; every later organization is verified by one.
    ORGANIZATION.move(centre, OrganizationState.VERIFIED)
    centre.applied_by_id = None
    centre.save(update_fields=["state", "applied_by_id"])
    record(CentreFounded(subject=f"organization:{centre.pk}"), by=by)
    return centre


@transaction.atomic
def apply_organization(
    *,
    name: str,
    kind: OrganizationKind,
    uscc: str,
    contact: str,
    applicant: Applicant,
    roles: frozenset[str],
    by: Actor,
) -> Organization:
    """Register an organization that asks to take part, with its first person, who can only look.

    Where the e-mail address signs in already nothing is registered, and the answer is the same: a
    stranger does not learn who has an account here.

    Raises:
        Invalid: the code fails its check character or is registered already, the e-mail address is
            none, the password too weak, or the roles are not this kind's.
    """
    uscc = uscc.strip().upper()
    if kind == OrganizationKind.CENTRE:
        sentence = _("There is one centre, and it does not apply.")
        raise Invalid(sentence, fields={"kind": [sentence]})
    _check_application(name, kind, uscc, applicant, roles)
    organization, person = _create(name, kind, uscc, contact, applicant, roles)
    if person is None:
        return organization
    record(
        OrganizationApplied(subject=f"organization:{organization.pk}", organization_kind=kind),
        by=Actor(person_id=person.pk, organization_id=organization.pk, door=by.door),
    )
    return organization


@transaction.atomic
def verify_organization(organization_id: UUID, *, by: Actor) -> Organization:
    """Let an organization in, by a second person.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: the organization does not wait for verification.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_verify_organization(organization, by)
    _decide(organization, OrganizationState.VERIFIED, reason="", by=by)
    record(OrganizationVerified(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def refuse_organization(organization_id: UUID, *, reason: str, by: Actor) -> Organization:
    """Turn an application down, with a reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `verify_organization`.
        Invalid: there is no reason.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_refuse_organization(organization, by)
    _decide(organization, OrganizationState.REFUSED, reason=reason, by=by)
    record(OrganizationRefused(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def suspend_organization(organization_id: UUID, *, reason: str, by: Actor) -> Organization:
    """Stop an organization from acting: its people keep their sign-in and lose their roles.

    Raises:
        NotFound, NotAllowed: as for `verify_organization`.
        WrongState: the organization is not verified.
        Invalid: there is no reason.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_suspend_organization(organization, by)
    _decide(organization, OrganizationState.SUSPENDED, reason=reason, by=by)
    record(OrganizationSuspended(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def reinstate_organization(organization_id: UUID, *, by: Actor) -> Organization:
    """Let a suspended organization act again.

    Raises:
        NotFound, NotAllowed: as for `verify_organization`.
        WrongState: the organization is not suspended.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_reinstate_organization(organization, by)
    ORGANIZATION.move(organization, OrganizationState.VERIFIED)
    organization.reason = ""
    organization.save(update_fields=["state", "reason"])
    record(OrganizationReinstated(subject=f"organization:{organization.pk}"), by=by)
    return organization


def _create(
    name: str,
    kind: OrganizationKind,
    uscc: str,
    contact: str,
    applicant: Applicant,
    roles: frozenset[str],
) -> tuple[Organization, Person | None]:
    """Make both, or neither and no person where the address signs in already."""
    person = Person(
        email=applicant.email.strip().lower(),
        name=applicant.name.strip(),
        language=get_language() or settings.LANGUAGE_CODE,
    )
    person.set_password(applicant.password)
    organization = Organization(
        name=name.strip(), kind=kind, uscc=uscc, contact=contact.strip(), applied_by_id=person.pk
    )
    person.organization = organization
    # Asked only now: the password takes as long to hash for whoever is turned away.
    if Person.objects.filter(email=person.email).exists():
        return organization, None
    try:
        with transaction.atomic():
            organization.save(force_insert=True)
            person.save(force_insert=True)
    except IntegrityError:
        # Somebody took the code or the address since they were looked up.
        _check_application(name, kind, uscc, applicant, roles)
        if Person.objects.filter(email=person.email).exists():
            return organization, None
        raise
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in sorted(roles))
    return organization, person


def _decide(
    organization: Organization, state: OrganizationState, *, reason: str, by: Actor
) -> None:
    ORGANIZATION.move(organization, state)
    if state != OrganizationState.VERIFIED and not reason.strip():
        raise Invalid(_("Say why."), fields={"reason": [_("Say why.")]})
    organization.reason = reason.strip()
    organization.verified_by_id = by.person_id
    organization.save(update_fields=["state", "reason", "verified_by_id"])


def _check_application(
    name: str, kind: OrganizationKind, uscc: str, applicant: Applicant, roles: frozenset[str]
) -> None:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give the registered name.")]
    if not uscc_numbers.is_valid(uscc):
        fields["uscc"] = [
            _("Its check character does not fit. Copy the 18 characters from the certificate.")
        ]
    elif Organization.objects.filter(uscc=uscc).exists():
        fields["uscc"] = [
            _("An organization with this code is registered already. Ask it to invite you.")
        ]
    if not applicant.name.strip():
        fields["person_name"] = [_("Give your name.")]
    try:
        validate_email(applicant.email.strip())
    except ValidationError:
        fields["email"] = [_("Give an e-mail address like name@example.org.")]
    try:
        validate_password(applicant.password, Person(email=applicant.email, name=applicant.name))
    except ValidationError as error:
        fields["password"] = list(error.messages)
    if not roles or not roles <= ROLES_OF_KIND[kind]:
        allowed = ", ".join(str(Role(role).label) for role in sorted(ROLES_OF_KIND[kind]))
        fields["roles"] = [
            _("Choose from these roles for this kind: %(roles)s.") % {"roles": allowed}
        ]
    if fields:
        raise Invalid(_("The application needs corrections."), fields=fields)

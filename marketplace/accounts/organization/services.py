from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.accounts.identity.linking import link_accounts
from marketplace.accounts.letter.services import promise_letters
from marketplace.accounts.organization.changes import wrong_in_organization
from marketplace.accounts.organization.checklist import POINTS
from marketplace.accounts.organization.events import (
    ApplicationLapsed,
    OrganizationApplied,
    OrganizationExamined,
    OrganizationReapplied,
    OrganizationRefused,
    OrganizationReinstated,
    OrganizationSuspended,
    OrganizationVerified,
    VerificationEnds,
)
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.rules import (
    check_examine_organization,
    check_reapply_organization,
    check_refuse_organization,
    check_reinstate_organization,
    check_suspend_organization,
    check_verify_organization,
    has_lapsed,
)
from marketplace.accounts.organization.selectors import (
    applications_to_lapse,
    organizations_visible_to,
    verifications_due,
)
from marketplace.accounts.organization.states import ORGANIZATION, OrganizationState
from marketplace.accounts.person.changes import erase_person
from marketplace.accounts.person.mailboxes import mailbox_of
from marketplace.accounts.person.models import Person, RoleGrant
from marketplace.accounts.person.taken import NEW_PASSWORD, YOUR_NAME
from marketplace.accounts.roles import GIVEN_ROLES, ROLES_OF_KIND, OrganizationKind, Role
from marketplace.core import Actor, Invalid, NotAllowed, clock, locked, longest_of
from marketplace.core.arguments import Choice, Email, Flag, Several, Text, reason_of
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record

WHY = reason_of(Organization)


NAME = Text(label=gettext_lazy("Registered name"), longest=longest_of(Organization, "name"))
USCC = Text(
    label=gettext_lazy("Unified social credit code"),
    help=gettext_lazy("18 characters of GB 32100, as on the certificate of registration."),
    longest=longest_of(Organization, "uscc"),
)
CONTACT = Text(
    label=gettext_lazy("Public contact"),
    help=gettext_lazy("An office address, not a person's: it is shown on certificates."),
    longest=longest_of(Organization, "contact"),
)
ABROAD = Flag(
    label=gettext_lazy("It is registered outside the mainland of China, or uses the data there")
)
KIND = Choice(label=gettext_lazy("Kind"), choices=OrganizationKind)
EMAIL = Email(label=gettext_lazy("Your e-mail address"))
ROLES = Several(label=gettext_lazy("What you will do"), choices=GIVEN_ROLES)
CHECKLIST = Several(label=gettext_lazy("Points of the checklist"), choices=POINTS)
EVIDENCE = Text(
    label=gettext_lazy("Documents seen"),
    help=gettext_lazy(
        "Document of registration, representative and mandate, with number and date."
    ),
    longest=longest_of(Organization, "evidence"),
    lines=3,
)


@dataclass(frozen=True)
class Applicant:
    """The first person of an organization that applies."""

    name: str
    email: str
    password: str


@transaction.atomic
def apply_organization(
    *,
    name: Annotated[str, NAME],
    kind: Annotated[str, KIND],
    uscc: Annotated[str, USCC],
    contact: Annotated[str, CONTACT],
    is_abroad: Annotated[bool, ABROAD] = False,
    person_name: Annotated[str, YOUR_NAME],
    email: Annotated[str, EMAIL],
    password: Annotated[str, NEW_PASSWORD],
    roles: Annotated[Collection[str], ROLES],
    by: Actor,
) -> Organization:
    """Register an organization that asks to take part, with its first person, who can only look.

    `is_abroad` says that it is registered outside the mainland, or uses data there: important data
    goes to it only with a security assessment.

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
    applicant, held = Applicant(person_name, email, password), frozenset(roles)
    _check_application(name, kind, uscc, applicant, held)
    organization, grants = _create(
        name, kind, uscc, contact, applicant, held, is_abroad=is_abroad, by=by
    )
    if not grants:
        return organization
    promise_letters([f"person:{grants[0].person_id}"])
    record(
        OrganizationApplied(subject=f"organization:{organization.pk}", organization_kind=kind),
        binds=bound(*grants),
        by=Actor(person_id=grants[0].person_id, organization_id=organization.pk, door=by.door),
    )
    return organization


@transaction.atomic
def examine_organization(
    organization_id: UUID,
    *,
    checklist: Annotated[Collection[str], CHECKLIST],
    evidence: Annotated[str, EVIDENCE],
    by: Actor,
) -> Organization:
    """Examine an organization's documents as the first of two, the first time or again.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: it cannot be verified, or whoever applied has not proved their address.
        Invalid: a point of the checklist is missing, or the documents are not named.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_examine_organization(organization, by)
    fields: dict[str, list[str]] = {}
    codes = [code for code, _sentence in POINTS]
    if set(checklist) != set(codes):
        fields["checklist"] = [_("Tick every point, or refuse the application with a reason.")]
    if not evidence.strip():
        fields["evidence"] = [_("Name the documents that you have seen, with number and date.")]
    if fields:
        raise Invalid(_("The examination is not complete."), fields=fields)
    organization.examined_by_id, organization.examined_at = by.person_id, clock.now()
    organization.checklist, organization.evidence = codes, evidence.strip()
    organization.verified_by_id = None
    organization.save(
        update_fields=["examined_by_id", "examined_at", "checklist", "evidence", "verified_by_id"]
    )
    subject = f"organization:{organization.pk}"
    record(OrganizationExamined(subject=subject, checklist=tuple(codes)), by=by)
    return organization


@transaction.atomic
def verify_organization(organization_id: UUID, *, by: Actor) -> Organization:
    """Let an organization in as the second of two, until a day; a verified one for longer.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is no administrator of the centre, examined it, or applied themselves.
        WrongState: it cannot be verified, nobody has examined it, or whoever applied has not
            proved their address.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_verify_organization(organization, by)
    if organization.state != OrganizationState.VERIFIED:
        ORGANIZATION.move(organization, OrganizationState.VERIFIED)
    days = timedelta(days=settings.CENTRE["VERIFICATION_DAYS"])
    organization.verified_until = clock.today() + days
    organization.verified_by_id, organization.examined_at = by.person_id, None
    organization.reason, organization.reminded_on = "", None
    organization.save(
        update_fields=[
            *("state", "reason", "verified_by_id", "verified_until"),
            *("examined_at", "reminded_on"),
        ]
    )
    record(OrganizationVerified(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def settle_verifications(*, by: Actor) -> int:
    """Remind of verifications that end soon, and suspend where one has ended; return how many.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    due = list(verifications_due().select_for_update(of=("self",), skip_locked=True))
    for organization in due:
        subject = f"organization:{organization.pk}"
        if has_lapsed(organization):
            reason = _("Its verification has ended: two administrators verify it again.")
            _decide(organization, OrganizationState.SUSPENDED, reason=reason, by=by)
            record(OrganizationSuspended(subject=subject), by=by)
        else:
            organization.reminded_on = clock.today()
            organization.save(update_fields=["reminded_on"])
            record(VerificationEnds(subject=subject, until=str(organization.verified_until)), by=by)
    return len(due)


@transaction.atomic
def refuse_organization(
    organization_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> Organization:
    """Turn an application down, with a reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `verify_organization`.
        Invalid: there is no reason.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_refuse_organization(organization, by)
    _decide(organization, OrganizationState.REFUSED, reason=reason, by=by)
    record(OrganizationRefused(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def suspend_organization(
    organization_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> Organization:
    """Stop an organization from acting: its people keep their sign-in and lose their roles.

    What is closed to them, and what goes on for those that it trades with, the table `SUSPENSION`
    says for each address.

    Raises:
        NotFound, NotAllowed: as for `verify_organization`.
        WrongState: the organization is not verified.
        Invalid: there is no reason.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_suspend_organization(organization, by)
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
    check_reinstate_organization(organization, by)
    ORGANIZATION.move(organization, OrganizationState.VERIFIED)
    organization.reason = ""
    organization.save(update_fields=["state", "reason"])
    record(OrganizationReinstated(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def reapply_organization(
    organization_id: UUID,
    *,
    name: Annotated[str, NAME],
    uscc: Annotated[str, USCC],
    contact: Annotated[str, CONTACT],
    is_abroad: Annotated[bool, ABROAD] = False,
    by: Actor,
) -> Organization:
    """Correct a refused application, and send it again; documents are attached anew.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is not whoever applied.
        WrongState: it was not refused, or the actor's address is not proved (`address-unproved`).
        Invalid: as for `apply_organization`.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_reapply_organization(organization, by)
    uscc = uscc.strip().upper()
    if fields := wrong_in_organization(name, uscc):
        raise Invalid(_("The application needs corrections."), fields=fields)
    ORGANIZATION.move(organization, OrganizationState.PENDING)
    organization.name, organization.uscc, organization.contact = name.strip(), uscc, contact.strip()
    organization.is_abroad, organization.reason, organization.verified_by_id = is_abroad, "", None
    try:
        with transaction.atomic():
            organization.save(
                update_fields=[
                    *("state", "name", "uscc", "contact", "is_abroad", "reason", "verified_by_id"),
                ]
            )
    except IntegrityError:
        # Somebody took the code since it was looked up.
        fields = wrong_in_organization(name, uscc)
        raise Invalid(_("The application needs corrections."), fields=fields) from None
    record(OrganizationReapplied(subject=f"organization:{organization.pk}"), by=by)
    return organization


@transaction.atomic
def lapse_applications(*, by: Actor) -> int:
    """End the applications for which nobody proved the address in time; return how many.

    Whoever typed another's address, or another company's code, keeps neither from applying: the
    code is free again, and of the person name and address are erased.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    due = list(applications_to_lapse().select_for_update(of=("self",), skip_locked=True))
    for organization in due:
        person = locked(Person.objects.all(), pk=organization.applied_by_id or UUID(int=0))
        if person.address_proved_at is not None:
            continue
        if organization.state == OrganizationState.PENDING:
            ORGANIZATION.move(organization, OrganizationState.REFUSED)
            organization.reason = _("Nobody proved the e-mail address of the application in time.")
        organization.documents, organization.examined_at = {}, None
        organization.save(update_fields=["state", "reason", "documents", "examined_at"])
        erase_person(person)
        record(ApplicationLapsed(subject=f"organization:{organization.pk}"), by=by)
    return len(due)


def _create(
    name: str,
    kind: str,
    uscc: str,
    contact: str,
    applicant: Applicant,
    roles: frozenset[str],
    *,
    is_abroad: bool = False,
    by: Actor,
) -> tuple[Organization, list[RoleGrant]]:
    """Make both with the person's roles, or neither and no roles where the address signs in."""
    person = Person(
        email=(email := applicant.email.strip().lower()),
        mailbox=mailbox_of(email),
        name=applicant.name.strip(),
        language=get_language() or settings.LANGUAGE_CODE,
        address_asked_at=clock.now(),
    )
    person.set_password(applicant.password)
    organization = Organization(
        name=name.strip(),
        kind=kind,
        uscc=uscc,
        contact=contact.strip(),
        is_abroad=is_abroad,
        applied_by_id=person.pk,
    )
    person.organization = organization
    # Asked only now: the password takes as long to hash for whoever is turned away.
    if Person.objects.filter(email=person.email).exists():
        return organization, []
    try:
        with transaction.atomic():
            organization.save(force_insert=True)
            person.save(force_insert=True)
    except IntegrityError:
        # Somebody took the code or the address since they were looked up.
        _check_application(name, kind, uscc, applicant, roles)
        if Person.objects.filter(email=person.email).exists():
            return organization, []
        raise
    # Whoever founds an organization is its first owner.
    held = sorted(roles | {Role.OWNER.value})
    grants = RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in held)
    link_accounts(person, by=by)
    return organization, grants


def _decide(
    organization: Organization, state: OrganizationState, *, reason: str, by: Actor
) -> None:
    ORGANIZATION.move(organization, state)
    organization.reason = WHY.given(reason)
    organization.verified_by_id = by.person_id
    # Who examined the documents may refuse or suspend: that takes one.
    organization.examined_by_id = organization.examined_at = None
    if state == OrganizationState.REFUSED:
        # A reaction destroys them: whoever applies again attaches them anew.
        organization.documents = {}
    organization.save(
        update_fields=[
            *("state", "reason", "verified_by_id", "examined_by_id", "examined_at", "documents")
        ]
    )


def _check_application(
    name: str, kind: str, uscc: str, applicant: Applicant, roles: frozenset[str]
) -> None:
    fields = wrong_in_organization(name, uscc)
    if not applicant.name.strip():
        fields["person_name"] = [_("Give your name.")]
    try:
        validate_email(applicant.email.strip())
    except ValidationError:
        fields["email"] = [_("Give an e-mail address like name@example.org.")]
    try:
        whose = Person(email=applicant.email, name=applicant.name)
        whose.organization = Organization(name=name)
        validate_password(applicant.password, whose)
    except ValidationError as error:
        fields["password"] = list(error.messages)
    if not roles or not roles <= ROLES_OF_KIND[kind]:
        allowed = ", ".join(str(Role(role).label) for role in sorted(ROLES_OF_KIND[kind]))
        fields["roles"] = [
            _("Choose from these roles for this kind: %(roles)s.") % {"roles": allowed}
        ]
    if fields:
        raise Invalid(_("The application needs corrections."), fields=fields)

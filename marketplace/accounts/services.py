"""Organizations register, people are invited and take roles, tokens are made and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Annotated
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
from marketplace.accounts.changes import (
    INVITATION_LIFE,
    address_of,
    appoint_owner,
    change_roles,
    change_sign_in,
    check_roles,
    end_tokens,
    end_tokens_of,
    erase_person,
    lock_owners,
    offer_to_join,
    remove_owner,
)
from marketplace.accounts.checklist import POINTS
from marketplace.accounts.events import (
    AddressProofAsked,
    AddressProved,
    AdministratorTookOffice,
    ApplicationLapsed,
    CentreFounded,
    CentreOpened,
    InvitationAccepted,
    InvitationResent,
    InvitationWithdrawn,
    OrganizationApplied,
    OrganizationExamined,
    OrganizationReapplied,
    OrganizationRefused,
    OrganizationReinstated,
    OrganizationSuspended,
    OrganizationVerified,
    PasswordChanged,
    TokenCreated,
    TokenPolicySet,
    VerificationEnds,
)
from marketplace.accounts.identity.linking import link_accounts
from marketplace.accounts.identity.mailboxes import mailbox_of
from marketplace.accounts.letter.services import Sending, promise_letters, send_letter
from marketplace.accounts.letters import unknown_link, who_proves, write_invitation, write_proof
from marketplace.accounts.limit.changes import check_limit, give_limit
from marketplace.accounts.models import (
    LONGEST_LIFE_DAYS,
    EndedBecause,
    Invitation,
    Organization,
    Person,
    RoleGrant,
    SigningTries,
    Token,
)
from marketplace.accounts.networks import network_of
from marketplace.accounts.one_time_codes import counter_of_code
from marketplace.accounts.passkeys import knows_password
from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role
from marketplace.accounts.rules import (
    check_create_token,
    check_invite_person,
    check_revoke_token,
    check_stops_token,
    check_takes_invitations_back,
    check_withdraw_invitation,
)
from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.accounts.selectors import (
    LEAST_ADMINISTRATORS,
    actor_of,
    administrators_in_office,
    applications_to_lapse,
    centre_to_open,
    ends_at,
    invitations_visible_to,
    organizations_visible_to,
    own_account,
    people_visible_to,
    refuse_program,
    token_in_force,
    tokens_made_by,
    tokens_visible_to,
    verifications_due,
)
from marketplace.accounts.states import ORGANIZATION, OrganizationState
from marketplace.core import (
    Actor,
    Door,
    Invalid,
    NotAllowed,
    NotFound,
    Scope,
    WrongState,
    clock,
    locked,
    visible,
)
from marketplace.core.arguments import reason_of
from marketplace.core.scopes import EVERY
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.web.mail import failure_of, reaches_people

WHY = reason_of(Organization)

# Organizations apply, are verified by a second person, are suspended and reinstated.


@dataclass(frozen=True)
class Applicant:
    """The first person of an organization that applies."""

    name: str
    email: str
    password: str


@transaction.atomic
def found_centre(
    *, name: str, uscc: str, contact: str, administrators: tuple[str, str], by: Actor
) -> Organization:
    """Register the centre itself, once, and invite its two first administrators by e-mail.

    Nothing that decides opens until both have joined and signed in: see `take_office`.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        WrongState: there is a centre already, or e-mails are only printed (`mail-goes-nowhere`).
        Invalid: as for `apply_organization`, or the two addresses are one.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre is founded by the command that sets it up."))
    if Organization.objects.filter(kind=OrganizationKind.CENTRE).exists():
        raise WrongState(_("The centre is founded already."))
    if not reaches_people():
        raise WrongState(
            _(
                "E-mails of this centre reach nobody, so its administrators would get no links. "
                "Set EMAIL_URL to your mail server first."
            ),
            code="mail-goes-nowhere",
        )
    uscc = uscc.strip().upper()
    fields = _wrong_in_organization(name, uscc)
    if len({mailbox_of(address_of(each)) for each in administrators}) != len(administrators):
        fields["administrators"] = [_("Name two people with addresses of their own.")]
    if fields:
        raise Invalid(_("The application needs corrections."), fields=fields)
    centre = Organization.objects.create(
        name=name.strip(), kind=OrganizationKind.CENTRE, uscc=uscc, contact=contact.strip()
    )
    record(CentreFounded(subject=f"organization:{centre.pk}"), by=by)
    for each in administrators:
        offer_to_join(centre, email=each, roles=frozenset({Role.ADMINISTRATOR.value}), by=by)
    return centre


@transaction.atomic
def take_office(*, by: Actor) -> Organization:
    """Note that an administrator who was named at the founding signs in; the second opens all.

    Until then the centre is pending, so that its people hold no role. Again it changes nothing.

    Raises:
        NotFound: the actor is no administrator of a centre that is to open.
    """
    person = locked(Person.objects.all(), pk=by.person_id or UUID(int=0))
    if not centre_to_open(person):
        raise NotFound(_("There is no centre that waits for your sign-in."))
    centre = locked(Organization.objects.all(), pk=person.organization_id or UUID(int=0))
    if person.took_office_at is None:
        person.took_office_at = clock.now()
        person.save(update_fields=["took_office_at"])
        about = (f"organization:{centre.pk}",)
        record(AdministratorTookOffice(subject=f"person:{person.pk}", about=about), by=by)
    in_office = administrators_in_office().filter(took_office_at__isnull=False)
    if in_office.count() >= LEAST_ADMINISTRATORS and centre.state == OrganizationState.PENDING:
        ORGANIZATION.move(centre, OrganizationState.VERIFIED)
        centre.save(update_fields=["state"])
        record(CentreOpened(subject=f"organization:{centre.pk}"), by=by)
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
    is_abroad: bool = False,
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
    _check_application(name, kind, uscc, applicant, roles)
    organization, grants = _create(
        name, kind, uscc, contact, applicant, roles, is_abroad=is_abroad, by=by
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
def ask_for_address_proof(*, by: Actor) -> Person:
    """Have the link sent once more that proves the actor's address.

    Raises:
        NotAllowed: nobody is signed in.
        WrongState: the address is proved, or the last link was asked for a moment ago.
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to prove your address."))
    person = locked(people_visible_to(by), pk=by.person_id)
    rules.check_ask_for_address_proof(person, by)
    person.address_asked_at = clock.now()
    person.save(update_fields=["address_asked_at"])
    promise_letters([f"person:{person.pk}"])
    about = (f"organization:{person.organization_id}",)
    record(AddressProofAsked(subject=f"person:{person.pk}", about=about), by=by)
    return person


@transaction.atomic
def prove_address(*, signed: str, by: Actor) -> Person:
    """Note that whoever applied reads the mailbox that they named. Again it changes nothing.

    Raises:
        NotFound: the link was not made here, or its time is over.
    """
    person_id, address = who_proves(signed)
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.email != address:
        raise unknown_link()
    if person.address_proved_at is not None:
        return person
    person.address_proved_at = clock.now()
    person.save(update_fields=["address_proved_at"])
    record(
        AddressProved(
            subject=f"person:{person.pk}", about=(f"organization:{person.organization_id}",)
        ),
        by=Actor(person_id=person.pk, organization_id=person.organization_id, door=by.door),
    )
    return person


def send_address_proof(person_id: UUID, *, taker: str = "", is_sent: bool = False) -> bool:
    """Send the link that proves an address; return whether there was anything to prove.

    That it failed stands with the person.

    Raises:
        OSError: the mail server does not take it; the centre tries again.
        NotNoted: it was sent, and the database does not answer.
    """
    prepare = partial(_proof_to_send, person_id)
    return send_letter(f"person:{person_id}", prepare, taker=taker, is_sent=is_sent)


def _proof_to_send(person_id: UUID) -> Sending | None:
    rows = Person.objects.filter(pk=person_id, address_proved_at=None, is_active=True)
    person = rows.first()
    if person is None:
        return None
    return Sending(
        send=partial(write_proof, person),
        sent=lambda: rows.update(letter_failure=""),
        failed=lambda error: rows.update(letter_failure=failure_of(error)),
    )


@transaction.atomic
def examine_organization(
    organization_id: UUID, *, checklist: Sequence[str], evidence: str, by: Actor
) -> Organization:
    """Examine an organization's documents as the first of two, the first time or again.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is no administrator of the centre, or applied themselves.
        WrongState: it cannot be verified, or whoever applied has not proved their address.
        Invalid: a point of the checklist is missing, or the documents are not named.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_examine_organization(organization, by)
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
    rules.check_verify_organization(organization, by)
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
        if rules.has_lapsed(organization):
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
    rules.check_refuse_organization(organization, by)
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


@transaction.atomic
def reapply_organization(
    organization_id: UUID, *, name: str, uscc: str, contact: str, is_abroad: bool, by: Actor
) -> Organization:
    """Correct a refused application, and send it again; documents are attached anew.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is not whoever applied.
        WrongState: it was not refused, or the actor's address is not proved (`address-unproved`).
        Invalid: as for `apply_organization`.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_reapply_organization(organization, by)
    uscc = uscc.strip().upper()
    if fields := _wrong_in_organization(name, uscc):
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
        fields = _wrong_in_organization(name, uscc)
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
    kind: OrganizationKind,
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
    name: str, kind: OrganizationKind, uscc: str, applicant: Applicant, roles: frozenset[str]
) -> None:
    fields = _wrong_in_organization(name, uscc)
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


def _wrong_in_organization(name: str, uscc: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give the registered name.")]
    if not uscc_numbers.is_valid(uscc):
        fields["uscc"] = [
            _("Its check character does not fit. Copy the 18 characters from the certificate.")
        ]
    elif Organization.objects.exclude(state=OrganizationState.REFUSED).filter(uscc=uscc).exists():
        fields["uscc"] = [
            _("An organization with this code is registered already. Ask it to invite you.")
        ]
    return fields


# People are given roles, leave, and come back.


@transaction.atomic
def set_roles(person_id: UUID, *, roles: frozenset[str], by: Actor) -> Person:
    """Give a person exactly these roles, and end their tokens. The same set again changes nothing.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor does not manage the person's organization, or is that person.
        Invalid: the roles do not fit the organization.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    rules.check_set_roles(person, by)
    assert person.organization is not None, "Whoever belongs to none is not found."
    change_roles(person, roles, by=by)
    # Read anew: what was fetched with the person are the roles of before.
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def make_owner(person_id: UUID, *, by: Actor) -> Person:
    """Make a colleague an owner of the organization, beside those who are.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor is no owner of their organization.
        WrongState: they are an owner already, or cannot sign in.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    rules.check_make_owner(person, by)
    appoint_owner(person, by=by)
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def step_down(person_id: UUID, *, by: Actor) -> Person:
    """Give up one's own part as an owner; other roles stay.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: it is not the actor, or no owner.
        WrongState: they are the last owner (`last-owner`).
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    lock_owners(person)
    rules.check_step_down(person, by)
    remove_owner(person, by=by)
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def deactivate_person(person_id: UUID, *, by: Actor) -> Person:
    """Stop a person from signing in, at once: pages and tokens open nothing any more.

    What they did stays theirs; their roles come back with `reactivate_person`, and their tokens do
    not. Again it changes nothing.

    Raises:
        NotFound, NotAllowed: as for `set_roles`.
    """
    person = _managed(person_id, by)
    if not person.is_active:
        return person
    rules.check_deactivate_person(person, by)
    change_sign_in(person, is_active=False, by=by)
    return person


@transaction.atomic
def reactivate_person(person_id: UUID, *, by: Actor) -> Person:
    """Let a person sign in again, with the roles they held. Again it changes nothing.

    Raises:
        NotFound, NotAllowed: as for `set_roles`.
    """
    person = _managed(person_id, by)
    if person.is_active:
        return person
    rules.check_reactivate_person(person, by)
    change_sign_in(person, is_active=True, by=by)
    return person


def remember_language(person_id: UUID, language: str) -> None:
    """Keep the language that a person reads, for the e-mails they are sent."""
    Person.objects.filter(pk=person_id).exclude(language=language).update(language=language)


def _managed(person_id: UUID, by: Actor) -> Person:
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    rules.check_lets_go(person, by)
    return person


# People are invited, and join; an invitation can be withdrawn until then.


@transaction.atomic
def invite_person(
    organization_id: UUID,
    *,
    email: str,
    roles: frozenset[str],
    limit: Decimal | None = None,
    by: Actor,
) -> Invitation:
    """Offer somebody to join an organization with roles, by an e-mail to their mailbox alone.

    `limit` is the sum, in the centre's currency, that they may sign for alone once they have
    joined; None leaves them the centre's own.

    Whether the address signs in already is not told, nor looked at: who works elsewhere is nobody's
    business.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor does not manage its people.
        WrongState: the organization is not verified.
        Invalid: the e-mail address is no address, or roles or limit do not fit.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_invite_person(organization, by)
    check_roles(organization, roles)
    if limit is not None:
        check_limit(limit)
    return offer_to_join(organization, email=email, roles=roles, limit=limit, by=by)


@transaction.atomic
def resend_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Send an invitation once more, for as long as a new one: the link before opens nothing.

    Raises:
        NotFound: there is no such invitation among those the actor may see.
        NotAllowed: the actor does not manage the people of its organization.
        WrongState: it was accepted, is withdrawn, or was sent a moment ago (`asked-just-now`).
    """
    invitation = locked(invitations_visible_to(by), pk=invitation_id)
    rules.check_resend_invitation(invitation, by)
    invitation.secret_digest, invitation.letter_failure = None, ""
    invitation.sent_at = None
    invitation.asked_at = clock.now()
    invitation.expires_at = invitation.asked_at + INVITATION_LIFE
    invitation.save(
        update_fields=["secret_digest", "letter_failure", "sent_at", "asked_at", "expires_at"]
    )
    promise_letters([f"invitation:{invitation.pk}"])
    about = (f"organization:{invitation.organization_id}",)
    record(InvitationResent(subject=f"invitation:{invitation.pk}", about=about), by=by)
    return invitation


def send_invitation(invitation_id: UUID, *, taker: str = "", is_sent: bool = False) -> bool:
    """Make the secret of an invitation, and send it; return whether it waited to be sent.

    The digest is kept before the message leaves: after a crash in between another is made and sent.
    That it failed stands with the invitation.

    Raises:
        OSError: the mail server does not take it; the centre tries again.
        NotNoted: it was sent, and the database does not answer.
    """
    prepare = partial(_invitation_to_send, invitation_id, is_sent=is_sent)
    return send_letter(f"invitation:{invitation_id}", prepare, taker=taker, is_sent=is_sent)


def _invitation_to_send(invitation_id: UUID, *, is_sent: bool) -> Sending | None:
    waiting = Invitation.objects.filter(
        pk=invitation_id,
        sent_at=None,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
    )
    invitation = waiting.select_related("organization").first()
    if invitation is None:
        return None
    secret = ""
    if not is_sent:
        secret, digest = new_secret("invitation")
        waiting.update(secret_digest=digest)
        waiting = waiting.filter(secret_digest=digest)
    return Sending(
        send=partial(write_invitation, invitation, secret),
        sent=lambda: waiting.update(sent_at=clock.now(), letter_failure=""),
        failed=lambda error: waiting.update(letter_failure=failure_of(error)),
    )


@transaction.atomic
def accept_invitation(*, secret: str, name: str, password: str, by: Actor) -> Person:
    """Make the invited person, who then signs in.

    Raises:
        NotFound: the secret belongs to no open invitation.
        Invalid: the name is missing, the password too weak, or nobody can join by it, for the
            address has an account.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(
            secret_digest=digest_of(secret),
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=clock.now(),
        )
        .select_related("organization")
        .first()
    )
    if invitation is None:
        raise NotFound(
            _("This invitation was used or withdrawn, or it has expired. Ask for a new one.")
        )
    _check_joining(invitation, name=name, password=password)
    if Person.objects.filter(email=invitation.email).exists():
        raise _unusable()
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                invitation.email,
                password,
                name=name.strip(),
                organization=invitation.organization,
                language=get_language() or settings.LANGUAGE_CODE,
                address_proved_at=clock.now(),
            )
    except IntegrityError:
        # Somebody took the address since it was looked up.
        raise _unusable() from None
    grants = RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=role) for role in invitation.roles
    )
    link_accounts(person, by=by)
    if invitation.signing_limit is not None and invitation.invited_by_id is not None:
        give_limit(person, invitation.signing_limit, set_by_id=invitation.invited_by_id, by=by)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record(
        InvitationAccepted(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{invitation.organization_id}", f"person:{person.pk}"),
        ),
        binds=bound(*grants),
        by=Actor(person_id=person.pk, organization_id=invitation.organization_id, door=by.door),
    )
    return person


def _check_joining(invitation: Invitation, *, name: str, password: str) -> None:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give your name.")]
    try:
        whose = Person(email=invitation.email, name=name, organization=invitation.organization)
        validate_password(password, whose)
    except ValidationError as error:
        fields["password"] = list(error.messages)
    if fields:
        raise Invalid(_("This needs corrections."), fields=fields)


def _unusable() -> Invalid:
    sentence = _(
        "Nobody can join by this invitation. If you have an account, sign in with it; else ask for "
        "an invitation to another e-mail address."
    )
    return Invalid(sentence, code="invitation-unusable")


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Take an invitation back: its link opens nothing any more. Again it changes nothing.

    Raises:
        NotFound: there is no such invitation among those the actor may see.
        NotAllowed: the actor does not manage the people of its organization.
        WrongState: it was accepted.
    """
    invitation = locked(invitations_visible_to(by), pk=invitation_id)
    check_takes_invitations_back(invitation, by)
    if invitation.withdrawn_at is not None:
        return invitation
    check_withdraw_invitation(invitation, by)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(
        InvitationWithdrawn(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{invitation.organization_id}",),
        ),
        by=by,
    )
    return invitation


# Keys to the API: made once, kept as digests, revoked.


@dataclass(frozen=True)
class IssuedToken:
    """A token with the secret that is shown once."""

    token: Token
    secret: str


@dataclass(frozen=True)
class UsedToken:
    """A token that was shown, and who acts with it."""

    token: Token
    by: Actor


@transaction.atomic
def create_token(*, name: str, days: int, scopes: frozenset[str], by: Actor) -> IssuedToken:
    """Make a key to the API for the actor; the secret is answered once.

    Where a program makes it by a token of its own, it has no scope that this one has not, and ends
    with it at the latest.

    Raises:
        NotAllowed: the actor holds no role at this moment, or their session was opened without
            the second factor that they have (`second-factor-missing`); or the token by which they
            act has ended.
        Invalid: the name or the scopes are missing, a scope is not one that the organization
            lets tokens have or that the maker has, or the life is not 1 day to the organization's
            longest.
    """
    check_create_token(by)
    # Its lock also keeps a new password, and other roles, from overlooking the new token.
    person = locked(own_account(by).exclude(organization=None), pk=str(by.person_id))
    maker = tokens_made_by([by.token_id])[:1] if by.token_id else []
    if by.token_id and not maker:
        raise NotAllowed(_("The token that you act by has ended."), code="token-ended")
    _check_token(person, name=name, days=days, scopes=scopes, by=by)
    ends = [clock.now() + timedelta(days=days), *(ends_at(each) for each in maker)]
    secret, digest = new_secret("dtc")
    token = Token.objects.create(
        person=person,
        name=name.strip(),
        digest=digest,
        expires_at=min(ends),
        scopes=sorted(scopes),
        made_by=maker[0] if maker else None,
        with_second_factor=by.passed_second_factor,
    )
    record(
        TokenCreated(
            subject=f"token:{token.pk}",
            about=(f"person:{person.pk}",),
            scopes=tuple(sorted(scopes)),
        ),
        by=by,
    )
    return IssuedToken(token, secret)


def _check_token(
    person: Person, *, name: str, days: int, scopes: frozenset[str], by: Actor
) -> None:
    assert person.organization is not None, "Whoever holds a role belongs to one."
    longest, allowed = person.organization.token_days, frozenset(person.organization.token_scopes)
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give it a name, so that you know later what uses it.")]
    if not 1 <= days <= longest:
        fields["days"] = [_("Choose 1 to %(most)d days.") % {"most": longest}]
    if not scopes or not scopes <= EVERY:
        fields["scopes"] = [_("Choose what it may be used for.")]
    elif not scopes <= allowed:
        fields["scopes"] = [
            _("Your organization lets tokens have only these scopes: %(scopes)s.")
            % {"scopes": _named(allowed)}
        ]
    elif by.scopes is not None and not scopes <= by.scopes:
        fields["scopes"] = [_("A token cannot give a scope that it does not have.")]
    if fields:
        raise Invalid(_("The token needs corrections."), fields=fields)


def _named(scopes: frozenset[str]) -> str:
    return ", ".join(str(scope.label) for scope in Scope if scope.value in scopes)


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Actor) -> Token:
    """Stop a token, and those that were made by it. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such token among those the actor may see.
        NotAllowed: it is somebody else's.
    """
    token = locked(tokens_visible_to(by), pk=token_id)
    check_stops_token(token, by)
    if token.revoked_at is not None:
        return token
    check_revoke_token(token, by)
    end_tokens([token.pk], EndedBecause.REVOKED, by=by)
    return visible(tokens_visible_to(by), pk=token_id)


def use_token(secret: str, *, address: str) -> UsedToken | None:
    """Find the token of a secret, and note the day of its use and the network it came from.

    Raises:
        NotAllowed: the token was made without the second factor that its person needs, or their
            organization is suspended (`organization-suspended`).
    """
    token = token_in_force(digest_of(secret))
    if token is None:
        return None
    by = actor_of(
        token.person, door=Door.API, passed_second_factor=token.with_second_factor, token=token
    )
    refuse_program(by)
    seen = (clock.today(), network_of(address))
    if (token.last_used_on, token.last_used_from) != seen:
        token.last_used_on, token.last_used_from = seen
        token.save(update_fields=["last_used_on", "last_used_from"])
    return UsedToken(token, by)


@transaction.atomic
def set_token_policy(
    organization_id: UUID, *, scopes: frozenset[str], days: int, by: Actor
) -> Organization:
    """Say what the tokens of an organization's people may be used for, and how long they live.

    It holds at once for those that were made before. The same again changes nothing.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor does not manage its people.
        Invalid: a scope is none, or the life is not 1 to 365 days.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    rules.check_set_token_policy(organization, by)
    fields: dict[str, list[str]] = {}
    if not scopes <= EVERY:
        fields["scopes"] = [_("Choose from these: %(scopes)s.") % {"scopes": _named(EVERY)}]
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        fields["days"] = [_("Choose 1 to %(most)d days.") % {"most": LONGEST_LIFE_DAYS}]
    if fields:
        raise Invalid(_("The policy needs corrections."), fields=fields)
    if (frozenset(organization.token_scopes), organization.token_days) == (scopes, days):
        return organization
    organization.token_scopes, organization.token_days = sorted(scopes), days
    organization.save(update_fields=["token_scopes", "token_days"])
    record(
        TokenPolicySet(
            subject=f"organization:{organization.pk}", scopes=tuple(sorted(scopes)), days=days
        ),
        by=by,
    )
    return organization


# A person chooses another password, and what was made with the old one ends.


@transaction.atomic
def change_password(person_id: UUID, *, password: str, by: Actor) -> Person:
    """Give a person the password that they chose; sessions and tokens of before end.

    Raises:
        NotFound: it is not the actor's own account.
        Invalid: the password is too weak.
    """
    person = locked(own_account(by), pk=person_id)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(
            _("Choose another password."), fields={"password": list(error.messages)}
        ) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    end_tokens_of(person, EndedBecause.PASSWORD, by=by)
    record(PasswordChanged(subject=f"person:{person.pk}"), by=by)
    return person


# Whoever signs proves anew that it is they: so many wrong proofs, and they wait, as at sign-in.


@transaction.atomic
def count_signing_try(*, by: Actor) -> None:
    """Count that the actor is about to prove that it is they who sign, by password or code.

    A door calls it before the act that takes the proof, in a transaction of its own: the act is
    undone where the proof is wrong, and the count must stay. What is counted before it is known to
    be wrong cannot be tried twice at once. A right proof ends the count.

    Raises:
        Invalid: there were as many tries as sign-in allows, within its time
            (`signing-locked-out`).
    """
    tries = _tries_of(by)
    now = clock.now()
    if tries.tried_at + settings.AXES_COOLOFF_TIME <= now:
        tries.tries = 0
    if tries.tries >= settings.AXES_FAILURE_LIMIT:
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
        sentence = _(
            "Too many wrong tries. Wait %(minutes)d minutes after the last one, or sign with a "
            "passkey."
        )
        raise Invalid(sentence % {"minutes": minutes}, code="signing-locked-out")
    tries.tries, tries.tried_at = tries.tries + 1, now
    tries.save(update_fields=["tries", "tried_at"])


@transaction.atomic
def prove_presence(*, password: str | None, code: str | None, by: Actor) -> str:
    """Return by what the actor proves that it is they who sign: "password" or "code".

    On a page that is the password. A program may keep a password, so it gives the code that an
    authenticator app shows at this moment, and each proves once.

    Raises:
        Invalid: no such proof is given (`signing-proof-missing`), or it is wrong
            (`password-wrong`, `code-wrong`).
    """
    tries = _tries_of(by)
    if by.door == Door.API:
        if code is None:
            raise _unproved(
                "code",
                "signing-proof-missing",
                _(
                    "Sign with a passkey's assertion, or give the code that your authenticator "
                    "app shows now. Nothing was signed."
                ),
            )
        counter = counter_of_code(tries.person_id, code)
        if counter is None or counter <= tries.last_counter:
            sentence = _("This code is wrong, over or used already. Nothing was signed.")
            raise _unproved("code", "code-wrong", sentence)
        tries.last_counter = counter
    elif not password:
        sentence = _("Give your password. Nothing was signed.")
        raise _unproved("password", "signing-proof-missing", sentence)
    elif not knows_password(tries.person_id, password):
        sentence = _("This is not your password. Nothing was signed.")
        raise _unproved("password", "password-wrong", sentence)
    tries.tries = 0
    tries.save(update_fields=["tries", "last_counter"])
    return "code" if by.door == Door.API else "password"


def _tries_of(by: Actor) -> SigningTries:
    assert by.person_id is not None, "Whoever signs is a person."
    SigningTries.objects.get_or_create(person_id=by.person_id)
    return SigningTries.objects.select_for_update().get(person_id=by.person_id)


def _unproved(field: str, code: str, sentence: str) -> Invalid:
    return Invalid(sentence, code=code, fields={field: [sentence]})

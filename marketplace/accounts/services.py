"""Organizations register, people are invited and take roles, tokens are made and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
    InvitationAccepted,
    InvitationWithdrawn,
    OrganizationApplied,
    OrganizationRefused,
    OrganizationReinstated,
    OrganizationSuspended,
    OrganizationVerified,
    PersonDeactivated,
    PersonInvited,
    PersonReactivated,
    RolesChanged,
    TokenCreated,
    TokenRevoked,
)
from marketplace.accounts.identity.linking import link_accounts
from marketplace.accounts.identity.mailboxes import mailbox_of
from marketplace.accounts.models import Invitation, Organization, Person, RoleGrant, Token
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
    actor_of,
    invitations_visible_to,
    organizations_visible_to,
    people_visible_to,
    refuse_without_second_factor,
    token_in_force,
    tokens_visible_to,
)
from marketplace.accounts.states import ORGANIZATION, OrganizationState
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record

# Organizations apply, are verified by a second person, are suspended and reinstated.


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
    centre, person = _create(name, kind, uscc, contact, administrator, roles, by=by)
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
    organization, person = _create(
        name, kind, uscc, contact, applicant, roles, is_abroad=is_abroad, by=by
    )
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
    *,
    is_abroad: bool = False,
    by: Actor,
) -> tuple[Organization, Person | None]:
    """Make both, or neither and no person where the address signs in already."""
    person = Person(
        email=(email := applicant.email.strip().lower()),
        mailbox=mailbox_of(email),
        name=applicant.name.strip(),
        language=get_language() or settings.LANGUAGE_CODE,
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
    link_accounts(person, by=by)
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


# People are given roles, leave, and come back.


@transaction.atomic
def set_roles(person_id: UUID, *, roles: frozenset[str], by: Actor) -> Person:
    """Give a person exactly these roles. The same set again changes nothing.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor does not manage the person's organization, or is that person.
        Invalid: the roles do not fit the organization.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    rules.check_set_roles(person, by)
    assert person.organization is not None, "Whoever belongs to none is not found."
    check_roles(person.organization, roles)
    held = set(person.role_grants.values_list("role", flat=True))
    if held == roles:
        return person
    person.role_grants.exclude(role__in=roles).delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=role) for role in sorted(roles - held)
    )
    record(
        RolesChanged(
            subject=f"person:{person.pk}",
            about=(f"organization:{person.organization_id}",),
            roles=tuple(sorted(roles)),
        ),
        by=by,
    )
    # Read anew: what was fetched with the person are the roles of before.
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def deactivate_person(person_id: UUID, *, by: Actor) -> Person:
    """Stop a person from signing in, at once: pages and tokens open nothing any more.

    What they did stays theirs; their roles come back with `reactivate_person`. Again it changes
    nothing.

    Raises:
        NotFound, NotAllowed: as for `set_roles`.
    """
    person = _managed(person_id, by)
    if not person.is_active:
        return person
    rules.check_deactivate_person(person, by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    about = (f"organization:{person.organization_id}",)
    record(PersonDeactivated(subject=f"person:{person.pk}", about=about), by=by)
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
    person.is_active = True
    person.save(update_fields=["is_active"])
    about = (f"organization:{person.organization_id}",)
    record(PersonReactivated(subject=f"person:{person.pk}", about=about), by=by)
    return person


def remember_language(person_id: UUID, language: str) -> None:
    """Keep the language that a person reads, for the e-mails they are sent."""
    Person.objects.filter(pk=person_id).exclude(language=language).update(language=language)


def _managed(person_id: UUID, by: Actor) -> Person:
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    rules.check_lets_go(person, by)
    return person


def check_roles(organization: Organization, roles: frozenset[str]) -> None:
    """Refuse roles that the organization's kind does not have.

    Raises:
        Invalid: no role, or one that does not fit.
    """
    allowed = ROLES_OF_KIND[organization.kind]
    if not roles or not roles <= allowed:
        labels = ", ".join(str(Role(role).label) for role in sorted(allowed))
        sentence = _("Choose from these roles for this kind: %(roles)s.") % {"roles": labels}
        raise Invalid(sentence, fields={"roles": [sentence]})


# People are invited, and join; an invitation can be withdrawn until then.

INVITATION_LIFE = timedelta(days=7)


@dataclass(frozen=True)
class IssuedInvitation:
    """An invitation with the secret that goes out once."""

    invitation: Invitation
    secret: str


@transaction.atomic
def invite_person(
    organization_id: UUID, *, email: str, roles: frozenset[str], by: Actor
) -> IssuedInvitation:
    """Offer somebody to join an organization with roles; the secret is answered once.

    Whether the address signs in already is not told, nor looked at: who works elsewhere is nobody's
    business.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor does not manage its people.
        WrongState: the organization is not verified.
        Invalid: the e-mail address is no address, or the roles do not fit.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_invite_person(organization, by)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        sentence = _("Give an e-mail address like name@example.org.")
        raise Invalid(sentence, fields={"email": [sentence]}) from None
    check_roles(organization, roles)
    secret, digest = new_secret("invitation")
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        roles=sorted(roles),
        secret_digest=digest,
        expires_at=clock.now() + INVITATION_LIFE,
    )
    record(
        PersonInvited(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{organization.pk}",),
            roles=tuple(sorted(roles)),
        ),
        by=by,
    )
    return IssuedInvitation(invitation, secret)


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
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give your name.")]
    try:
        validate_password(password, Person(email=invitation.email, name=name))
    except ValidationError as error:
        fields["password"] = list(error.messages)
    if fields:
        raise Invalid(_("This needs corrections."), fields=fields)
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
            )
    except IntegrityError:
        # Somebody took the address since it was looked up.
        raise _unusable() from None
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in invitation.roles)
    link_accounts(person, by=by)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record(
        InvitationAccepted(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{invitation.organization_id}", f"person:{person.pk}"),
        ),
        by=Actor(person_id=person.pk, organization_id=invitation.organization_id, door=by.door),
    )
    return person


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

LONGEST_LIFE_DAYS = 365


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
def create_token(*, name: str, days: int, by: Actor) -> IssuedToken:
    """Make a key to the API for the actor; the secret is answered once.

    Raises:
        NotAllowed: the actor holds no role at this moment.
        Invalid: the name is missing, or the life is not 1 to 365 days.
    """
    check_create_token(by)
    assert by.person_id is not None, "Whoever holds a role is signed in."
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give it a name, so that you know later what uses it.")]
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        fields["days"] = [_("Choose 1 to %(most)d days.") % {"most": LONGEST_LIFE_DAYS}]
    if fields:
        raise Invalid(_("The token needs corrections."), fields=fields)
    secret, digest = new_secret("dtc")
    token = Token.objects.create(
        person_id=by.person_id,
        name=name.strip(),
        digest=digest,
        expires_at=clock.now() + timedelta(days=days),
        with_second_factor=by.passed_second_factor,
    )
    record(TokenCreated(subject=f"token:{token.pk}", about=(f"person:{by.person_id}",)), by=by)
    return IssuedToken(token, secret)


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Actor) -> Token:
    """Stop a token from opening anything. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such token among those the actor may see.
        NotAllowed: it is somebody else's.
    """
    token = locked(tokens_visible_to(by), pk=token_id)
    check_stops_token(token, by)
    if token.revoked_at is not None:
        return token
    check_revoke_token(token, by)
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(TokenRevoked(subject=f"token:{token.pk}", about=(f"person:{token.person_id}",)), by=by)
    return token


def use_token(secret: str) -> UsedToken | None:
    """Find the token of a secret and note the day of its use.

    Raises:
        NotAllowed: the person's role needs a second factor, and the token was made without it.
    """
    token = token_in_force(digest_of(secret))
    if token is None:
        return None
    by = actor_of(token.person, door=Door.API, passed_second_factor=token.with_second_factor)
    refuse_without_second_factor(by)
    if token.last_used_on != clock.today():
        token.last_used_on = clock.today()
        token.save(update_fields=["last_used_on"])
    return UsedToken(token, by)

"""What acts on people share: each is called in the transaction of an act that asked who may."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from marketplace.accounts.checklist import OrganizationDocumentKind
from marketplace.accounts.events import (
    FactorsReset,
    OwnerAppointed,
    OwnerRemoved,
    PersonDeactivated,
    PersonInvited,
    PersonReactivated,
    RolesChanged,
    TokenRevoked,
)
from marketplace.accounts.letter.services import promise_letters
from marketplace.accounts.models import EndedBecause, Invitation, Organization, Person, RoleGrant
from marketplace.accounts.roles import ROLES_OF_KIND, Role
from marketplace.accounts.selectors import tokens_made_by
from marketplace.core import Actor, Invalid, clock, locked, to_cents
from marketplace.ledger.binding import bound, unbound
from marketplace.ledger.services.recording import record

INVITATION_LIFE = timedelta(days=7)


def change_roles(
    person: Person, roles: frozenset[str], *, about: tuple[str, ...] = (), by: Actor
) -> None:
    """Give a person exactly these roles.

    Raises:
        Invalid: the roles do not fit the organization.
    """
    assert person.organization is not None, "Roles are those of an organization."
    check_roles(person.organization, roles)
    given = person.role_grants.exclude(role=Role.OWNER)
    held = set(given.values_list("role", flat=True))
    if held == roles:
        return
    given.exclude(role__in=roles).delete()
    new = RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=role) for role in sorted(roles - held)
    )
    old = [RoleGrant(person=person, role=role) for role in sorted(held - roles)]
    end_tokens_of(person, EndedBecause.ROLES, by=by)
    of = f"organization:{person.organization_id}"
    record(
        RolesChanged(subject=f"person:{person.pk}", about=(of, *about), roles=tuple(sorted(roles))),
        binds=[*bound(*new), *unbound(*old)],
        by=by,
    )


def note_document(
    organization: Organization, kind: OrganizationDocumentKind, *, sha256: str
) -> None:
    """Keep the digest of a document that was attached: what was examined before counts no more."""
    organization.documents = {**organization.documents, kind.value: sha256}
    organization.examined_at = None
    organization.save(update_fields=["documents", "examined_at"])


def lock_owners(person: Person) -> None:
    """Let one act at a time take owners of an organization away: the last one stays."""
    locked(Organization.objects.all(), pk=person.organization_id or UUID(int=0))


def appoint_owner(person: Person, *, about: tuple[str, ...] = (), by: Actor) -> None:
    grant = RoleGrant.objects.create(person=person, role=Role.OWNER)
    end_tokens_of(person, EndedBecause.ROLES, by=by)
    of = f"organization:{person.organization_id}"
    record(
        OwnerAppointed(subject=f"person:{person.pk}", about=(of, *about)), binds=bound(grant), by=by
    )


def remove_owner(person: Person, *, about: tuple[str, ...] = (), by: Actor) -> None:
    """Take a person's part as an owner away."""
    person.role_grants.filter(role=Role.OWNER).delete()
    end_tokens_of(person, EndedBecause.ROLES, by=by)
    of = f"organization:{person.organization_id}"
    binds = unbound(RoleGrant(person=person, role=Role.OWNER))
    record(OwnerRemoved(subject=f"person:{person.pk}", about=(of, *about)), binds=binds, by=by)


def reset_factors(person: Person, *, about: tuple[str, ...] = (), by: Actor) -> None:
    """Take a person's second factors and tokens away.

    At the next sign-in they set a factor up again; their password stays theirs.
    """
    Authenticator.objects.filter(user_id=person.pk).delete()
    end_sessions(person)
    end_tokens_of(person, EndedBecause.FACTORS, by=by)
    of = f"organization:{person.organization_id}"
    record(FactorsReset(subject=f"person:{person.pk}", about=(of, *about)), by=by)


def end_sessions(person: Person) -> None:
    person.session_round += 1
    person.save(update_fields=["session_round"])


def change_sign_in(
    person: Person, *, is_active: bool, about: tuple[str, ...] = (), by: Actor
) -> None:
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    if not is_active:
        # Not only as long as the person is away: they do not come back with them.
        end_sessions(person)
        end_tokens_of(person, EndedBecause.DEACTIVATED, by=by)
    fact = PersonReactivated if is_active else PersonDeactivated
    of = f"organization:{person.organization_id}"
    record(fact(subject=f"person:{person.pk}", about=(of, *about)), by=by)


def offer_to_join(
    organization: Organization,
    *,
    email: str,
    roles: frozenset[str],
    limit: Decimal | None = None,
    about: tuple[str, ...] = (),
    by: Actor,
) -> Invitation:
    """Make an invitation, with what the person may sign for alone where that is said.

    Raises:
        Invalid: the e-mail address is no address.
    """
    invitation = Invitation.objects.create(
        organization=organization,
        email=address_of(email),
        roles=sorted(roles),
        signing_limit=limit,
        invited_by_id=by.person_id,
        expires_at=clock.now() + INVITATION_LIFE,
    )
    promise_letters([f"invitation:{invitation.pk}"])
    of = f"organization:{organization.pk}"
    record(
        PersonInvited(
            subject=f"invitation:{invitation.pk}",
            about=(of, *about),
            roles=tuple(sorted(roles)),
            limit="" if limit is None else str(to_cents(limit)),
        ),
        by=by,
    )
    return invitation


def erase_person(person: Person) -> None:
    """Erase who somebody is that never proved to read their mailbox; they sign in no more."""
    person.email, person.mailbox, person.name = f"{person.pk}@erased.invalid", "", "–"
    person.is_active, person.identity_digest = False, ""
    person.set_unusable_password()
    person.save(
        update_fields=["email", "mailbox", "name", "is_active", "identity_digest", "password"]
    )
    end_sessions(person)


def address_of(email: str) -> str:
    """Return an e-mail address as it is kept.

    Raises:
        Invalid: it is no address.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        sentence = _("Give an e-mail address like name@example.org.")
        raise Invalid(sentence, fields={"email": [sentence]}) from None
    return address


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


def end_tokens(tokens: Iterable[UUID], because: EndedBecause, *, by: Actor) -> None:
    """Stop tokens for a reason, and those that were made by them."""
    named = set(tokens)
    for token in tokens_made_by(named):
        reason = because if token.pk in named else EndedBecause.MAKER
        token.revoked_at, token.revoked_because = clock.now(), reason
        token.save(update_fields=["revoked_at", "revoked_because"])
        record(
            TokenRevoked(
                subject=f"token:{token.pk}",
                about=(f"person:{token.person_id}",),
                because=reason.value,
            ),
            by=by,
        )


def end_tokens_of(person: Person, because: EndedBecause, *, by: Actor) -> None:
    """Stop all tokens of a person for a reason, and those that were made by them."""
    end_tokens(person.tokens.values_list("pk", flat=True), because, by=by)

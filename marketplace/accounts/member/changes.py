"""What acts on people share: each is called in the transaction of an act that asked who may."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from marketplace.accounts.member.events import (
    FactorsReset,
    OwnerAppointed,
    OwnerRemoved,
    PersonDeactivated,
    PersonReactivated,
    RolesChanged,
)
from marketplace.accounts.organization.changes import check_roles
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.person.changes import end_sessions
from marketplace.accounts.person.models import Person, RoleGrant
from marketplace.accounts.roles import Role
from marketplace.accounts.token.changes import end_tokens_of
from marketplace.accounts.token.models import EndedBecause
from marketplace.core import Actor, locked
from marketplace.ledger.binding import bound, unbound
from marketplace.ledger.services.recording import record


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

"""People are given roles, leave, and come back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts import rules
from marketplace.accounts.events import PersonDeactivated, PersonReactivated, RolesChanged
from marketplace.accounts.models import Organization, Person, RoleGrant
from marketplace.accounts.roles import ROLES_OF_KIND, Role
from marketplace.accounts.selectors import people_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record


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

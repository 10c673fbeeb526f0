from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.person.models import Person
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotFound
from marketplace.web.mail import MailFailure

LEAST_ADMINISTRATORS = 2
"""The centre decides by two, so that it has as many administrators at least."""


def other_accounts_of(person: Person) -> dict[UUID, UUID | None]:
    """Return the other accounts that a person is known to hold, with their organizations.

    Deactivated ones count: who left an organization has had a part in what it began. No query where
    no other account is known.
    """
    if person.human_id is None:
        return {}
    same = Person.objects.filter(human_id=person.human_id).exclude(pk=person.pk)
    return dict(same.values_list("pk", "organization_id"))


def people_visible_to(by: Actor) -> QuerySet[Person]:
    """Return everybody to the centre's staff, else the people of the actor's organization.

    Whoever holds no role there sees themselves alone.
    """
    rows = Person.objects.select_related("organization").prefetch_related("role_grants")
    if is_centre_staff(by):
        return rows
    if by.person_id is None:
        return rows.none()
    if by.member_of is None or not by.roles:
        return rows.filter(pk=by.person_id)
    return rows.filter(organization_id=by.member_of)


def person_with_address(email: str) -> Person:
    """Find a person by their address, for who runs the centre.

    Raises:
        NotFound: nobody signs in with it.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NotFound(_("Nobody signs in with this address."))
    return person


def owners_of(organization_id: UUID) -> QuerySet[Person]:
    """Return the owners of an organization who can sign in, whether or not it may act."""
    return Person.objects.filter(
        organization_id=organization_id, is_active=True, role_grants__role=Role.OWNER
    ).order_by("name")


def administrators_in_office() -> QuerySet[Person]:
    """Return the administrators of the centre who can sign in."""
    return Person.objects.filter(is_active=True, role_grants__role=Role.ADMINISTRATOR)


def has_proved_address(person_id: UUID | None) -> bool:
    """Return whether a person has shown that they read the mailbox of their address."""
    proved = Person.objects.filter(address_proved_at__isnull=False)
    return person_id is not None and proved.filter(pk=person_id).exists()


def letter_failure_of(person_id: UUID | None) -> str:
    """Say why the letter that proves a person's address could not be sent; "" where it was."""
    if person_id is None:
        return ""
    person = Person.objects.filter(pk=person_id).exclude(letter_failure="").first()
    return "" if person is None else str(MailFailure(person.letter_failure).label)


def own_account(by: Actor) -> QuerySet[Person]:
    """Return the actor's own account, and nobody else's."""
    return Person.objects.filter(pk=by.person_id) if by.person_id else Person.objects.none()


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Map ids of people to their names, in one query."""
    wanted = {person for person in people if person}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))

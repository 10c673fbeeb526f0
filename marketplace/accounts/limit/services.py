"""Owners set for what sum the people of their organization may sign alone."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from marketplace.accounts.limit.changes import check_limit, give_limit
from marketplace.accounts.limit.rules import check_set_signing_limit
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.core import Actor, locked


@transaction.atomic
def set_signing_limit(person_id: UUID, *, limit: Decimal, by: Actor) -> Person:
    """Say for what sum, in the centre's currency, a person may sign alone.

    The same again changes nothing. What they signed before stands; what they approved and nobody
    has signed yet falls where it is above the new limit.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor is no owner of the person's organization, or is that person.
        WrongState: they own the organization themselves (`is-owner`).
        Invalid: the limit is below zero, too large, or has more than two decimal places.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    check_set_signing_limit(person, by)
    assert by.person_id is not None, "An owner is a person."
    check_limit(limit)
    give_limit(person, limit, set_by_id=by.person_id, by=by)
    return person

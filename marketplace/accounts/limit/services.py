"""Owners set for what sum the people of their organization may sign alone."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.limit.events import SigningLimitSet
from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.limit.rules import check_set_signing_limit
from marketplace.accounts.models import Person
from marketplace.accounts.selectors import people_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.core.money import to_cents
from marketplace.ledger.services.recording import record

LARGEST_LIMIT = Decimal("9999999999999.99")


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
    _check_limit(limit)
    last = SigningLimit.objects.filter(person=person).order_by("-number").first()
    if last is not None and last.amount == limit:
        return person
    SigningLimit.objects.create(
        person=person,
        number=last.number + 1 if last else 1,
        amount=limit,
        set_by_id=by.person_id,
    )
    record(
        SigningLimitSet(
            subject=f"person:{person.pk}",
            about=(f"organization:{person.organization_id}",),
            limit=str(to_cents(limit)),
            currency=settings.CENTRE["CURRENCY"],
        ),
        by=by,
    )
    return person


def _check_limit(limit: Decimal) -> None:
    if limit.is_finite() and 0 <= limit <= LARGEST_LIMIT and limit == to_cents(limit):
        return
    sentence = _("Give a sum of zero or more, with at most two decimal places.")
    raise Invalid(sentence, fields={"limit": [sentence]})

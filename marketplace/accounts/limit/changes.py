"""What setting a limit of signing and inviting with one share."""

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.limit.events import SigningLimitSet
from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.person.models import Person
from marketplace.core import Actor, Invalid, to_cents
from marketplace.ledger.services.recording import record

LARGEST_LIMIT = Decimal("9999999999999.99")


def check_limit(limit: Decimal) -> None:
    """Refuse what is no sum.

    Raises:
        Invalid: the limit is below zero, too large, or has more than two decimal places.
    """
    if limit.is_finite() and 0 <= limit <= LARGEST_LIMIT and limit == to_cents(limit):
        return
    sentence = _("Give a sum of zero or more, with at most two decimal places.")
    raise Invalid(sentence, fields={"limit": [sentence]})


def give_limit(person: Person, limit: Decimal, *, set_by_id: UUID, by: Actor) -> None:
    """Let somebody sign alone up to a sum, as an owner said. The same again changes nothing."""
    last = SigningLimit.objects.filter(person=person).order_by("-number").first()
    if last is not None and last.amount == limit:
        return
    SigningLimit.objects.create(
        person=person, number=last.number + 1 if last else 1, amount=limit, set_by_id=set_by_id
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

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings

from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.person.models import Person
from marketplace.accounts.roles import Role
from marketplace.core.reading import read_once


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """What a person may sign for alone: as an owner any sum, else up to `limit`.

    `given_by_id` and `given_at` name the owner who set the limit; both are None where none did, and
    the centre's own limit holds.
    """

    person_id: UUID
    is_owner: bool
    limit: Decimal
    given_by_id: UUID | None = None
    given_at: datetime | None = None

    def covers(self, amount: Decimal | None) -> bool:
        """Return whether a sum may be signed for alone; None is one that nothing bounds."""
        return self.is_owner or (amount is not None and amount <= self.limit)


def limit_without_owner() -> Decimal:
    """Return the limit of those for whom no owner has set one."""
    return Decimal(str(settings.CENTRE["SIGNING_LIMIT"]))


@read_once
def mandate_of(person_id: UUID) -> Mandate:
    """Return what somebody may sign for alone at this moment; nothing where they cannot sign in."""
    roles = set(
        Person.objects.filter(pk=person_id, is_active=True).values_list(
            "role_grants__role", flat=True
        )
    )
    if not roles:
        return Mandate(person_id=person_id, is_owner=False, limit=Decimal(-1))
    if Role.OWNER in roles:
        return Mandate(person_id=person_id, is_owner=True, limit=Decimal(0))
    last = SigningLimit.objects.filter(person_id=person_id).order_by("-number").first()
    if last is None:
        return Mandate(person_id=person_id, is_owner=False, limit=limit_without_owner())
    return Mandate(
        person_id=person_id,
        is_owner=False,
        limit=last.amount,
        given_by_id=last.set_by_id,
        given_at=last.created_at,
    )

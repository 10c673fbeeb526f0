"""Open accounts, each once, whoever asks at the same moment."""

from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from marketplace.trading.books.account.models import OVERDRAWN, Account, AccountKind


class Holder(NamedTuple):
    """Whose an account of a kind is.

    An organization's, held for something such as an order, or the centre's own.
    """

    kind: AccountKind
    organization_id: UUID | None
    held_for: UUID | None


def centre_accounts(currency: str, *kinds: AccountKind) -> list[Account]:
    """Return accounts that the centre keeps for itself, opening those that are missing."""
    return accounts_for(currency, *map(of_centre, kinds))


def centre_account(kind: AccountKind, currency: str) -> Account:
    """Return one account that the centre keeps for itself, opening it if it is missing."""
    return centre_accounts(currency, kind)[0]


def of_centre(kind: AccountKind) -> Holder:
    """Return the holder of an account that the centre keeps for itself."""
    return Holder(kind, None, None)


def accounts_for(currency: str, *holders: Holder) -> list[Account]:
    """Return an account for each holder, opening those that are missing.

    All that are open already come in one query.
    """
    rows = Account.objects.filter(
        Q(organization__isnull=True, held_for__isnull=True)
        | Q(organization_id__in=[each.organization_id for each in holders])
        | Q(held_for__in=[each.held_for for each in holders]),
        currency=currency,
    )
    found = {Holder(AccountKind(row.kind), row.organization_id, row.held_for): row for row in rows}
    return [found.get(each) or _opened(each, currency) for each in holders]


def _opened(holder: Holder, currency: str) -> Account:
    named = {"currency": currency, **holder._asdict()}
    try:
        with transaction.atomic():
            return Account.objects.create(**named, overdraft_allowed=holder.kind in OVERDRAWN)
    except IntegrityError:
        # Another act opened it at the same moment.
        return Account.objects.get(**named)

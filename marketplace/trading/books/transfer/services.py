"""Move money between accounts under lock."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import WrongState, clock
from marketplace.trading.books.account.models import Account, AccountKind
from marketplace.trading.books.transfer.flows import Flow, is_known
from marketplace.trading.books.transfer.models import Transfer, TransferKind


@dataclass(frozen=True)
class Posting:
    """A movement of money to be booked; `cause` is what it follows from, and is booked once."""

    kind: TransferKind
    debit: Account
    credit: Account
    amount: Decimal
    cause: str


def book(
    postings: Sequence[Posting], *, belongs_to: UUID | None, on: date | None = None
) -> list[Transfer]:
    """Move money from account to account, in the caller's transaction; amounts of 0 are left out.

    `on` is the day of the books, today unless the bank had the money earlier. All accounts are
    locked first, in one order for everybody, so that no two acts wait for each
    other and none spends the same money. The database checks every balance again.

    Raises:
        WrongState: there is not so much on an account (`balance-too-low`).
        ValueError: the table of flows knows no such movement, which is a fault of the program.
    """
    moving = [posting for posting in postings if posting.amount]
    for posting in moving:
        flow = Flow(posting.kind, AccountKind(posting.debit.kind), AccountKind(posting.credit.kind))
        if not is_known(flow, posting.cause):
            raise ValueError(f"No such flow of money: {flow} after {posting.cause}")
    asked = {account.pk for posting in moving for account in (posting.debit, posting.credit)}
    rows = Account.objects.select_for_update().filter(pk__in=asked).order_by("pk")
    accounts = {account.pk: account for account in rows}
    left: dict[UUID, Decimal] = defaultdict(Decimal)
    for posting in moving:
        payer = accounts[posting.debit.pk]
        left[posting.debit.pk] -= posting.amount
        left[posting.credit.pk] += posting.amount
        if not payer.overdraft_allowed and payer.balance + left[payer.pk] < 0:
            raise WrongState(
                _(
                    "The account does not hold this amount. "
                    "Ask the centre's finance officer to check."
                ),
                code="balance-too-low",
            )
    booked_on = clock.today() if on is None else on
    return Transfer.objects.bulk_create(
        Transfer(
            debit=accounts[posting.debit.pk],
            credit=accounts[posting.credit.pk],
            amount=posting.amount,
            currency=posting.debit.currency,
            belongs_to=belongs_to,
            booked_on=booked_on,
            kind=posting.kind,
            cause=posting.cause,
        )
        for posting in moving
    )

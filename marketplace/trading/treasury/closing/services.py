"""Close a day: its books are added up, checked to balance, and take no posting any more."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, WrongState, clock
from marketplace.credentials.documents import canonical_bytes
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import Account, Transfer
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.closing.events import DayClosed
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.closing.selectors import closings_visible_to

# Add up the books until a moment, anew from every transfer.


@dataclass(frozen=True)
class Totals:
    """What came onto and went off each account since the last closing, and what then stood."""

    accounts: list[dict[str, Any]]
    transfers: int

    def as_json(self) -> dict[str, Any]:
        """Return plain values: amounts as texts."""
        return {"accounts": self.accounts, "transfers": self.transfers}


def totals_until(until: datetime) -> Totals | None:
    """Return the totals, or None where an account's balance is not the sum of its transfers."""
    last = DayClosing.objects.order_by("-day").first()
    whole = _moved(Transfer.objects.all())
    before = _moved(Transfer.objects.filter(created_at__lt=until))
    since = Transfer.objects.filter(created_at__lt=until)
    if last is not None:
        since = since.filter(created_at__gte=last.closed_until)
    lately = _moved(since)
    rows = []
    for account in Account.objects.order_by("pk"):
        came, went = whole[account.pk]
        if account.balance != came - went:
            return None
        stood = before[account.pk]
        rows.append(
            {
                "account": str(account.pk),
                "kind": account.kind,
                "currency": account.currency,
                "came": str(lately[account.pk][0]),
                "went": str(lately[account.pk][1]),
                "balance": str(stood[0] - stood[1]),
            }
        )
    count: int = since.aggregate(count=Count("pk"))["count"]
    return Totals(accounts=rows, transfers=count)


def _moved(rows: QuerySet[Transfer]) -> dict[Any, tuple[Decimal, Decimal]]:
    sums: dict[Any, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    came = rows.order_by().values_list("credit").annotate(sum=Sum("amount"))
    went = rows.order_by().values_list("debit").annotate(sum=Sum("amount"))
    for account, amount in came:
        sums[account] = (amount, Decimal(0))
    for account, amount in went:
        sums[account] = (sums[account][0], amount)
    return sums


@transaction.atomic
def close_day(*, day: date, by: Actor) -> DayClosing:
    """Close the books of a past day, and of all days before it that are open.

    The totals of each account are frozen with their digest, which the ledger keeps. From then on
    the database refuses a posting of that day. Closing it again answers the same closing.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        Invalid: the day is not over yet.
        WrongState: a later day is closed, or the books do not balance (`books-differ`).
    """
    person_id = check_finance_officer(by)
    if day >= clock.today():
        sentence = _("Close a day once it is over.")
        raise Invalid(sentence, fields={"day": [sentence]})
    if connection.vendor == "postgresql":
        # Wait for whoever is booking, so that no posting of the day is missed.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE books_transfer IN SHARE ROW EXCLUSIVE MODE")
    closed = closings_visible_to(by).filter(day__gte=day).order_by("day").first()
    if closed is not None and closed.day == day:
        return closed
    if closed is not None:
        raise WrongState(_("A later day is closed already, and this one with it."))
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    totals = totals_until(until)
    if totals is None:
        raise WrongState(
            _("The books do not balance. Nothing is closed; ask for an audit of the ledger."),
            code="books-differ",
        )
    digest = hashlib.sha256(canonical_bytes({"day": day.isoformat(), **totals.as_json()}))
    closing = DayClosing.objects.create(
        day=day,
        closed_until=until,
        totals=totals.as_json(),
        digest=digest.hexdigest(),
        transfers=totals.transfers,
        closed_by_id=person_id,
    )
    record(
        DayClosed(
            subject=f"closing:{closing.pk}",
            day=day.isoformat(),
            transfers=closing.transfers,
            totals_sha256=closing.digest,
        ),
        by=by,
    )
    return closing

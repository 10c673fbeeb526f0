"""Add up the books until a moment, anew from every transfer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from marketplace.trading.books.models import Account, Transfer
from marketplace.trading.treasury.closing.models import DayClosing


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

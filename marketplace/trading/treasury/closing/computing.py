"""Compute each closed day again from the books, and compare it with what the ledger keeps."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.ledger.binding import check_also
from marketplace.ledger.selectors import payloads_of
from marketplace.trading.books.models import Account, Transfer
from marketplace.trading.treasury.closing.events import DayClosed
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.closing.services import digest_of_totals, moved


def closed_day_faults() -> Iterator[str]:
    """Yield a sentence for each closed day whose books are not as two people closed them."""
    # Before the entries: a day that is closed meanwhile has its entry then.
    closings = list(DayClosing.objects.order_by("day"))
    kept = dict(payloads_of(DayClosed))
    accounts = list(Account.objects.order_by("pk"))
    stood: dict[UUID, Decimal] = defaultdict(Decimal)
    transfers, since = Transfer.objects.all(), None
    for closing in closings:
        about = {"day": closing.day.isoformat()}
        told = kept.pop(f"closing:{closing.proposal_id}", {}).get("totals_sha256")
        if not told == closing.digest == digest_of_totals(closing.day, closing.totals):
            yield _("The totals of the closed day %(day)s are not those that the ledger keeps.") % (
                about
            )
        rows = transfers.filter(booked_on__lte=closing.day)
        if since is not None:
            rows = rows.filter(booked_on__gt=since)
        since = closing.day
        if _computed(accounts, closing, rows, stood) != _told(closing.totals):
            yield _("The books of the closed day %(day)s come to other totals.") % about
    for payload in kept.values():
        if not DayClosing.objects.filter(day=payload["day"]).exists():
            yield _("The closing of the day %(day)s is gone.") % {"day": payload["day"]}
    whole = moved(transfers)
    for account in accounts:
        came, went = whole[account.pk]
        # Read anew, after its transfers: what was booked meanwhile is no difference.
        if account.balance != came - went and _differs(account.pk):
            yield _("The balance of the account %(account)s is not the sum of its transfers.") % {
                "account": account.pk
            }


def _told(totals: dict[str, Any]) -> dict[str, tuple[Decimal, Decimal, Decimal]] | None:
    """Return the amounts by account; None where they were altered so that they are none."""
    try:
        return {
            row["account"]: (Decimal(row["came"]), Decimal(row["went"]), Decimal(row["balance"]))
            for row in totals["accounts"]
        }
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return None


def _computed(
    accounts: list[Account],
    closing: DayClosing,
    rows: QuerySet[Transfer],
    stood: dict[UUID, Decimal],
) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """Return what a day comes to by its transfers, and add them to what stood before."""
    lately = moved(rows)
    for account_id, (came, went) in list(lately.items()):
        stood[account_id] += came - went
    return {
        str(account.pk): (*lately[account.pk], stood[account.pk])
        for account in accounts
        if account.created_at < closing.closed_until or account.pk in stood
    }


def _differs(account_id: UUID) -> bool:
    account = Account.objects.get(pk=account_id)
    came, went = moved(Transfer.objects.all())[account_id]
    return account.balance != came - went


check_also(closed_day_faults)

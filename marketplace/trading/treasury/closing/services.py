"""Close a day by two: its books are added up, checked to balance, and take no posting any more."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, WrongState, clock, locked
from marketplace.core.arguments import Day, reason_of
from marketplace.core.locking import lock_name
from marketplace.credentials.documents import canonical_bytes
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import Account, Transfer
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.closing.events import ClosingProposed, ClosingRejected, DayClosed
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.closing.rules import (
    check_confirm_closing,
    check_reject_closing,
    refuse_closed,
)
from marketplace.trading.treasury.closing.selectors import (
    closing_proposals_visible_to,
    waiting_closings,
)
from marketplace.trading.treasury.closing.states import CLOSING, ClosingState

WHY = reason_of(ClosingProposal)
DAY = Day(label=gettext_lazy("Day to close"))

# Add up the books until the end of a day, anew from every transfer.


@dataclass(frozen=True)
class Totals:
    """What came onto and went off each account since the last closing, and what then stood."""

    accounts: list[dict[str, Any]]
    transfers: int

    def as_json(self) -> dict[str, Any]:
        """Return plain values: amounts as texts."""
        return {"accounts": self.accounts, "transfers": self.transfers}


def totals_until(day: date) -> Totals | None:
    """Return the totals, or None where an account's balance is not the sum of its transfers."""
    last = DayClosing.objects.order_by("-day").first()
    whole = moved(Transfer.objects.all())
    since = Transfer.objects.filter(booked_on__lte=day)
    before = moved(since)
    if last is not None:
        since = since.filter(booked_on__gt=last.day)
    lately = moved(since)
    rows = []
    for account in Account.objects.order_by("pk"):
        came, went = whole[account.pk]
        if account.balance != came - went:
            return None
        if account.created_at >= end_of(day) and account.pk not in before:
            continue
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


def moved(rows: QuerySet[Transfer]) -> dict[Any, tuple[Decimal, Decimal]]:
    """Return what came onto and went off each account."""
    sums: dict[Any, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    came = rows.order_by().values_list("credit").annotate(sum=Sum("amount"))
    went = rows.order_by().values_list("debit").annotate(sum=Sum("amount"))
    for account, amount in came:
        sums[account] = (amount, Decimal(0))
    for account, amount in went:
        sums[account] = (sums[account][0], amount)
    return sums


@transaction.atomic
def propose_closing(*, day: Annotated[date, DAY], by: Actor) -> ClosingProposal:
    """Add up the books of a past day, for a second finance officer to close it.

    All days before it that are open are closed with it. Proposing the day again answers the
    proposal that waits.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        Invalid: the day is not over yet.
        WrongState: the day is closed (`day-closed`), or the books do not balance (`books-differ`).
    """
    person_id = check_finance_officer(by)
    if day >= clock.today():
        sentence = _("Close a day once it is over.")
        raise Invalid(sentence, fields={"day": [sentence]})
    lock_name(f"closing:{day}")
    known = waiting_closings(by).filter(day=day).first()
    if known is not None:
        return known
    refuse_closed(day)
    totals = _checked_totals(day)
    proposal = ClosingProposal.objects.create(
        day=day,
        closed_until=end_of(day),
        totals=totals.as_json(),
        digest=digest_of(day, totals),
        transfers=totals.transfers,
        proposed_by_id=person_id,
    )
    record(
        ClosingProposed(
            subject=f"closing:{proposal.pk}",
            day=day.isoformat(),
            transfers=proposal.transfers,
            totals_sha256=proposal.digest,
        ),
        by=by,
    )
    return proposal


@transaction.atomic
def confirm_closing(proposal_id: UUID, *, by: Actor) -> ClosingProposal:
    """Close the books of a day that another finance officer added up.

    The totals are reckoned again, frozen with their digest, and kept by the ledger. From then on
    the database refuses a posting of that day. Confirming it again changes nothing.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or proposed it.
        WrongState: it was rejected, the day is closed (`day-closed`), the books do not balance
            (`books-differ`), or their totals are others than were proposed (`totals-differ`).
    """
    proposal = locked(closing_proposals_visible_to(by), pk=proposal_id)
    check_finance_officer(by)
    if proposal.state == ClosingState.CONFIRMED:
        return proposal
    person_id = check_confirm_closing(proposal, by)
    if digest_of(proposal.day, _checked_totals(proposal.day)) != proposal.digest:
        raise WrongState(
            _(
                "The totals of this day are others than were proposed. Leave it open, and propose "
                "the day again."
            ),
            code="totals-differ",
        )
    CLOSING.move(proposal, ClosingState.CONFIRMED)
    proposal.confirmed_by_id = person_id
    proposal.save(update_fields=["state", "confirmed_by_id"])
    closing = DayClosing.objects.create(
        proposal=proposal,
        day=proposal.day,
        closed_until=proposal.closed_until,
        totals=proposal.totals,
        digest=proposal.digest,
        transfers=proposal.transfers,
        closed_by_id=person_id,
    )
    record(
        DayClosed(
            subject=f"closing:{proposal.pk}",
            day=proposal.day.isoformat(),
            transfers=proposal.transfers,
            totals_sha256=proposal.digest,
        ),
        binds=bound(closing),
        by=by,
    )
    return proposal


@transaction.atomic
def reject_closing(proposal_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> ClosingProposal:
    """Leave a day open, with a reason. It may be proposed again.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
        Invalid: there is no reason, or too long a one.
    """
    proposal = locked(closing_proposals_visible_to(by), pk=proposal_id)
    check_reject_closing(proposal, by)
    reason = WHY.given(reason)
    CLOSING.move(proposal, ClosingState.REJECTED)
    proposal.reason = reason
    proposal.save(update_fields=["state", "reason"])
    record(
        ClosingRejected(
            subject=f"closing:{proposal.pk}",
            day=proposal.day.isoformat(),
            totals_sha256=proposal.digest,
        ),
        by=by,
    )
    return proposal


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def digest_of(day: date, totals: Totals) -> str:
    return digest_of_totals(day, totals.as_json())


def digest_of_totals(day: date, totals: dict[str, Any]) -> str:
    told = {"day": day.isoformat(), **totals}
    return hashlib.sha256(canonical_bytes(told)).hexdigest()


def _checked_totals(day: date) -> Totals:
    _wait_for_postings()
    totals = totals_until(day)
    if totals is None:
        raise WrongState(
            _("The books do not balance. Nothing is closed; ask for an audit of the ledger."),
            code="books-differ",
        )
    return totals


def _wait_for_postings() -> None:
    """Wait for whoever is booking, so that no posting of the day is missed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE books_transfer IN SHARE ROW EXCLUSIVE MODE")


def first_open_day(day: date) -> date:
    """Return the day itself, or the first one after it whose books take a posting.

    No day is closed between this and the end of the caller's transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE books_transfer IN ROW EXCLUSIVE MODE")
    closed = DayClosing.objects.aggregate(last=Max("day"))["last"]
    return day if closed is None else max(day, closed + timedelta(days=1))

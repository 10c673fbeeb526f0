"""The statement of an account: what stood, each movement with its counter-account, what stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from marketplace.core.numbers import number_of
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import (
    FEE_KINDS,
    Allocation,
    Invoice,
    InvoiceKind,
)
from marketplace.trading.orders.settlement.selectors import NOTHING, signed_amount, titled
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement


@dataclass(frozen=True)
class Movement:
    """An entry as its account sees it: below zero for what went out; `balance` is after it.

    `paper` is the invoice that it pays, or the bank's reference of what came in or went out.
    """

    entry: Transfer
    amount: Decimal
    balance: Decimal
    counter: Account
    paper: str

    @property
    def order_number(self) -> str:
        """Return what people call its order by; "" where it belongs to none."""
        belongs_to = self.entry.belongs_to
        return number_of(Order.NUMBERED, belongs_to) if belongs_to else ""


@dataclass(frozen=True)
class Statement:
    """What moved on an account from a first to a last day.

    `movements` are the last of the period where there are more of them than are shown: `carried` is
    what stood before the first of these.
    """

    account: Account
    since: date | None
    until: date | None
    opening: Decimal
    came: Decimal
    went: Decimal
    carried: Decimal
    movements: tuple[Movement, ...]
    count: int

    @property
    def closing(self) -> Decimal:
        """Return what stood at the end of the last day."""
        return self.opening + self.came - self.went

    @property
    def is_cut(self) -> bool:
        """Return whether there are more movements than are shown."""
        return self.count > len(self.movements)


def statement_of(
    account: Account, *, since: date | None, until: date | None, most: int
) -> Statement:
    """Return the statement of an account that the caller sees, with its last `most` movements."""
    rows = Transfer.objects.filter(Q(debit=account) | Q(credit=account))
    within = rows
    if since is not None:
        within = within.filter(created_at__gte=_begin(since))
    if until is not None:
        within = within.filter(created_at__lt=_begin(until + timedelta(days=1)))
    opening = _sum(rows.filter(created_at__lt=_begin(since)), account) if since else NOTHING
    came = _side(within, credit=account)
    went = _side(within, debit=account)
    count = within.count()
    last = list(
        within.select_related("debit__organization", "credit__organization").order_by(
            "-created_at", "-pk"
        )[:most]
    )
    last.reverse()
    shown = sum((signed_amount(entry, account) for entry in last), NOTHING)
    carried = opening + came - went - shown
    return Statement(
        account, since, until, opening, came, went, carried, _running(account, carried, last), count
    )


def _running(account: Account, carried: Decimal, rows: Sequence[Transfer]) -> tuple[Movement, ...]:
    papers, counters = _papers(rows), _counters(account, rows)
    movements, balance = [], carried
    for entry in rows:
        amount = signed_amount(entry, account)
        balance += amount
        other = entry.debit_id if entry.credit_id == account.pk else entry.credit_id
        paper = papers.get(entry.pk, "")
        movements.append(Movement(entry, amount, balance, counters[other], paper))
    return tuple(movements)


def _counters(account: Account, rows: Sequence[Transfer]) -> dict[UUID, Account]:
    keys = {key for entry in rows for key in (entry.debit_id, entry.credit_id)} - {account.pk}
    found = titled(Account.objects.filter(pk__in=keys).select_related("organization"))
    return {each.pk: each for each in found}


def _papers(rows: Sequence[Transfer]) -> dict[UUID, str]:
    """Return by entry the invoice that it pays, or the bank's reference; by its cause."""
    causes = {entry.pk: entry.cause.split(":") for entry in rows}
    invoices = _invoices(_named(causes.values(), "charge"))
    parts = dict(
        Allocation.objects.filter(pk__in=_named(causes.values(), "allocation")).values_list(
            "pk", "charge_id"
        )
    )
    of_parts = _invoices(set(parts.values()))
    payments = dict(
        Payment.objects.filter(pk__in=_named(causes.values(), "payment")).values_list(
            "pk", "reference"
        )
    )
    sent = {
        each.pk: each.reference
        for each in Disbursement.objects.filter(pk__in=_named(causes.values(), "disbursement"))
    }
    lines = dict(
        BankItem.objects.filter(pk__in=_named(causes.values(), "bank_item")).values_list(
            "pk", "line__reference"
        )
    )
    fees = _fee_papers(rows)
    found = {}
    for key, (thing, pk, *_step) in causes.items():
        known = {
            "charge": invoices.get(UUID(pk)),
            "allocation": of_parts.get(parts.get(UUID(pk), UUID(int=0))),
            "payment": payments.get(UUID(pk)),
            "disbursement": sent.get(UUID(pk)),
            "bank_item": lines.get(UUID(pk)),
        }
        found[key] = fees.get(key) or known.get(thing) or ""
    return found


def _fee_papers(rows: Sequence[Transfer]) -> dict[UUID, str]:
    """Return by entry the numbers of the papers about the fee that it moved."""
    fees = {
        str(entry.pk): entry.pk
        for entry in rows
        if AccountKind.FEE in (entry.debit.kind, entry.credit.kind)
    }
    orders = {entry.belongs_to for entry in rows if entry.pk in fees.values()}
    papers = Invoice.objects.filter(order__in=orders, kind__in=FEE_KINDS).order_by("number")
    found: dict[UUID, list[str]] = {}
    for cause, number in papers.values_list("cause", "number") if fees else ():
        if (key := fees.get(cause.split(":")[1])) is not None:
            found.setdefault(key, []).append(number)
    return {key: ", ".join(numbers) for key, numbers in found.items()}


def _named(causes: Iterable[Sequence[str]], thing: str) -> set[UUID]:
    return {UUID(cause[1]) for cause in causes if cause[0] == thing}


def _invoices(charges: set[UUID]) -> dict[UUID, str]:
    rows = Invoice.objects.filter(kind=InvoiceKind.INVOICE, charge__in=charges)
    return dict(rows.values_list("charge_id", "number"))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _side(rows: QuerySet[Transfer], **side: Account) -> Decimal:
    found: Decimal | None = rows.filter(**side).aggregate(sum=Sum("amount"))["sum"]
    return found or NOTHING


def _sum(rows: QuerySet[Transfer], account: Account) -> Decimal:
    return _side(rows, credit=account) - _side(rows, debit=account)

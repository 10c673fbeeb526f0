"""Which money the books sent, and which lines of the bank tell of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank.selectors import lines_at_bank
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.states import DisbursementState

UNDER_WAY = timedelta(days=10)
"""How long before its line on the statement the centre may have booked what goes out."""


OUTGOING = (DisbursementKind.PAYOUT, DisbursementKind.RETURN)


def sent() -> QuerySet[Disbursement]:
    """Return what left the centre's bank account by its books."""
    return Disbursement.objects.filter(state=DisbursementState.APPROVED, kind__in=OUTGOING)


def day_of(disbursement: Disbursement) -> date:
    """Return the day on which it was approved and booked."""
    assert disbursement.decided_at is not None
    return timezone.localdate(disbursement.decided_at)


def may_have_paid(line: BankLine) -> QuerySet[Disbursement]:
    """Return what the books sent that could be this line, by its days and currency."""
    return sent().filter(
        currency=line.currency,
        decided_at__date__gte=line.statement.first_on - UNDER_WAY,
        decided_at__date__lte=line.booked_on,
    )


def names_outgoing(line: BankLine) -> bool:
    """Return whether the line bears the reference of money that the books sent."""
    return any(each.reference == line.claimed_reference for each in may_have_paid(line))


def is_named(disbursement: Disbursement) -> bool:
    """Return whether a line of the bank bears the reference of this outgoing money."""
    return disbursement.pk in named_at_bank([disbursement])


def named_at_bank(disbursements: Sequence[Disbursement]) -> set[UUID]:
    """Return which of them a line of the bank bears the reference of, in any statement."""
    if not disbursements:
        return set()
    named = {each.reference: each.pk for each in disbursements}
    lines = lines_at_bank().filter(
        claimed_reference__in=named,
        amount__lt=0,
        booked_on__gte=min(day_of(each) for each in disbursements),
    )
    return {named[found] for found in lines.values_list("claimed_reference", flat=True) if found}

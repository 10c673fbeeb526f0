"""Book what came in by a bank statement that two finance officers have seen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid
from marketplace.ledger.services.recording import record
from marketplace.trading.treasury.bank.events import StatementBooked
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.statement_lines import StatementLine, unreadable
from marketplace.trading.treasury.bank.states import STATEMENT, StatementState
from marketplace.trading.treasury.payment.incoming import Incoming
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel
from marketplace.trading.treasury.payment.receiving import Outcome, take
from marketplace.trading.treasury.payment.states import NOT_BOOKED


@dataclass(frozen=True)
class Imported:
    """What became of the lines of a statement, or of a message."""

    allocated: int
    unallocated: int
    known: int


def imported(became: Iterable[Outcome]) -> Imported:
    """Count what became of the lines."""
    counts = Counter(became)
    return Imported(
        allocated=counts[Outcome.ALLOCATED],
        unallocated=counts[Outcome.UNALLOCATED],
        known=counts[Outcome.KNOWN],
    )


def book_statement(statement: BankStatement, *, by: Actor) -> Imported:
    """Book each line that came in, in a transaction of its own; again it changes nothing."""
    incoming = statement.lines.filter(amount__gt=0).order_by("number")
    done = imported([_taken(line, by=by) for line in incoming])
    _booked(statement, done, by=by)
    return done


def _taken(line: BankLine, *, by: Actor) -> Outcome:
    told = Incoming(
        reference=line.reference,
        received_on=line.booked_on,
        amount=line.amount,
        currency=line.currency,
        claimed_reference=line.claimed_reference or "",
    )
    try:
        return take(told, channel=PaymentChannel.STATEMENT, by=by)
    except Invalid:
        # A provider told another amount since the statement was confirmed: its sheet names both.
        return Outcome.KNOWN


@transaction.atomic
def _booked(statement: BankStatement, done: Imported, *, by: Actor) -> None:
    statement = BankStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.state == StatementState.BOOKED:
        return
    STATEMENT.move(statement, StatementState.BOOKED)
    statement.save(update_fields=["state"])
    record(
        StatementBooked(
            subject=f"statement:{statement.pk}",
            sha256=statement.sha256,
            allocated=done.allocated,
            unallocated=done.unallocated,
            known=done.known,
        ),
        by=by,
    )


def refuse_other_amounts(lines: Iterable[StatementLine | BankLine]) -> None:
    """Refuse a statement of which a line tells another amount than the bank told before.

    Raises:
        Invalid: with the line and both sums (`statement-unreadable`).
    """
    incoming = {line.reference: line for line in lines if line.amount > 0}
    # What an officer recorded may be mistaken: the sheet of the statement names the difference.
    told = Payment.objects.exclude(channel=PaymentChannel.OFFICER).exclude(state__in=NOT_BOOKED)
    for known in told.filter(reference__in=incoming).order_by("reference"):
        line = incoming[known.reference]
        if (known.amount, known.currency) != (line.amount, line.currency):
            raise unreadable(
                line.number,
                _(
                    "The payment %(reference)s is booked already with %(booked)s, and this line "
                    "says %(said)s. Correct the line, or ask the bank."
                )
                % {
                    "reference": line.reference,
                    "booked": f"{known.amount} {known.currency}",
                    "said": f"{line.amount:.2f} {line.currency}",
                },
            )

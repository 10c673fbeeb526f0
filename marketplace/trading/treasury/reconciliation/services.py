"""Say what of a bank line has no home yet, and book it as a second finance officer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, WrongState, locked, visible
from marketplace.core.arguments import Choice
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_accounts
from marketplace.trading.books.models import AccountKind, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank.selectors import bank_lines_visible_to
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.events import BankItemBooked, BankItemProposed
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.rules import check_confirm_bank_item
from marketplace.trading.treasury.bank_item.selectors import bank_items_visible_to
from marketplace.trading.treasury.bank_item.services import _about
from marketplace.trading.treasury.bank_item.states import ITEM, ItemState
from marketplace.trading.treasury.closing.services import first_open_day
from marketplace.trading.treasury.held_line.days import first_told
from marketplace.trading.treasury.held_line.rules import refuse_held
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState
from marketplace.trading.treasury.payout.selectors import is_being_returned
from marketplace.trading.treasury.reconciliation.comparing import row_of
from marketplace.trading.treasury.reconciliation.sheet import Finding, Row

KIND = Choice(label=gettext_lazy("What the line is"), choices=ItemKind)


@dataclass(frozen=True)
class _Own:
    """What of a line has no home: how much, and the payment as which it waits."""

    amount: Decimal
    payment: Payment | None


@transaction.atomic
def propose_bank_item(line_id: UUID, *, kind: Annotated[ItemKind, KIND], by: Actor) -> BankItem:
    """Say that a line which belongs to no payment or payout is the bank's own, and of which kind.

    Where a line differs from the payment or outgoing money that it tells of, it is about the
    difference. Nothing is booked before a second finance officer sees the same. The same kind again
    changes nothing.

    Raises:
        NotFound: there is no such line among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the line has a home (`line-has-home`): it agrees with the books, its payment
            is on its way back, or another kind was said; or it is likely a payout
            (`line-likely`), or held, since it may be told twice (`line-held`).
    """
    seen = visible(bank_lines_visible_to(by), pk=line_id)
    person_id = check_finance_officer(by)
    line = locked(bank_lines_visible_to(by), pk=first_told(seen).pk)
    refuse_held(line)
    row = row_of(line)
    if row.item is not None:
        if row.item.kind == kind and row.item.state == ItemState.PROPOSED:
            return row.item
        raise _has_home()
    own = _own_of(line, row)
    item = BankItem.objects.create(
        line=line,
        kind=kind,
        amount=own.amount,
        currency=line.currency,
        payment=own.payment,
        proposed_by_id=person_id,
    )
    record(
        BankItemProposed(
            subject=f"bank_item:{item.pk}",
            about=_about(item),
            item_kind=item.kind,
            amount=str(item.amount),
            currency=item.currency,
        ),
        binds=bound(item),
        by=by,
    )
    return item


@transaction.atomic
def confirm_bank_item(item_id: UUID, *, by: Actor) -> BankItem:
    """Book a line of the bank's own to its account, as a second finance officer.

    It is booked on the bank's day, or on the first open one where that is closed.

    Raises:
        NotFound: there is no such line of the bank's own among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or said what it is
            (`proposed-by-you`).
        WrongState: it waits for nobody, or the line has another home by now (`line-has-home`).
    """
    item = locked(bank_items_visible_to(by), pk=item_id)
    person_id = check_confirm_bank_item(item, by)
    if item.payment_id is not None:
        item.payment = locked(payments_visible_to(by), pk=item.payment_id)
    own = _own_of(item.line, row_of(item.line))
    if (own.amount, own.payment) != (item.amount, item.payment):
        raise _has_home()
    ITEM.move(item, ItemState.BOOKED)
    item.booked_on = first_open_day(_day_of(item))
    item.confirmed_by_id = person_id
    item.save(update_fields=["state", "booked_on", "confirmed_by_id"])
    _book(item)
    record(
        BankItemBooked(
            subject=f"bank_item:{item.pk}",
            about=_about(item),
            item_kind=item.kind,
            amount=str(item.amount),
            currency=item.currency,
            value_date=item.received_on.isoformat(),
            booked_on=item.booked_on.isoformat(),
        ),
        binds=bound(item),
        by=by,
    )
    return item


def _own_of(line: BankLine, row: Row) -> _Own:
    """Return what of a line has no home yet, beside the books of its day.

    Raises:
        WrongState: it has one (`line-has-home`), or is likely outgoing money (`line-likely`).
    """
    if row.finding == Finding.LIKELY:
        raise WrongState(
            _(
                "This line is likely money that went out. Confirm it as that, or say that it is "
                "other money first."
            ),
            code="line-likely",
        )
    if row.finding == Finding.UNALLOCATED and row.payment is not None:
        if not is_being_returned(row.payment):
            return _Own(line.amount, row.payment)
    elif row.finding == Finding.AMOUNT_DIFFERS:
        return _Own(line.amount - row.told, None)
    elif row.finding == Finding.NOT_BOOKED and line.amount < 0:
        return _Own(line.amount, None)
    raise _has_home()


def _has_home() -> WrongState:
    return WrongState(
        _(
            "This line has its place in the books already, or it is on its way to one. Reload the "
            "page."
        ),
        code="line-has-home",
    )


def _day_of(item: BankItem) -> date:
    if item.payment is not None and item.payment.booked_on is not None:
        return item.payment.booked_on
    return item.received_on


def _book(item: BankItem) -> None:
    """Move the money, and note of a payment that it waits no more."""
    outside, waiting, account = centre_accounts(
        *(item.currency, AccountKind.OUTSIDE, AccountKind.UNALLOCATED),
        ItemKind(item.kind).account,
    )
    cause, kind = f"bank_item:{item.pk}", TransferKind.BANK_OWN
    if item.payment is not None:
        PAYMENT.move(item.payment, PaymentState.BANK_OWN)
        item.payment.save(update_fields=["state"])
        posting = Posting(kind, waiting, account, item.amount, cause)
    elif item.amount > 0:
        posting = Posting(kind, outside, account, item.amount, cause)
    else:
        posting = Posting(kind, account, outside, -item.amount, cause)
    book([posting], belongs_to=None, on=item.booked_on)

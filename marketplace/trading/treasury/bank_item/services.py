"""A line of the bank's own was named or booked wrongly: it is rejected, or reversed by two."""

from typing import Annotated
from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, locked
from marketplace.core.arguments import reason_of
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_accounts
from marketplace.trading.books.models import AccountKind, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.events import (
    BankItemRejected,
    ItemReversalProposed,
    ItemReversalRejected,
    ItemReversed,
)
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.rules import (
    check_confirm_reversal,
    check_propose_reversal,
    check_reject_bank_item,
    check_reject_reversal,
)
from marketplace.trading.treasury.bank_item.selectors import bank_items_visible_to
from marketplace.trading.treasury.bank_item.states import ITEM, ItemState
from marketplace.trading.treasury.closing.services import first_open_day
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState

WHY = reason_of(BankItem)


@transaction.atomic
def reject_bank_item(item_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> BankItem:
    """Say that a line is something else, with a reason. It may be named anew.

    Raises:
        NotFound: there is no such line of the bank's own among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
        Invalid: there is no reason, or too long a one.
    """
    item = locked(bank_items_visible_to(by), pk=item_id)
    check_reject_bank_item(item, by)
    reason = WHY.given(reason)
    ITEM.move(item, ItemState.REJECTED)
    item.reason = reason
    item.save(update_fields=["state", "reason"])
    record(
        BankItemRejected(subject=f"bank_item:{item.pk}", about=_about(item), item_kind=item.kind),
        binds=bound(item),
        by=by,
    )
    return item


@transaction.atomic
def propose_reversal(item_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> BankItem:
    """Say, with a reason, that a line was booked as what it is not, for a second officer to see.

    Nothing is booked before that. Proposing it again changes nothing for who proposed it.

    Raises:
        NotFound: there is no such line of the bank's own among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it is not booked, or somebody else proposed its reversal already.
        Invalid: there is no reason, or too long a one.
    """
    item = locked(bank_items_visible_to(by), pk=item_id)
    if (item.state, item.reversal_by_id) == (ItemState.REVERSING, by.person_id):
        return item
    person_id = check_propose_reversal(item, by)
    item.reversal_reason = WHY.given(reason)
    ITEM.move(item, ItemState.REVERSING)
    item.reversal_by_id, item.reason = person_id, ""
    item.save(update_fields=["state", "reversal_by_id", "reversal_reason", "reason"])
    record(
        ItemReversalProposed(
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
def confirm_reversal(item_id: UUID, *, by: Actor) -> BankItem:
    """Take back what was booked of a line, as a second finance officer; it may be named anew.

    The counter booking stands on the day of the booking, or on the first open one where that is
    closed.

    Raises:
        NotFound: there is no such line of the bank's own among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or proposed the reversal
            (`proposed-by-you`).
        WrongState: no reversal waits.
    """
    item = locked(bank_items_visible_to(by), pk=item_id)
    person_id = check_confirm_reversal(item, by)
    if item.payment_id is not None:
        item.payment = locked(payments_visible_to(by), pk=item.payment_id)
    assert item.booked_on is not None
    ITEM.move(item, ItemState.REVERSED)
    item.reversed_by_id, item.reversed_on = person_id, first_open_day(item.booked_on)
    item.save(update_fields=["state", "reversed_by_id", "reversed_on"])
    _book_back(item)
    record(
        ItemReversed(
            subject=f"bank_item:{item.pk}",
            about=_about(item),
            item_kind=item.kind,
            amount=str(item.amount),
            currency=item.currency,
            reversed_on=item.reversed_on.isoformat(),
        ),
        binds=bound(item),
        by=by,
    )
    return item


@transaction.atomic
def reject_reversal(item_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> BankItem:
    """Say, with a reason, that a line was booked rightly. It stays booked.

    Raises:
        NotFound: there is no such line of the bank's own among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: no reversal waits.
        Invalid: there is no reason, or too long a one.
    """
    item = locked(bank_items_visible_to(by), pk=item_id)
    check_reject_reversal(item, by)
    item.reason = WHY.given(reason)
    ITEM.move(item, ItemState.BOOKED)
    item.save(update_fields=["state", "reason"])
    record(
        ItemReversalRejected(
            subject=f"bank_item:{item.pk}", about=_about(item), item_kind=item.kind
        ),
        binds=bound(item),
        by=by,
    )
    return item


def _book_back(item: BankItem) -> None:
    """Move the money where it was before, and let its payment wait to be allocated again."""
    outside, waiting, account = centre_accounts(
        *(item.currency, AccountKind.OUTSIDE, AccountKind.UNALLOCATED),
        ItemKind(item.kind).account,
    )
    cause, kind = f"bank_item:{item.pk}:reversal", TransferKind.BANK_OWN
    if item.payment is not None:
        PAYMENT.move(item.payment, PaymentState.UNALLOCATED)
        item.payment.save(update_fields=["state"])
        posting = Posting(kind, account, waiting, item.amount, cause)
    elif item.amount > 0:
        posting = Posting(kind, account, outside, item.amount, cause)
    else:
        posting = Posting(kind, outside, account, -item.amount, cause)
    book([posting], belongs_to=None, on=item.reversed_on)


def _about(item: BankItem) -> tuple[str, ...]:
    payment = () if item.payment_id is None else (f"payment:{item.payment_id}",)
    return (f"statement:{item.line.statement_id}", *payment)

"""Money comes in by statement, message or hand; by hand a second finance officer confirms it."""

import hashlib
import re
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import (
    Actor,
    Invalid,
    NotFound,
    WrongState,
    clock,
    locked,
    visible,
)
from marketplace.core.arguments import Number, Text, reason_of
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.paying import may_be_paid, refuse_unless_payable
from marketplace.trading.orders.settlement.rules import (
    check_finance_officer,
    check_record_payment,
    check_records_payments,
)
from marketplace.trading.treasury.bank.events import (
    StatementConfirmed,
    StatementImported,
    StatementRejected,
)
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.rules import (
    check_confirm_statement,
    check_reject_statement,
)
from marketplace.trading.treasury.bank.selectors import statements_visible_to
from marketplace.trading.treasury.bank.statement_lines import LARGEST
from marketplace.trading.treasury.bank.statements import lines_of_statement
from marketplace.trading.treasury.bank.states import STATEMENT, TOLD, StatementState
from marketplace.trading.treasury.held_line.holding import keep_alike
from marketplace.trading.treasury.payment.booking import (
    Imported,
    book_statement,
    imported,
    refuse_other_amounts,
)
from marketplace.trading.treasury.payment.deposits import allocate, deposit, keep_told
from marketplace.trading.treasury.payment.events import (
    PaymentRecorded,
    PaymentRejected,
)
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel
from marketplace.trading.treasury.payment.providers import incoming_of_message
from marketplace.trading.treasury.payment.receiving import take
from marketplace.trading.treasury.payment.rules import check_confirm_payment, check_reject_payment
from marketplace.trading.treasury.payment.selectors import (
    payments_visible_to,
    told_before,
)
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState
from marketplace.trading.treasury.payment.webhooks import Message, refuse_unless_signed

WHY = reason_of(Payment)
WHY_NOT_IMPORTED = reason_of(BankStatement)

# A finance officer records that an order was paid.

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{3,39}")
BANK_REFERENCE = Text(
    label=gettext_lazy("Bank reference"),
    help=gettext_lazy("4 to 40 letters, digits, hyphens or slashes, as on the bank's statement."),
    longest=40,
)
OTHER_AMOUNT = Number(
    label=gettext_lazy("Amount"),
    help=gettext_lazy("Only where it is another sum than what is still open."),
    digits=18,
    places=2,
)


@transaction.atomic
def record_payment(
    order_id: UUID,
    *,
    reference: Annotated[str, BANK_REFERENCE],
    amount: Annotated[Decimal | None, OTHER_AMOUNT] = None,
    by: Actor,
) -> Payment:
    """Say that what the buyer of an order owes next has arrived at the centre's bank.

    `amount` is what stands there, where it is another sum than what is still open: a part of it, or
    more.

    Nothing is booked and nothing opens before a second finance officer has seen it there too, or
    the bank's own statement tells of it. `reference` is the bank's, 4 to 40 letters, digits,
    hyphens and slashes: never a name. The same reference again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the order is not waiting for its payment, or the listing does not stand.
        Invalid: the reference is none, or was used for another payment; or the amount is none.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    check_records_payments(by)
    reference = _given_reference(reference)
    known = told_before(reference)
    if known is not None:
        is_same = known.charge is not None and known.charge.order_id == order.pk
        if is_same and amount in (None, known.amount):
            return known
        sentence = _("This reference was recorded for another order. Check the bank's statement.")
        raise Invalid(sentence, code="reference-reused", fields={"reference": [sentence]})
    charge = check_record_payment(order, by)
    refuse_unless_payable(order)
    payment = Payment.objects.create(
        channel=PaymentChannel.OFFICER,
        reference=reference,
        amount=_given_amount(charge.still_open if amount is None else amount),
        currency=charge.currency,
        received_on=clock.today(),
        claimed_reference=charge.reference,
        charge=charge,
        state=PaymentState.RECORDED,
        recorded_by_id=by.person_id,
    )
    keep_told(charge, is_told=True)
    record(
        PaymentRecorded(
            subject=f"payment:{payment.pk}",
            about=(f"order:{order.pk}", *order.concerns),
            amount=str(payment.amount),
            currency=payment.currency,
        ),
        by=by,
    )
    return payment


def _given_reference(text: str) -> str:
    reference = text.strip()
    if not REFERENCE.fullmatch(reference):
        sentence = _(
            "Give the bank's reference: 4 to 40 letters, digits, hyphens or slashes, and no name."
        )
        raise Invalid(sentence, fields={"reference": [sentence]})
    return reference


def _given_amount(amount: Decimal) -> Decimal:
    if not 0 < amount <= LARGEST or amount != round(amount, 2):
        sentence = _("Give the amount that came in: a sum above zero, in cents.")
        raise Invalid(sentence, fields={"amount": [sentence]})
    return amount


@transaction.atomic
def confirm_payment(payment_id: UUID, *, by: Actor) -> Payment:
    """Book a payment that another finance officer recorded, and hold it until acceptance.

    Raises:
        NotFound: there is no such payment among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or recorded it
            (`recorded-by-you`).
        WrongState: it waits for nobody, what it would pay is not owed any more
            (`charge-not-owed`), or the listing does not stand.
    """
    order, payment = _locked_recorded(payment_id, by)
    payment.confirmed_by_id = check_confirm_payment(payment, by)
    assert payment.charge is not None
    charge, payment.charge.order = payment.charge, order
    _refuse_unless_owed(charge)
    payment.save(update_fields=["confirmed_by_id"])
    keep_told(charge, is_told=False)
    deposit(payment)
    allocate(payment, [charge], by=by)
    return payment


def _refuse_unless_owed(charge: Charge) -> None:
    if not may_be_paid(charge.order, charge):
        raise WrongState(_("This amount is not owed any more, or its listing does not stand."))


@transaction.atomic
def reject_payment(payment_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Payment:
    """Say that a payment which was recorded by hand has not arrived; its reference is free again.

    Raises:
        NotFound: there is no such payment among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
        Invalid: there is no reason, or too long a one.
    """
    order, payment = _locked_recorded(payment_id, by)
    check_reject_payment(payment, by)
    reason = WHY.given(reason)
    PAYMENT.move(payment, PaymentState.REJECTED)
    payment.reason = reason
    payment.save(update_fields=["state", "reason"])
    assert payment.charge is not None
    keep_told(payment.charge, is_told=False)
    record(
        PaymentRejected(
            subject=f"payment:{payment.pk}",
            about=(f"order:{order.pk}", *order.concerns),
            amount=str(payment.amount),
            currency=payment.currency,
        ),
        by=by,
    )
    return payment


def _locked_recorded(payment_id: UUID, by: Actor) -> tuple[Order, Payment]:
    """Lock the order first, as every act does, then the payment of it."""
    seen = visible(payments_visible_to(by), pk=payment_id)
    check_finance_officer(by)
    if seen.charge is None:
        raise WrongState(_("This payment waits for no second finance officer. Reload the page."))
    order = locked(orders_visible_to(by), pk=seen.charge.order_id)
    return order, locked(payments_visible_to(by), pk=payment_id)


# Money comes in by a bank statement or a provider's message, and a finance officer allocates.


@transaction.atomic
def import_statement(*, content: bytes, by: Actor) -> BankStatement:
    """Keep a bank statement as the bank wrote it, for a second finance officer to confirm.

    Nothing is booked of it before that. Nothing is kept of a statement in which a line is wrong.
    The same file again changes nothing, but where it was rejected.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        Invalid: a line is not as documented, or tells another amount than the bank told before;
            the sentence names it. Or there is no line (`statement-empty`).
    """
    person_id = check_finance_officer(by)
    lines = lines_of_statement(content)
    if not lines:
        sentence = _("The statement has no line. Export it for days on which something moved.")
        raise Invalid(sentence, code="statement-empty", fields={"statement": [sentence]})
    refuse_other_amounts(lines)
    digest = hashlib.sha256(content).hexdigest()
    kept = BankStatement.objects.exclude(state=StatementState.REJECTED).filter(sha256=digest)
    if (known := kept.first()) is not None:
        return known
    try:
        with transaction.atomic():
            statement = BankStatement.objects.create(
                sha256=digest,
                first_on=min(line.booked_on for line in lines),
                last_on=max(line.booked_on for line in lines),
                lines_count=len(lines),
                imported_by_id=person_id,
            )
    except IntegrityError:
        # The same file was imported twice at the same moment.
        return kept.get()
    BankLine.objects.bulk_create(
        [
            BankLine(
                statement=statement,
                number=line.number,
                reference=line.reference,
                booked_on=line.booked_on,
                amount=line.amount,
                currency=line.currency,
                balance=line.balance,
                claimed_reference=line.claimed_reference,
            )
            for line in lines
        ],
        batch_size=500,
    )
    record(
        StatementImported(subject=f"statement:{statement.pk}", sha256=digest, rows=len(lines)),
        by=by,
    )
    return statement


def confirm_statement(statement_id: UUID, *, by: Actor) -> Imported:
    """Say that a statement is the bank's, as a second finance officer, and book what came in.

    Each line is a transaction of its own, so that a large statement keeps nobody waiting. What a
    fault has left is booked by the same act again, or by the loop.

    Raises:
        NotFound: there is no such statement among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or imported it
            (`imported-by-you`).
        WrongState: it waits for nobody.
        Invalid: a line tells another amount than the bank told since it was imported.
    """
    return book_statement(_confirmed(statement_id, by=by), by=by)


@transaction.atomic
def _confirmed(statement_id: UUID, *, by: Actor) -> BankStatement:
    statement = locked(statements_visible_to(by), pk=statement_id)
    check_finance_officer(by)
    if statement.state in TOLD:
        return statement
    person_id = check_confirm_statement(statement, by)
    refuse_other_amounts(list(statement.lines.all()))
    keep_alike(statement, by=by)
    STATEMENT.move(statement, StatementState.CONFIRMED)
    statement.confirmed_by_id = person_id
    statement.save(update_fields=["state", "confirmed_by_id"])
    record(StatementConfirmed(subject=f"statement:{statement.pk}", sha256=statement.sha256), by=by)
    return statement


@transaction.atomic
def reject_statement(
    statement_id: UUID, *, reason: Annotated[str, WHY_NOT_IMPORTED], by: Actor
) -> BankStatement:
    """Say that a statement is not the bank's. Its file may be imported again.

    Raises:
        NotFound: there is no such statement among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
        Invalid: there is no reason, or too long a one.
    """
    statement = locked(statements_visible_to(by), pk=statement_id)
    check_reject_statement(statement, by)
    reason = WHY_NOT_IMPORTED.given(reason)
    STATEMENT.move(statement, StatementState.REJECTED)
    statement.reason = reason
    statement.save(update_fields=["state", "reason"])
    record(StatementRejected(subject=f"statement:{statement.pk}", sha256=statement.sha256), by=by)
    return statement


def book_confirmed_statements(*, by: Actor) -> int:
    """Book what a fault has left of statements that were confirmed; return how many."""
    left = list(BankStatement.objects.filter(state=StatementState.CONFIRMED))
    for statement in left:
        book_statement(statement, by=by)
    return len(left)


@transaction.atomic
def receive_message(*, message: Message, by: Actor) -> Imported:
    """Book what a payment provider tells of. The same payment told again changes nothing.

    Raises:
        NotFound: the centre has no provider that signs.
        NotAllowed: the message is not signed, or too old.
        Invalid: it is not of the documented form, tells of a day to come, or of another amount
            than was booked under the number before.
    """
    secrets = settings.PAYMENT_WEBHOOK_SECRETS
    if not secrets:
        raise NotFound(_("The centre takes no messages of payment providers."))
    refuse_unless_signed(message, secrets=secrets, at=clock.now().timestamp())
    rows = incoming_of_message(message.body)
    return imported(take(row, channel=PaymentChannel.WEBHOOK, by=by) for row in rows)

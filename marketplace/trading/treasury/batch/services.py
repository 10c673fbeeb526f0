"""A finance officer hands approved payouts to the bank as one file."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, clock, locked, longest_of
from marketplace.core.arguments import RequestKey, Text, reason_of
from marketplace.core.locking import lock_name
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.batch.events import BatchLineRefused, BatchMade
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.batch.rules import check_refuse_batch_line, refuse_altered_payees
from marketplace.trading.treasury.batch.selectors import (
    batch_lines_visible_to,
    payouts_to_hand,
)
from marketplace.trading.treasury.batch.states import BATCH_LINE, BatchLineState

WHY = reason_of(BatchLine)
CURRENCY = Text(
    label=gettext_lazy("Currency"),
    help=gettext_lazy("Empty: the currency of the centre."),
    longest=longest_of(PayoutBatch, "currency"),
)

MOST = 1000
"""How many payouts a file has at most; the others wait for the next one."""


@transaction.atomic
def make_batch(
    *,
    currency: Annotated[str, CURRENCY] = "",
    request_key: Annotated[str, RequestKey()],
    by: Actor,
) -> PayoutBatch:
    """Put the payouts in a currency that two people approved together for the bank.

    Each is in one batch at most. The same request key again answers the same batch.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        Invalid: there is no key, or no payout waits (`batch-empty`).
        WrongState: a bank account was altered by no act (`account-altered`).
    """
    person_id = check_finance_officer(by)
    if not request_key.strip():
        raise Invalid(_("Give a request key, so that the same request is one."))
    currency = currency or settings.CENTRE["CURRENCY"]
    # Two files at the same moment would have the same payouts.
    lock_name("payout-batch")
    known = PayoutBatch.objects.filter(request_key=request_key).first()
    if known is not None:
        return known
    payouts = list(payouts_to_hand(by).filter(currency=currency)[:MOST])
    if not payouts:
        sentence = _("No approved payout waits for the bank in this currency.")
        raise Invalid(sentence, code="batch-empty", fields={"currency": [sentence]})
    refuse_altered_payees(payouts)
    batch = PayoutBatch.objects.create(
        currency=currency,
        count=len(payouts),
        control_sum=sum((payout.amount for payout in payouts), Decimal(0)),
        execute_on=clock.today(),
        request_key=request_key,
        made_by_id=person_id,
    )
    BatchLine.objects.bulk_create(BatchLine(batch=batch, disbursement=payout) for payout in payouts)
    record(
        BatchMade(
            subject=f"batch:{batch.pk}",
            about=tuple(f"disbursement:{payout.pk}" for payout in payouts),
            count=batch.count,
            control_sum=str(batch.control_sum),
            currency=currency,
        ),
        by=by,
    )
    return batch


@transaction.atomic
def refuse_batch_line(line_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> BatchLine:
    """Say that the bank did not carry a payout of a batch out; it may go into another one.

    Raises:
        NotFound: there is no such payout of a batch among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was refused already, or the bank's own statement has it (`payout-executed`).
        Invalid: there is no reason, or too long a one.
    """
    line = locked(batch_lines_visible_to(by), pk=line_id)
    check_refuse_batch_line(line, by)
    line.reason = WHY.given(reason)
    BATCH_LINE.move(line, BatchLineState.REFUSED)
    line.save(update_fields=["state", "reason"])
    record(
        BatchLineRefused(
            subject=f"batch:{line.batch_id}",
            about=(f"disbursement:{line.disbursement_id}",),
            disbursement=str(line.disbursement_id),
        ),
        by=by,
    )
    return line

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank.outgoing import is_named
from marketplace.trading.treasury.batch.models import BatchLine
from marketplace.trading.treasury.batch.states import BATCH_LINE, BatchLineState


def check_refuse_batch_line(line: BatchLine, by: Actor) -> UUID:
    """Return the finance officer who says that the bank did not carry a payout out.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was refused already, or stands on the bank's own statement
            (`payout-executed`).
    """
    person_id = check_finance_officer(by)
    BATCH_LINE.check(line, BatchLineState.REFUSED)
    if is_named(line.disbursement):
        raise WrongState(
            _("The bank's own statement has this payout: it was carried out."),
            code="payout-executed",
        )
    return person_id

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core import Actor, Allowed, Rule, WrongState, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank_account.rules import refuse_altered
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.batch.states import BATCH_LINE, BatchLineState
from marketplace.trading.treasury.payout.at_bank import is_named
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.selectors import organizations_of


def check_write_pain_001(_batch: PayoutBatch, _by: Actor) -> str:
    """Return the account that a batch is paid from, which the bank's file names.

    Raises:
        WrongState: the centre has not said which (`paying-account-missing`).
    """
    account: str = settings.CENTRE["PAYING_ACCOUNT"]
    if not account:
        raise WrongState(
            _(
                "The file for the bank needs the account that it is paid from. Ask whoever runs "
                "the centre to set CENTRE_PAYING_ACCOUNT."
            ),
            code="paying-account-missing",
        )
    return account


def refuse_altered_payees(payouts: Iterable[Disbursement]) -> None:
    """Refuse to send money to accounts that are not those that were proved.

    Raises:
        WrongState: one was altered in the database by no act (`account-altered`).
    """
    refuse_altered(*(payout.bank_account for payout in payouts if payout.bank_account is not None))


def check_refuse_batch_line(line: BatchLine, by: Actor) -> UUID:
    """Return the finance officer who says that the bank did not carry a payout out.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was refused already, or stands on the bank's own statement
            (`payout-executed`).
    """
    person_id = check_finance_officer(by, *organizations_of(line.disbursement))
    BATCH_LINE.check(line, BatchLineState.REFUSED)
    if is_named(line.disbursement):
        raise WrongState(
            _("The bank's own statement has this payout: it was carried out."),
            code="payout-executed",
        )
    return person_id


ACTS_ON_BATCH_LINE: Mapping[str, Rule[BatchLine]] = MappingProxyType(
    {"refuse_batch_line": check_refuse_batch_line}
)


def acts_on_batch_line(line: BatchLine, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BATCH_LINE, line, by)

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BatchMade(Fact, kind="trading.batch_made", label=_("Batch of payouts made for the bank")):
    """Approved payouts were put together for the bank; the sum and the count control the file."""

    count: int
    control_sum: str
    currency: str


class BatchLineRefused(
    Fact, kind="trading.batch_line_refused", label=_("Payout of a batch refused by the bank")
):
    """The bank did not carry a payout of a batch out; it may go into another one."""

    disbursement: str

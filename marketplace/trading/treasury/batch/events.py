from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BatchMade(Fact):
    """Approved payouts were put together for the bank; the sum and the count control the file."""

    kind = "trading.batch_made"
    label = _("Batch of payouts made for the bank")
    count: int
    control_sum: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BatchLineRefused(Fact):
    """The bank did not carry a payout of a batch out; it may go into another one."""

    kind = "trading.batch_line_refused"
    label = _("Payout of a batch refused by the bank")
    disbursement: str

"""What a finance officer said of a bank line and outgoing money."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_match.states import MatchState
from marketplace.trading.treasury.payout.models import Disbursement


class BankMatch(Record):
    """What a finance officer said of an outgoing line without our reference and money of the books.

    Where several statements have the line, it is that of the first. `reason` says why it was taken
    back; every step stands in the ledger.
    """

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    disbursement = models.ForeignKey(Disbursement, models.PROTECT, related_name="matches")
    state = models.CharField(_("state"), max_length=9, choices=MatchState)
    said_by_id = models.UUIDField(_("said by"))
    said_at = models.DateTimeField(_("said at"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("match of a bank line")
        verbose_name_plural = _("matches of bank lines")
        ordering = ["-said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "disbursement"], name="treasury_bank_match_once"
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(state=MatchState.CONFIRMED),
                name="treasury_bank_line_confirmed_once",
            ),
            models.UniqueConstraint(
                fields=["disbursement"],
                condition=models.Q(state=MatchState.CONFIRMED),
                name="treasury_outgoing_confirmed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.disbursement}"


freeze(BankMatch, {STEP: ["state", "said_by_id", "said_at", "reason"]})

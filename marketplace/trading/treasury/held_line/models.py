"""Lines that may be told already, with what is said of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.held_line.choices import Says
from marketplace.trading.treasury.held_line.states import HeldState


class HeldLine(BoundRow, Record):
    """A line that is alike to one told before (`alike`), which alone counts until two decide.

    `says` is what the finance officer said last who proposed it; `reason` is why somebody else
    rejected that.
    """

    line = models.OneToOneField(BankLine, models.PROTECT, related_name="held")
    alike = models.ForeignKey(BankLine, models.PROTECT, related_name="alike_held")
    says = models.CharField(_("what it is"), max_length=7, choices=Says, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=HeldState, default=HeldState.HELD)
    proposed_by_id = models.UUIDField(_("proposed by"), null=True)
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("held bank line")
        verbose_name_plural = _("held bank lines")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="treasury_held_line_of_another", condition=~models.Q(line=models.F("alike"))
            ),
            models.CheckConstraint(
                name="treasury_held_line_said_by_somebody",
                condition=models.Q(state=HeldState.HELD)
                | models.Q(proposed_by_id__isnull=False, says__in=Says.values),
            ),
            models.CheckConstraint(
                name="treasury_held_line_decided_as_said",
                condition=models.Q(
                    state__in=[HeldState.HELD, HeldState.PROPOSED], confirmed_by_id=None
                )
                | models.Q(
                    state__in=Says.values, state=models.F("says"), confirmed_by_id__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="treasury_held_line_four_eyes",
                condition=models.Q(confirmed_by_id=None)
                | ~models.Q(confirmed_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who says what a line is does not confirm it."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)


bind(
    HeldLine,
    "held_line",
    *("line_id", "alike_id", "says", "state", "proposed_by_id", "confirmed_by_id", "reason"),
)
freeze(HeldLine, {BY_DIGEST: ["says", "state", "proposed_by_id", "confirmed_by_id", "reason"]})

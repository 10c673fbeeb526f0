"""Days whose books are closed, and proposals to close one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only, triggers
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.treasury.closing.states import ClosingState
from marketplace.trading.treasury.closing.triggers import statements


class ClosingProposal(Record):
    """The books of a day as a finance officer adds them up, for a second one to close.

    `totals` holds what moved and what stood on each account by the end of the day, `digest` the
    SHA-256 of day and totals as canonical JSON.
    """

    day = models.DateField(_("day"))
    closed_until = models.DateTimeField(_("closed until"))
    totals = models.JSONField(_("totals"))
    digest = models.CharField(_("SHA-256 of the totals"), max_length=64)
    transfers = models.PositiveIntegerField(_("transfers"))
    state = models.CharField(
        _("state"), max_length=9, choices=ClosingState, default=ClosingState.PROPOSED
    )
    proposed_by_id = models.UUIDField(_("proposed by"))
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("proposal to close a day")
        verbose_name_plural = _("proposals to close a day")
        ordering = ["-day", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=~models.Q(state=ClosingState.REJECTED),
                name="treasury_closing_proposed_once",
            ),
            models.CheckConstraint(
                name="treasury_closing_confirmed_by_somebody",
                condition=models.Q(state=ClosingState.CONFIRMED, confirmed_by_id__isnull=False)
                | (~models.Q(state=ClosingState.CONFIRMED) & models.Q(confirmed_by_id=None)),
            ),
            models.CheckConstraint(
                name="treasury_closing_four_eyes",
                condition=models.Q(confirmed_by_id=None)
                | ~models.Q(confirmed_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who proposes to close a day does not close it."),
            ),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()


class DayClosing(BoundRow, Record):
    """A closed day: the database takes no more posting of it, or of a day before.

    Day and totals are those of the proposal that was confirmed; they stand here too, where nothing
    changes.
    """

    proposal = models.OneToOneField(ClosingProposal, models.PROTECT, related_name="closing")
    day = models.DateField(_("day"), unique=True)
    closed_until = models.DateTimeField(_("closed until"))
    totals = models.JSONField(_("totals"))
    digest = models.CharField(_("SHA-256 of the totals"), max_length=64)
    transfers = models.PositiveIntegerField(_("transfers"))
    closed_by_id = models.UUIDField(_("closed by"))

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()


append_only.register("treasury_dayclosing", key=["id", "day", "proposal_id"])

triggers.declare(statements)

bind(
    DayClosing,
    "day_closing",
    *("proposal_id", "day", "closed_until", "totals", "digest", "transfers", "closed_by_id"),
)


freeze(ClosingProposal, {STEP: ["state", "confirmed_by_id", "reason"]})

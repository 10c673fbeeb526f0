"""Batches of payouts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.treasury.batch.states import BatchLineState
from marketplace.trading.treasury.payout.models import Disbursement


class PayoutBatch(Record):
    """Payouts that two people approved, as one file for the bank: how many, and their sum."""

    currency = models.CharField(_("currency"), max_length=3)
    count = models.PositiveIntegerField(_("payouts"))
    control_sum = MoneyField(_("control sum"))
    execute_on = models.DateField(_("to be executed on"))
    request_key = models.CharField(_("request key"), max_length=64, unique=True)
    made_by_id = models.UUIDField(_("made by"))

    class Meta:
        verbose_name = _("batch of payouts")
        verbose_name_plural = _("batches of payouts")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Return what the file is called by: at most 35 letters and digits, as ISO 20022 has it."""
        return f"B{self.pk.int % 10**16:016d}"


class BatchLine(Record):
    """A payout within a batch. It is in one batch at most that the bank did not refuse it of."""

    batch = models.ForeignKey(PayoutBatch, models.PROTECT, related_name="lines")
    disbursement = models.ForeignKey(Disbursement, models.PROTECT, related_name="batch_lines")
    state = models.CharField(
        _("state"), max_length=7, choices=BatchLineState, default=BatchLineState.HANDED
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("payout of a batch")
        verbose_name_plural = _("payouts of batches")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disbursement"],
                condition=~models.Q(state=BatchLineState.REFUSED),
                name="treasury_payout_in_one_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.disbursement}"


freeze(PayoutBatch)
freeze(BatchLine, {STEP: ["state", "reason"]})

"""Money that came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.treasury.payment.states import PaymentState


class PaymentChannel(models.TextChoices):
    """How the centre learnt that money came in."""

    OFFICER = "officer", _("Recorded by a finance officer")
    STATEMENT = "statement", _("Bank statement")
    WEBHOOK = "webhook", _("Message of a payment provider")


class Payment(Record):
    """Money that came in, once by the bank's own reference, whichever way it was learnt of.

    `received_on` is the bank's day, the value date. `booked_on` is the day of the books: the same,
    or the first open one where that was closed before the centre learnt of the payment.

    What a finance officer recorded by hand is booked once a second one confirms it, or the bank.
    `charge` is what it was recorded for, or the first of what it pays: an `Allocation` tells of
    each.
    """

    channel = models.CharField(_("learnt by"), max_length=10, choices=PaymentChannel)
    reference = models.CharField(_("bank reference"), max_length=64)
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    received_on = models.DateField(_("received on"))
    booked_on = models.DateField(_("booked on"), null=True)
    claimed_reference = models.CharField(_("payment reference given"), max_length=25, blank=True)
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, related_name="payments")
    state = models.CharField(
        _("state"), max_length=11, choices=PaymentState, default=PaymentState.UNALLOCATED
    )
    recorded_by_id = models.UUIDField(_("recorded by"), null=True)
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=~models.Q(state=PaymentState.REJECTED),
                name="treasury_payment_reference_once",
            ),
            models.UniqueConstraint(
                fields=["charge"],
                condition=models.Q(state=PaymentState.RECORDED),
                name="treasury_one_recorded_payment_of_charge",
            ),
            models.CheckConstraint(
                name="treasury_payment_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="treasury_payment_allocated_to_charge",
                condition=~models.Q(state=PaymentState.ALLOCATED) | models.Q(charge__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


freeze(
    Payment,
    {
        STEP: [
            *("channel", "amount", "currency", "received_on", "booked_on", "claimed_reference"),
            *("charge_id", "state", "confirmed_by_id", "reason"),
        ]
    },
)

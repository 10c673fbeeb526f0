"""Revisions that a contract promised and nobody brought."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField, append_only
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.states import MissedState
from marketplace.trading.orders.settlement.models import Charge


class MissedRevision(Record):
    """A revision that an order was promised by a day, and that was not on offer in time.

    `charge` is the period's, of whose amount `amount` is the part that the contract gives: taken
    off the bills to come (`SetOff`), and what none of them takes onto the buyer's account.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="missed_revisions")
    due_on = models.DateField(_("promised by"))
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="missed_revisions")
    amount = MoneyField(_("credit"))
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(
        _("state"), max_length=8, choices=MissedState, default=MissedState.OWED
    )
    credited_at = models.DateTimeField(_("credited at"), null=True)

    class Meta:
        verbose_name = _("missed revision")
        verbose_name_plural = _("missed revisions")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["order", "due_on"], name="orders_missed_once"),
            models.CheckConstraint(
                name="orders_missed_amount_not_negative", condition=models.Q(amount__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.order_id} {self.due_on}"


class SetOff(Record):
    """What a credit took off a bill. Where the bill falls, it counts no more."""

    missed = models.ForeignKey(MissedRevision, models.PROTECT, related_name="set_offs")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="set_offs")
    amount = MoneyField(_("amount"))

    class Meta:
        verbose_name = _("credit taken off a bill")
        verbose_name_plural = _("credits taken off bills")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["missed", "charge"], name="orders_set_off_once"),
            models.CheckConstraint(
                name="orders_set_off_positive", condition=models.Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.missed} {self.amount}"


append_only.register("orders_setoff", key=["id", "missed_id,charge_id"])
freeze(MissedRevision, {STEP: ["state", "amount", "credited_at"]})

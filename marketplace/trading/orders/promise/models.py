"""Revisions that a contract promised and nobody brought."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import MoneyField
from marketplace.core.records import Record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.states import MissedState
from marketplace.trading.orders.settlement.models import Charge


class MissedRevision(Record):
    """A revision that an order was promised by a day, and that was not on offer in time.

    `charge` is the period's, of whose amount `amount` is the part that the contract gives.
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

"""What the sides of an order offer each other, one after the other."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField, append_only
from marketplace.core.records import Record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side


class Proposal(Record):
    """An offer of one side: price, plan and terms. Number 1 is the order as it was placed.

    Rows are never changed; the last one is what the other side may accept, by its digest.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField(_("number"))
    side = models.CharField(_("side"), max_length=6, choices=Side)
    person_id = models.UUIDField(_("person"))
    price = MoneyField(_("price"))
    plan = models.JSONField(_("price plan"))
    terms = models.JSONField(_("terms"))
    message = models.CharField(_("message"), max_length=1000, blank=True)
    digest = models.CharField(_("SHA-256"), max_length=64)
    answer_due_on = models.DateField(_("to be answered by"))

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_proposal_once"),
            models.CheckConstraint(
                name="orders_proposal_price_not_negative", condition=models.Q(price__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.side}"

    @staticmethod
    def content(order: Order, number: int) -> dict[str, Any]:
        """Return what its digest covers, as it stands on the order now."""
        return {
            "order": str(order.pk),
            "number": number,
            "price": str(order.price),
            "currency": order.currency,
            "plan": order.plan,
            "terms": order.terms,
        }


append_only.register("orders_proposal", key=["id", "order_id,number"])

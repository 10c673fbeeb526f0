"""What a seller offers a buyer who objected to a delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.remedy.states import RemedyState


class Remedy(Record):
    """A seller's answer to an objection: an explanation, how much of the price goes back, new data.

    `refund` is 0 where the seller gives nothing back. `replacement` is the revision that is to be
    delivered instead, and `replaced` the one that it took the place of. One waits at a time.
    `reason` is why the buyer declined it.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="remedies")
    text = models.CharField(_("answer to the objection"), max_length=2000)
    refund = MoneyField(_("back to the buyer"))
    replacement = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="+", verbose_name=_("delivered instead")
    )
    replaced = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="+", verbose_name=_("delivered before")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=RemedyState, default=RemedyState.OFFERED
    )
    offered_by_id = models.UUIDField(_("offered by"))
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state=RemedyState.OFFERED),
                name="orders_one_remedy_waiting",
            ),
            models.CheckConstraint(
                name="orders_remedy_refund_not_negative", condition=models.Q(refund__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.refund}"


freeze(Remedy, {STEP: ["state", "reason", "replaced_id", "ended_at"]})

"""The statement of deletion that a buyer owes for an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.frozen import CLOCK, STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.order.models import Order


class Deletion(Record):
    """By `due_on` a buyer who has rows states that all copies are deleted.

    `reminded` counts the stages at which they were reminded that it is overdue.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="deletion")
    cause = models.CharField(_("cause"), max_length=10, choices=DeletionCause)
    due_on = models.DateField(_("deletion to be stated by"))
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)
    statement = models.CharField(_("statement of deletion"), max_length=1000, blank=True)
    stated_by_id = models.UUIDField(_("stated by"), null=True)
    stated_at = models.DateTimeField(_("stated at"), null=True)

    class Meta:
        verbose_name = _("statement of deletion")
        verbose_name_plural = _("statements of deletion")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="orders_deletion_stated_whole",
                condition=models.Q(statement="", stated_by_id=None, stated_at=None)
                | (
                    ~models.Q(statement="")
                    & models.Q(stated_by_id__isnull=False, stated_at__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.order_id)


freeze(
    Deletion,
    {STEP: ["statement", "stated_by_id", "stated_at"], CLOCK: ["reminded"]},
    may_go=True,
)

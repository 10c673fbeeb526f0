"""Events of lineage that are to be told to one receiver."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.records import Record
from marketplace.outbound.message.states import MessageState


class LineageEvent(Record):
    """An OpenLineage event. `cause` is what it follows from, `number` its place there.

    `lease_until` is when a worker that sends it counts as dead. `status` and `code` are of the last
    try, as for a message.
    """

    cause = models.CharField(_("cause"), max_length=80)
    number = models.PositiveSmallIntegerField(_("place"))
    body = models.TextField(_("content"))
    state = models.CharField(
        _("state"), max_length=9, choices=MessageState, default=MessageState.WAITING
    )
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("next try"), default=clock.now)
    lease_until = models.DateTimeField(_("lease until"), null=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    code = models.CharField(_("what was wrong"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("lineage event")
        verbose_name_plural = _("lineage events")
        ordering = ["-created_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["cause", "number"], name="outbound_lineage_once")
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state=MessageState.WAITING),
                name="outbound_lineage_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} #{self.number}"

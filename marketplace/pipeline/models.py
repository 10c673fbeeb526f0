"""How far the pipeline has read, and what it could not do."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.records import Record
from marketplace.ledger.models import Entry
from marketplace.pipeline.broker import SENTENCES
from marketplace.pipeline.states import SetAsideState


class Cursor(models.Model):
    """The one row that says to which leaf the pipeline has reacted; -1 before the first.

    Whoever reacts locks it, so that each entry is reacted to once however many loops run.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    leaf_index = models.BigIntegerField(_("leaf"), default=-1)

    class Meta:
        verbose_name = _("cursor")
        verbose_name_plural = _("cursors")

    def __str__(self) -> str:
        return f"leaf {self.leaf_index}"


class SetAside(Record):
    """A reaction that failed: which, to what, why, and how often it was tried."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="+", verbose_name=_("ledger entry")
    )
    reaction = models.CharField(_("reaction"), max_length=80)
    error_code = models.CharField(_("error code"), max_length=80)
    error = models.CharField(_("error"), max_length=1000, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=1)
    tried_at = models.DateTimeField(_("last tried at"), default=clock.now)
    state = models.CharField(
        _("state"), max_length=10, choices=SetAsideState, default=SetAsideState.PUT_ASIDE
    )

    class Meta:
        verbose_name = _("reaction put aside")
        verbose_name_plural = _("reactions put aside")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "reaction"], name="pipeline_reaction_set_aside_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reaction} {self.entry}"

    @property
    def is_done(self) -> bool:
        """Whether the step has happened since."""
        return self.state == SetAsideState.DONE

    @property
    def worded_error(self) -> str:
        """Say what went wrong, in the reader's language where the code is enough to know it."""
        if self.error_code in SENTENCES:
            return str(SENTENCES[self.error_code])
        return self.error or gettext("It broke on %(name)s. The log says more.") % {
            "name": self.error_code
        }


class Part(models.TextChoices):
    """What of the centre runs beside the web server, and must be seen to."""

    LOOP = "loop", _("pipeline's loop")
    WORKER = "worker", _("worker")


class Beat(models.Model):
    """When a part last showed that it works."""

    part = models.CharField(_("part"), max_length=6, primary_key=True, choices=Part)
    at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.part

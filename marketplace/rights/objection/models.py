"""What others hold against a claim."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.frozen import CLOCK, STEP, freeze
from marketplace.core.records import Record
from marketplace.core.terms import HasTerms
from marketplace.rights.claim.models import Claim
from marketplace.rights.objection.states import UNDECIDED, ObjectionState
from marketplace.vault.models import StoredFile


class Objection(HasTerms, Record):
    """Somebody says that a claim is wrong, in the notice or afterwards.

    `notify_due_on` is the last day to notify the holder of a right that is certified already, None
    for an objection in the notice.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="objections")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="objections")
    raised_by_id = models.UUIDField(_("raised by"))
    text = models.CharField(_("objection"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=10, choices=ObjectionState, default=ObjectionState.OPEN
    )
    due_on = models.DateField(_("to be decided by"))
    notify_due_on = models.DateField(_("holder to be notified by"), null=True)
    holder_told_at = models.DateTimeField(_("holder notified at"), null=True)
    reminded_of = models.DateField(_("last day that was reminded of"), null=True)
    reason = models.CharField(_("reason of the decision"), max_length=1000, blank=True)
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "organization"],
                condition=models.Q(state__in=sorted(UNDECIDED)),
                name="rights_one_open_objection",
            ),
            models.CheckConstraint(
                name="rights_objection_four_eyes",
                condition=models.Q(decided_by_id=None)
                | ~models.Q(decided_by_id=models.F("raised_by_id")),
                violation_error_message=_("Who objects does not decide."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}"


class Exhibit(Record):
    """A file by which a party to an objection shows what it says."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="exhibits")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="exhibits")
    title = models.CharField(_("title"), max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="exhibit")

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.title


freeze(
    Objection,
    {
        STEP: ["state", "reason", "decided_by_id", "decided_at", "holder_told_at"],
        CLOCK: ["due_on", "notify_due_on", "provisional", "reminded_of"],
    },
)
freeze(Exhibit)

"""What the register remarks on a certificate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.remark.choices import FREEZING, RemarkKind
from marketplace.rights.remark.states import RemarkState


class Remark(BoundRow, Record):
    """An agreed term, a freeze by a court, a control by an authority, or another remark.

    `authority` and `document_number` name who ordered it and by which document, `lift_…` who let
    it be lifted; none of the texts names a person. What takes the use of the right away is entered
    by one reviewer and confirmed by another, and lifted likewise.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="remarks")
    kind = models.CharField(_("kind"), max_length=24, choices=RemarkKind)
    authority = models.CharField(_("authority"), max_length=120, blank=True)
    document_number = models.CharField(_("number of the document"), max_length=80, blank=True)
    text = models.CharField(_("what is remarked"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=14, choices=RemarkState, default=RemarkState.PROPOSED
    )
    entered_by_id = models.UUIDField(_("entered by"))
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    in_force_from = models.DateField(_("in force from"), null=True)
    lift_authority = models.CharField(_("authority of the lifting"), max_length=120, blank=True)
    lift_document_number = models.CharField(
        _("number of the document of the lifting"), max_length=80, blank=True
    )
    lift_asked_by_id = models.UUIDField(_("lifting entered by"), null=True)
    lift_confirmed_by_id = models.UUIDField(_("lifting confirmed by"), null=True)
    lifted_on = models.DateField(_("lifted on"), null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="rights_remark_four_eyes",
                condition=~models.Q(kind__in=sorted(FREEZING))
                | models.Q(confirmed_by_id=None)
                | ~models.Q(confirmed_by_id=models.F("entered_by_id")),
                violation_error_message=_("Who enters a freeze does not confirm it."),
            ),
            models.CheckConstraint(
                name="rights_remark_lifting_four_eyes",
                condition=~models.Q(kind__in=sorted(FREEZING))
                | models.Q(lift_confirmed_by_id=None)
                | ~models.Q(lift_confirmed_by_id=models.F("lift_asked_by_id")),
                violation_error_message=_("Who asks to lift a freeze does not confirm it."),
            ),
            models.CheckConstraint(
                name="rights_remark_ordered",
                condition=~models.Q(kind__in=sorted(FREEZING))
                | (~models.Q(authority="") & ~models.Q(document_number="")),
                violation_error_message=_("A freeze names its authority and document."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.certificate}"

    @property
    def is_freezing(self) -> bool:
        """Return whether it takes the use of the right away."""
        return self.kind in FREEZING


freeze(
    Remark,
    {
        BY_DIGEST: [
            *("state", "confirmed_by_id", "in_force_from", "lift_authority"),
            *("lift_document_number", "lift_asked_by_id", "lift_confirmed_by_id", "lifted_on"),
        ]
    },
)
bind(Remark, "remark", under=("certificate", "certificate_id"))

"""What a seller asks for, so that a listing goes on being sold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.core.records import Record
from marketplace.preparation.report.models import RiskReport
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.renewal.states import RenewalState


class ListingRenewal(Record):
    """Newer proofs and other days of sale for a listing, until a second officer has decided.

    `old_sheet` is what buyers decided on until it was approved: the listing then has another.
    """

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="renewals")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    risk_report = models.ForeignKey(RiskReport, models.PROTECT, related_name="+")
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="+")
    on_sale_from = models.DateField(_("on sale from"), null=True)
    on_sale_until = models.DateField(_("on sale until"), null=True)
    state = models.CharField(
        _("state"), max_length=8, choices=RenewalState, default=RenewalState.WAITING
    )
    submitted_by_id = models.UUIDField(_("submitted by"))
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    old_certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    old_sheet = models.JSONField(_("sheet before"), null=True)
    old_sheet_digest = models.CharField(_("digest of the sheet before"), max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("renewal of a listing")
        verbose_name_plural = _("renewals of listings")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(state=RenewalState.WAITING),
                name="listings_one_waiting_renewal",
                violation_error_message=_("A renewal of this listing waits already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

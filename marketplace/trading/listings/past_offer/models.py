"""What a listing offered before it moved on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.preparation.report.models import RiskReport
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.revision.models import Revision


class PastOffer(Record):
    """A revision that a listing offered until it moved on, with its proofs and its sheet.

    What was bought of it once goes on resting on these. It is made when the listing moves on.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="past_offers")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="past_offers")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    risk_report = models.ForeignKey(RiskReport, models.PROTECT, related_name="+")
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="+")
    sheet = models.JSONField(_("sheet"))
    sheet_digest = models.CharField(_("digest of the sheet"), max_length=64)

    class Meta:
        verbose_name = _("past offer of a listing")
        verbose_name_plural = _("past offers of listings")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "revision"], name="listings_past_offer_of_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing} #{self.revision.number}"


append_only.register("listings_pastoffer", key=["id", "listing_id,revision_id"])

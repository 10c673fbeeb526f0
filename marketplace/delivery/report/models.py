"""Reports as they were signed, and who opened them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.delivery.grant.models import Grant
from marketplace.trading.listings.listing.models import Listing

# Reports that were signed and delivered.


class SignedReport(Record):
    """The credential by which the centre vouches that this is the report that was sold."""

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="signed_report")
    credential = models.OneToOneField(Credential, models.PROTECT, related_name="+")
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("signed report")
        verbose_name_plural = _("signed reports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.sha256[:16]


class ReportOpening(Record):
    """That a person of the buyer opened a report. Rows are never changed."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="report_openings")
    person_id = models.UUIDField(_("person"))

    class Meta:
        verbose_name = _("opening of a report")
        verbose_name_plural = _("openings of reports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.created_at)


append_only.register("delivery_reportopening", key=["id"])

"""The report that is sold instead of the data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.trading.listings.listing.models import Listing


class ListingReport(Record):
    """A report made from a version; it changes with its listing's draft alone.

    `content` is that of `listings.report.content`; `sha256` is the digest of its canonical bytes.
    """

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="report")
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("report to sell")
        verbose_name_plural = _("reports to sell")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.content.get("title", self.sha256[:12]))

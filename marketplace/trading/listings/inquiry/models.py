"""An inquiry about a product, and its answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.records import Record
from marketplace.trading.listings.inquiry.states import InquiryState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.product.models import Product


class Inquiry(Record):
    """What somebody asked about a product, from the page of one of its offers.

    The public reads the words alone, and not who asked.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="inquiries")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="inquiries")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    asked_by_id = models.UUIDField(_("asked by"))
    text = models.CharField(_("inquiry"), max_length=500)
    state = models.CharField(
        _("state"), max_length=8, choices=InquiryState, default=InquiryState.ASKED
    )
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by_id = models.UUIDField(_("answered by"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "organization", "text"], name="listings_inquiry_once"
            ),
            models.CheckConstraint(
                name="listings_inquiry_is_answered_in_words",
                condition=~models.Q(state=InquiryState.ANSWERED) | ~models.Q(answer=""),
            ),
        ]
        indexes = [models.Index(fields=["product", "state"], name="listings_inquiry_of_product")]

    def __str__(self) -> str:
        return self.text[:40]

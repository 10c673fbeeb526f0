"""What orders take of a listing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.records import Record


class TakenSale(Record):
    """A sale of a listing that an order takes, and keeps until it comes to nothing.

    Orders write it in their own transaction; `order_id` is theirs, and no foreign key, since a
    listing knows of no order. `number` is which of the listing's quota it is. `is_live` is false
    once the order came to nothing, `is_completed` true while it is completed. `licensed_from` and
    `licensed_until` are those of the licence, once access is open.
    """

    listing = models.ForeignKey("listings.Listing", models.PROTECT, related_name="taken_sales")
    order_id = models.UUIDField(_("order"), unique=True)
    buyer = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    number = models.PositiveIntegerField(_("number of the sale"), null=True)
    is_live = models.BooleanField(_("taken"), default=True)
    is_completed = models.BooleanField(_("completed"), default=False)
    licensed_from = models.DateTimeField(_("licensed from"), null=True)
    licensed_until = models.DateTimeField(_("licensed until"), null=True)

    class Meta:
        verbose_name = _("sale of a listing")
        verbose_name_plural = _("sales of listings")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(is_exclusive=True, is_live=True),
                name="listings_one_sale_of_exclusive_listing",
                violation_error_message=_(
                    "This is sold to one buyer alone, and is ordered already."
                ),
            ),
            models.UniqueConstraint(
                fields=["listing", "number"],
                condition=models.Q(number__isnull=False, is_live=True),
                name="listings_sale_of_listing_once",
                violation_error_message=_("This sale of the listing is taken already."),
            ),
            models.CheckConstraint(
                name="listings_completed_sale_is_live",
                condition=models.Q(is_completed=False) | models.Q(is_live=True),
            ),
        ]
        indexes = [models.Index(fields=["listing", "is_live"], name="listings_sale_of_listing")]

    def __str__(self) -> str:
        return str(self.order_id)

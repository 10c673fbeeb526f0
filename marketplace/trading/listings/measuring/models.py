"""How buyers may have measured what a listing would bring them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.preparation.budget.models import EpsilonField
from marketplace.trading.listings.listing.models import Listing

LONGEST_COLUMN = 200


class MeasuringTerms(Record):
    """What a seller allows: each measurement spends `epsilon` of the dataset's privacy budget.

    `person` is the column that tells persons apart; without it each row is one. Of a person `rows`
    count at most where sources are valued. `sources` are the values of the column `source` that are
    valued each by itself; both are public, and chosen without looking at the data.
    """

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="measuring_terms")
    is_open = models.BooleanField(_("buyers may measure"))
    epsilon = EpsilonField(_("ε of a measurement"))
    most_of_buyer = models.PositiveIntegerField(_("measurements of one buyer"))
    person = models.CharField(
        _("column that tells persons apart"), max_length=LONGEST_COLUMN, blank=True
    )
    rows = models.PositiveIntegerField(_("rows of one person that count"), default=1)
    source = models.CharField(_("column of the source"), max_length=LONGEST_COLUMN, blank=True)
    sources = models.JSONField(_("sources"), default=list)

    class Meta:
        verbose_name = _("terms of measuring")
        verbose_name_plural = _("terms of measuring")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="listings_measuring_in_order",
                condition=models.Q(epsilon__gt=0, most_of_buyer__gte=1, rows__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.epsilon}"

"""Offers of before whose terms can be the beginning of another."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.trading.listings.listing.models import Listing

MOST_OFFERED: Final = 20


@dataclass(frozen=True)
class FormerOffer:
    """An offer whose terms can be copied."""

    listing: Listing

    @property
    def key(self) -> UUID:
        return self.listing.pk

    @property
    def in_words(self) -> str:
        """Say what it offers, how, and since when."""
        day = self.listing.published_at
        return _("%(title)s, %(delivery)s, published on %(day)s") % {
            "title": self.listing.title,
            "delivery": self.listing.get_delivery_mode_display(),
            "day": date_format(localtime(day), "SHORT_DATE_FORMAT") if day else "",
        }


def formers_of(offers: QuerySet[Listing]) -> list[FormerOffer]:
    """Return what can be chosen; where there is but one, nothing is to be chosen."""
    found = [FormerOffer(one) for one in offers[:MOST_OFFERED]]
    return found if len(found) > 1 else []

from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.texts import NAMES
from marketplace.web.lists import Day, Facet, ListFilters, Words


class ListingFilters(ListFilters):
    q = Words(*NAMES, "organization__name")
    state = Facet.of(Listing, "state")
    delivery_mode = Facet.of(Listing, "delivery_mode")
    visibility = Facet.of(Listing, "visibility")
    since = Day(_("Published from"), "published_at", "gte")
    until = Day(_("Published until"), "published_at", "lte")

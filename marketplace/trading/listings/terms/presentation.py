"""The terms and the sale of a listing as lists to read, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.accounts.roles import OrganizationKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.sale.values import Visibility
from marketplace.trading.listings.terms.clauses.asked import worded
from marketplace.trading.listings.terms.terms import Terms


def terms_facts(values: Mapping[str, Any], *, delivery_mode: str = "") -> list[tuple[str, str]]:
    """Return the terms as a list to read; of a sale of the right itself, what it then comes to."""
    terms = Terms.from_json(values)
    if delivery_mode not in MODES or not MODES[delivery_mode].sells_right:
        return terms.facts()
    return [
        (_("Sold"), _("The right itself, with all that its certificate gives")),
        *terms.facts_of_right(),
    ]


def renewal_facts(renewal: ListingRenewal) -> list[tuple[str, str]]:
    """Return the days of sale that a renewal asks for."""
    none = _("not bounded")
    first, last = renewal.on_sale_from, renewal.on_sale_until
    return [
        (_("On sale from"), date_format(first) if first else none),
        (_("On sale until"), date_format(last) if last else none),
    ]


def sale_facts(listing: Listing) -> list[tuple[str, str]]:
    """Say to whom, when and how often a listing is sold, leaving out what is not bounded."""
    facts = []
    if listing.quota is not None:
        facts.append((_("Number of sales"), _("At most %(count)d") % {"count": listing.quota}))
    if listing.on_sale_from:
        facts.append((_("On sale from"), date_format(listing.on_sale_from)))
    if listing.on_sale_until:
        facts.append((_("On sale until"), date_format(listing.on_sale_until)))
    if listing.visibility == Visibility.KINDS:
        kinds = [worded(OrganizationKind, kind) for kind in listing.kinds]
        facts.append((_("Shown to"), ", ".join(kinds)))
    elif listing.visibility == Visibility.INVITED:
        facts.append((_("Shown to"), listing.get_visibility_display()))
    return facts

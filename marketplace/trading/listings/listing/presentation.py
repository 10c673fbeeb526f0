"""To whom and when a listing is sold, in the reader's language."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.accounts.roles import OrganizationKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.sale.values import Visibility
from marketplace.trading.listings.terms.clauses.asked import worded


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

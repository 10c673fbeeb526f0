from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.presentation import sale_facts
from marketplace.trading.listings.listing.texts import LEAD, labelled, texts_of
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.sheet.presentation import budget_facts


def listing_facts(listing: Listing) -> list[tuple[Any, Any]]:
    version = listing.revision.version
    return [
        (_("Seller"), listing.organization.name),
        (_("Dataset"), version.described.title),
        (LEAD.label, LEAD.of(listing)),
        *((one.label, linebreaksbr(text)) for one, text in labelled(texts_of(listing))),
        (
            _("Version"),
            _("Number %(number)d: %(rows)d rows, %(columns)d columns")
            % {
                "number": version.number,
                "rows": version.rows,
                "columns": version.column_count,
            },
        ),
        *([(_("Replaces"), listing.replaces.title)] if listing.replaces else []),
        (_("Price"), " ".join(listing.price_plan.describe(listing.currency))),
        *sale_facts(listing),
        (_("Delivery"), listing.get_delivery_mode_display()),
        *budget_facts(sandbox_of(listing)),
    ]


def renewal_facts(renewal: ListingRenewal) -> list[tuple[str, str]]:
    """Return the days of sale that a renewal asks for."""
    none = _("not bounded")
    first, last = renewal.on_sale_from, renewal.on_sale_until
    return [
        (_("On sale from"), date_format(first) if first else none),
        (_("On sale until"), date_format(last) if last else none),
    ]

"""The gate's question about the price of public data."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.appraisal.ceilings.profile import is_public_data
from marketplace.appraisal.ceilings.states import CeilingState
from marketplace.trading.gate.findings import GateFinding, Question
from marketplace.web.templatetags.market import money


def price(asked: Question) -> GateFinding | None:
    """Ask whether the price keeps to what public data may cost."""
    listing, held = asked.listing, asked.proofs.ceiling
    if not listing.price:
        return None
    if listing.terms.get("public_purpose"):
        return asked.finding(
            "public-purpose-priced",
            _("What is for public governance or welfare is free. Set the price to 0."),
            "listing_detail",
            listing.pk,
        )
    if not is_public_data(asked.proofs.dataset.asset_kind):
        return None
    if (
        held is None
        or held.state != CeilingState.IN_FORCE
        or not held.period_from <= asked.on <= held.period_until
        or held.currency != listing.currency
    ):
        return asked.finding(
            "ceiling-missing",
            _(
                "Public data is sold only under a price ceiling in force. Draft one for this "
                "period and have it approved, or offer the data free for public purposes."
            ),
            "ceiling_draft",
        )
    if listing.price > held.price:
        return asked.finding(
            "ceiling-exceeded",
            _("The price is above the ceiling of %(ceiling)s. Set it to that or less.")
            % {"ceiling": money(held.price, held.currency)},
            "ceiling_detail",
            held.pk,
        )
    return None

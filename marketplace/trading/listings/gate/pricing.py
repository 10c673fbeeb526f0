"""The gate's question about the price of public data."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.appraisal.ceiling.profile import is_public_data
from marketplace.appraisal.ceiling.states import CeilingState
from marketplace.trading.listings.gate.findings import GateFinding, Question
from marketplace.trading.listings.plans import Free
from marketplace.trading.listings.terms.terms import Terms
from marketplace.web.templatetags.market import money


def price(asked: Question) -> GateFinding | None:
    """Ask whether the price keeps to what public data may cost."""
    listing, held = asked.listing, asked.proofs.ceiling
    plan = listing.price_plan
    if isinstance(plan, Free):
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
    most = plan.most(Terms.from_json(listing.terms).licence_months)
    if most is None or most > held.price:
        return asked.finding(
            "ceiling-exceeded",
            (
                _("The price is above the ceiling of %(ceiling)s. Set it to that or less.")
                if most is not None
                else _(
                    "What a buyer pays by use can pass the ceiling of %(ceiling)s. Set a cap on "
                    "the use of a month."
                )
            )
            % {"ceiling": money(held.price, held.currency)},
            "ceiling_detail",
            held.pk,
        )
    return None

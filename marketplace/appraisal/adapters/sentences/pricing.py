"""Prices, in the words of the centre."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REFUSALS: Mapping[str, str | Promise] = {
    "high-below-low": gettext_lazy(
        "Group %(number)s of the buyers would pay %(high)s for the high version and %(low)s for "
        "the low one. Name the versions so that the high one is worth as much or more to everybody."
    ),
    "menu-arbitrage": gettext_lazy(
        "The offer %(target)s at %(price)s can be had for %(cost)s by buying %(purchase)s. Lower "
        "its price to %(cost)s at most, or raise the others."
    ),
    "menu-too-intricate": gettext_lazy(
        "The %(count)s offers of the menu are too intricate to be searched for arbitrage. Give "
        "fewer offers, or rounder numbers."
    ),
    "price-above-ceiling": gettext_lazy(
        "The price %(price)s is above the ceiling. Give a price of %(ceiling)s at most."
    ),
    "pricing-form-missing": gettext_lazy(
        "It cannot be told what is to be priced. Give one of: %(forms)s."
    ),
    "public-use-is-free": gettext_lazy(
        "The price is %(price)s, but public data for public governance and public welfare is free. "
        "Give the price 0."
    ),
    "query-not-covered": gettext_lazy(
        "No priced view holds %(columns)s. Give a view with a price for it, or leave it out of the "
        "query."
    ),
    "tiers-not-rising": gettext_lazy(
        "Tier %(number)s ends at %(given)s, which is not above the tier before it. Give the tiers "
        "from the lowest limit to the highest, and only the last without one."
    ),
    "usage-beyond-tiers": gettext_lazy(
        "The usage %(usage)s goes beyond the last tier, which ends at %(limit)s. Add a tier "
        "without an end."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "arbitrage": gettext_lazy(
        "The offer %(target)s at %(price)s can be had for %(cost)s by buying %(purchase)s. Nobody "
        "will pay its price: lower it to %(cost)s at most, or raise the others."
    ),
    "excess-revenue": gettext_lazy(
        "%(excess)s were earned above the permitted maximum. They are deducted in the next period."
    ),
    "tier-price-rises": gettext_lazy(
        "The price of tier %(number)s is above the tier before it. A buyer then splits his usage "
        "over several accounts: let prices fall or stay."
    ),
    "version-unsold": gettext_lazy(
        "With these buyers nobody takes the %(version)s version. Two versions bring no more than "
        "one here."
    ),
    "view-undercut": gettext_lazy(
        "The view %(view)s is listed at %(price)s, but %(views)s together cost %(cheaper)s. Nobody "
        "will pay its price: lower it, or raise the others."
    ),
}

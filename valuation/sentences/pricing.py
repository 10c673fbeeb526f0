"""What is said about prices."""

from types import MappingProxyType
from typing import Final

REFUSALS: Final = MappingProxyType(
    {
        "high-below-low": (
            "Group {number} of the buyers would pay {high} for the high version and {low} for the "
            "low one. Name the versions so that the high one is worth as much or more to everybody."
        ),
        "menu-arbitrage": (
            "The offer {target} at {price} can be had for {cost} by buying {purchase}. Lower its "
            "price to {cost} at most, or raise the others."
        ),
        "menu-too-intricate": (
            "The {count} offers of the menu are too intricate to be searched for arbitrage. Give "
            "fewer offers, or rounder numbers."
        ),
        "price-above-ceiling": (
            "The price {price} is above the ceiling. Give a price of {ceiling} at most."
        ),
        "pricing-form-missing": ("It cannot be told what is to be priced. Give one of: {forms}."),
        "public-use-is-free": (
            "The price is {price}, but public data for {purpose} is free. Give the price 0."
        ),
        "query-not-covered": (
            "No priced view holds {columns}. Give a view with a price for it, or leave it out of "
            "the query."
        ),
        "tiers-not-rising": (
            "Tier {number} ends at {given}, which is not above the tier before it. Give the tiers "
            "from the lowest limit to the highest, and only the last without one."
        ),
        "usage-beyond-tiers": (
            "The usage {usage} goes beyond the last tier, which ends at {limit}. Add a tier "
            "without an end."
        ),
    }
)

WARNINGS: Final = MappingProxyType(
    {
        "arbitrage": (
            "The offer {target} at {price} can be had for {cost} by buying {purchase}. Nobody will "
            "pay its price: lower it to {cost} at most, or raise the others."
        ),
        "excess-revenue": (
            "{excess} were earned above the permitted maximum. They are deducted in the next "
            "period."
        ),
        "tier-price-rises": (
            "The price of tier {number} is above the tier before it. A buyer then splits his usage "
            "over several accounts: let prices fall or stay."
        ),
        "version-unsold": (
            "With these buyers nobody takes the {version} version. Two versions bring no more than "
            "one here."
        ),
        "view-undercut": (
            "The view {view} is listed at {price}, but {views} together cost {cheaper}. Nobody "
            "will pay its price: lower it, or raise the others."
        ),
    }
)

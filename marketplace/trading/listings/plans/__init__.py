"""Price plans: what a buyer pays, when, and for how much use. Plain values; nothing is stored."""

from marketplace.trading.listings.plans.base import Due, Plan, PlanKind, PricePer
from marketplace.trading.listings.plans.fixed import Free, Instalments, Once, Subscription
from marketplace.trading.listings.plans.menu import Menu, Tier
from marketplace.trading.listings.plans.metered import Band, Metered, Unit
from marketplace.trading.listings.plans.reading import (
    chosen_plan,
    following_kinds,
    is_comparable,
    plan_of,
    plan_of_price,
)

__all__ = [
    "Band",
    "Due",
    "Free",
    "Instalments",
    "Menu",
    "Metered",
    "Once",
    "Plan",
    "PlanKind",
    "PricePer",
    "Subscription",
    "Tier",
    "Unit",
    "chosen_plan",
    "following_kinds",
    "is_comparable",
    "plan_of",
    "plan_of_price",
]

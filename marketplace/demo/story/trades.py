"""The trades of a year: who buys what in which month, and how the money comes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from marketplace.demo.story.cast import (
    BANK_BUYER,
    BUYER,
    HEALTH_BUYER,
    LOGISTICS_BUYER,
    RESEARCHER,
    Part,
)
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.shelf import AIR, BUSES, COLD_CHAIN, CONTAINERS, PARKING, POWER, SIGHTS


class Way(StrEnum):
    """How the money of a trade comes, and whether it stays."""

    WHOLE = "whole"
    PARTS = "parts"
    SHORT = "short"
    """A bank keeps some cents on the way."""
    BEYOND = "beyond"
    """Too much comes; the rest stands as the buyer's credit."""
    SET_OFF = "set-off"
    """The buyer's credit pays a part, and the bank the rest."""
    BY_HAND = "by-hand"
    """The payment names nothing, and an officer allocates it."""
    UNDONE = "undone"
    """The buyer ends the contract before the delivery, and has the money back."""
    REFUND = "refund"
    """A part goes back before the delivery is accepted."""
    FREE = "free"


@dataclass(frozen=True)
class Trade:
    """One order; `key` names it for good, `tier` the size where there are several."""

    goods: Goods
    buyer: Part
    purpose: str
    way: Way = Way.WHOLE
    tier: str = ""


_ROUTES: Final = "货运线路规划 Planning of freight routes"
_BRANCHES: Final = "网点选址 Choice of places for branches"
_PRICING: Final = "货运险定价 Pricing of cargo insurance"
_STUDY: Final = "港城关系研究 Study of port and town"
_WARNING: Final = "公共卫生预警 Warnings of public health"

MONTHS: Final[tuple[tuple[Trade, ...], ...]] = (
    (
        Trade(CONTAINERS, LOGISTICS_BUYER, _ROUTES),
        Trade(BUSES, BANK_BUYER, _BRANCHES, Way.PARTS),
        Trade(CONTAINERS, RESEARCHER, _STUDY),
    ),
    (
        Trade(CONTAINERS, BUYER, _PRICING, Way.SHORT),
        Trade(BUSES, RESEARCHER, _STUDY, Way.BEYOND),
        Trade(BUSES, BUYER, _PRICING),
    ),
    (
        Trade(CONTAINERS, BANK_BUYER, _BRANCHES, Way.BY_HAND),
        Trade(CONTAINERS, RESEARCHER, _STUDY, Way.SET_OFF),
        Trade(BUSES, LOGISTICS_BUYER, _ROUTES),
    ),
    (
        Trade(BUSES, HEALTH_BUYER, _WARNING),
        Trade(AIR, HEALTH_BUYER, _WARNING, Way.FREE),
        Trade(CONTAINERS, LOGISTICS_BUYER, _ROUTES, Way.UNDONE),
        Trade(BUSES, BANK_BUYER, _BRANCHES),
    ),
    (
        Trade(COLD_CHAIN, LOGISTICS_BUYER, _ROUTES, Way.PARTS),
        Trade(CONTAINERS, BUYER, _PRICING, Way.REFUND),
        Trade(BUSES, RESEARCHER, _STUDY),
    ),
    (
        Trade(POWER, RESEARCHER, "节能研究 Research on saving energy"),
        Trade(BUSES, BUYER, _PRICING, Way.SHORT),
        Trade(CONTAINERS, BANK_BUYER, _BRANCHES),
    ),
    (
        Trade(PARKING, BANK_BUYER, _BRANCHES, tier="half"),
        Trade(PARKING, BUYER, _PRICING, tier="all"),
        Trade(CONTAINERS, LOGISTICS_BUYER, _ROUTES, Way.BEYOND),
    ),
    (
        Trade(SIGHTS, RESEARCHER, _STUDY),
        Trade(BUSES, LOGISTICS_BUYER, _ROUTES, Way.SET_OFF),
        Trade(CONTAINERS, BUYER, _PRICING),
    ),
    (
        Trade(BUSES, HEALTH_BUYER, _WARNING, Way.PARTS),
        Trade(CONTAINERS, RESEARCHER, _STUDY, Way.BY_HAND),
        Trade(BUSES, BUYER, _PRICING, Way.UNDONE),
    ),
    (
        Trade(CONTAINERS, LOGISTICS_BUYER, _ROUTES),
        Trade(BUSES, BANK_BUYER, _BRANCHES, Way.SHORT),
        Trade(BUSES, RESEARCHER, _STUDY, Way.REFUND),
    ),
    (
        Trade(CONTAINERS, BANK_BUYER, _BRANCHES),
        Trade(BUSES, LOGISTICS_BUYER, _ROUTES, Way.PARTS),
        Trade(CONTAINERS, HEALTH_BUYER, _WARNING),
    ),
    (
        Trade(BUSES, HEALTH_BUYER, _WARNING),
        Trade(CONTAINERS, BUYER, _PRICING, Way.PARTS),
        Trade(BUSES, RESEARCHER, _STUDY),
        Trade(CONTAINERS, LOGISTICS_BUYER, _ROUTES),
    ),
)

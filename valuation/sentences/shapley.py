"""What is said about the shares of owners."""

from types import MappingProxyType
from typing import Final

REFUSALS: Final = MappingProxyType(
    {
        "GAME_MISSING": ("It is not told what owners are worth together. Give one of: {forms}."),
        "MISSING_COALITION": (
            "The table v does not tell what {coalition} are worth together. Add that coalition."
        ),
        "PRICE_NOT_IN_CENTS": (
            "The price {price} has parts of the smallest unit of its currency. Give it with "
            "{places} decimal places at most."
        ),
        "SHARES_IMPOSSIBLE": (
            "The joint price cannot be divided: an owner's contribution is below 0, or all are 0. "
            "Leave out owners who take away from the whole, and give what the others are worth."
        ),
    }
)

WARNINGS: Final = MappingProxyType(
    {
        "SHAPLEY_SAMPLED": (
            "The shares are estimated from {orders} random orders. Each has the standard error "
            "that is told with it."
        ),
    }
)

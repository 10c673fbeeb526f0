"""What is said about the shares of owners."""

from types import MappingProxyType
from typing import Final

REFUSALS: Final = MappingProxyType(
    {
        "game-missing": ("It is not told what owners are worth together. Give one of: {forms}."),
        "missing-coalition": (
            "The table v does not tell what {coalition} are worth together. Add that coalition."
        ),
        "price-not-in-cents": (
            "The price {price} has parts of the smallest unit of its currency. Give it with "
            "{places} decimal places at most."
        ),
        "shares-impossible": (
            "The joint price cannot be divided: an owner's contribution is below 0, or all are 0. "
            "Leave out owners who take away from the whole, and give what the others are worth."
        ),
    }
)

WARNINGS: Final = MappingProxyType(
    {
        "shapley-sampled": (
            "The shares are estimated from {orders} random orders. Each has the standard error "
            "that is told with it."
        ),
    }
)

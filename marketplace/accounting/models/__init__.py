"""What data has cost, what of it is booked, and what was written down."""

from marketplace.accounting.models.costs import CAPITALIZED, CostEntry, CostKind
from marketplace.accounting.models.recognitions import (
    Category,
    Impairment,
    Origin,
    Recognition,
    UseOfData,
)

__all__ = [
    "CAPITALIZED",
    "Category",
    "CostEntry",
    "CostKind",
    "Impairment",
    "Origin",
    "Recognition",
    "UseOfData",
]

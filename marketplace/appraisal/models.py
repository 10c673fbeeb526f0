from marketplace.appraisal.appraisal.models import Appraisal, Approach, Comparable
from marketplace.appraisal.ceiling.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.known_cost.models import KnownCost

__all__ = [
    "Appraisal",
    "Approach",
    "CeilingCarry",
    "CeilingIncome",
    "Comparable",
    "KnownCost",
    "PriceCeiling",
]

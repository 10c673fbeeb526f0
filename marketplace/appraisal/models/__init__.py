"""Valuations on record: the headline, the approaches behind it, and past trades to compare with."""

from marketplace.appraisal.ceilings.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.models.appraisals import Appraisal, Purpose
from marketplace.appraisal.models.approaches import Approach
from marketplace.appraisal.models.comparables import Comparable
from marketplace.appraisal.models.methods import APPROACHES, BESIDE, Method

__all__ = [
    "APPROACHES",
    "BESIDE",
    "Appraisal",
    "Approach",
    "CeilingCarry",
    "CeilingIncome",
    "Comparable",
    "Method",
    "PriceCeiling",
    "Purpose",
]

"""The quality of a table by the six characteristics of GB/T 36344-2018, from counted checks."""

from valuation.quality.counts import DIMENSIONS, Check, Table
from valuation.quality.rules import (
    at_least,
    counted,
    distinct,
    filled,
    iso_date,
    not_older_than,
)
from valuation.quality.scoring import QualityScore, score

__all__ = [
    "DIMENSIONS",
    "Check",
    "QualityScore",
    "Table",
    "at_least",
    "counted",
    "distinct",
    "filled",
    "iso_date",
    "not_older_than",
    "score",
]

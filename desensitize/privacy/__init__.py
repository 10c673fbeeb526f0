"""Privacy models and the search for a recoding that meets them."""

from desensitize.privacy.anonymization import (
    METHODS,
    Anonymization,
    anonymize_table,
    anonymize_tuples,
    distinct_tuples,
    labelled,
)
from desensitize.privacy.generation import generate_hierarchy
from desensitize.privacy.hierarchy import Hierarchy, load_hierarchy
from desensitize.privacy.tradeoff import TradeoffPoint, tradeoff

__all__ = [
    "METHODS",
    "Anonymization",
    "Hierarchy",
    "TradeoffPoint",
    "anonymize_table",
    "anonymize_tuples",
    "distinct_tuples",
    "generate_hierarchy",
    "labelled",
    "load_hierarchy",
    "tradeoff",
]

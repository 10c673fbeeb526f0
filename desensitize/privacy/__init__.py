"""Privacy models and the search for a recoding that meets them."""

from desensitize.privacy.anonymization import (
    METHODS,
    Anonymization,
    Lasting,
    anonymize_table,
    anonymize_tuples,
    labelled,
)
from desensitize.privacy.cellwise import MOST_HIDDEN, coarsen_cells, roomy_class
from desensitize.privacy.generation import Making, generate_hierarchy, making_of
from desensitize.privacy.hierarchy import (
    Hierarchy,
    load_hierarchy,
    read_hierarchy,
    write_hierarchy,
)
from desensitize.privacy.models import (
    CLOSENESS_KINDS,
    DIVERSITY_KINDS,
    Closeness,
    Diversity,
    Presence,
    Requirements,
)
from desensitize.privacy.recoding import Recoding
from desensitize.privacy.tuples import CountedTuples, counted_tuples, distinct_tuples, narrowed

__all__ = [
    "CLOSENESS_KINDS",
    "DIVERSITY_KINDS",
    "METHODS",
    "MOST_HIDDEN",
    "Anonymization",
    "Closeness",
    "CountedTuples",
    "Diversity",
    "Hierarchy",
    "Lasting",
    "Making",
    "Presence",
    "Recoding",
    "Requirements",
    "anonymize_table",
    "anonymize_tuples",
    "coarsen_cells",
    "counted_tuples",
    "distinct_tuples",
    "generate_hierarchy",
    "labelled",
    "load_hierarchy",
    "making_of",
    "narrowed",
    "read_hierarchy",
    "roomy_class",
    "write_hierarchy",
]

"""Rules of quality for a table, and what fails them."""

from desensitize.quality.language import (
    KINDS,
    OPERATORS,
    TYPES,
    Rule,
    Severity,
    Tolerance,
    digest_of,
    rules_from,
)
from desensitize.quality.measuring import (
    Circumstances,
    Described,
    Finding,
    Measured,
    Outcome,
    Reason,
    measure,
    reference_keys,
)

__all__ = [
    "KINDS",
    "OPERATORS",
    "TYPES",
    "Circumstances",
    "Described",
    "Finding",
    "Measured",
    "Outcome",
    "Reason",
    "Rule",
    "Severity",
    "Tolerance",
    "digest_of",
    "measure",
    "reference_keys",
    "rules_from",
]

"""The `valuation` library in the words of the centre: refusals, warnings, figures."""

from marketplace.appraisal.adapters.labels import FIGURES, UNITS, formula_in_words, label_of
from marketplace.appraisal.adapters.results import (
    FIELD_OF_CODE,
    Figure,
    Replayed,
    figures_of,
    refusal_of,
    replayed,
    sentence_of,
    value,
    worded_warnings,
)
from marketplace.appraisal.adapters.sentences import SENTENCES, WARNINGS

__all__ = [
    "FIELD_OF_CODE",
    "FIGURES",
    "SENTENCES",
    "UNITS",
    "WARNINGS",
    "Figure",
    "Replayed",
    "figures_of",
    "formula_in_words",
    "label_of",
    "refusal_of",
    "replayed",
    "sentence_of",
    "value",
    "worded_warnings",
]

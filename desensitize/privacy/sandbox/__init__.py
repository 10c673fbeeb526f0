"""A sandbox: private answers to questions about a table that nobody sees."""

from desensitize.privacy.sandbox.answers import Answer, Cell, answer, half_width
from desensitize.privacy.sandbox.declaration import Declaration, Number
from desensitize.privacy.sandbox.questions import (
    COUNT,
    FIGURES,
    HISTOGRAM,
    MEAN,
    SUM,
    Condition,
    Question,
    digest_of,
)

__all__ = [
    "COUNT",
    "FIGURES",
    "HISTOGRAM",
    "MEAN",
    "SUM",
    "Answer",
    "Cell",
    "Condition",
    "Declaration",
    "Number",
    "Question",
    "answer",
    "digest_of",
    "half_width",
]

"""What the figures, fields and units of `valuation` are called, one module a subject.

Figures that stand in none of the modules keep the library's own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from marketplace.appraisal.adapters.labels import (
    cost,
    income,
    infonomics,
    inputs,
    market,
    options,
    reconcile,
    sampling,
    statistical,
)

SUBJECTS = (
    cost,
    income,
    infonomics,
    inputs,
    market,
    options,
    reconcile,
    sampling,
    statistical,
)

FIGURES: Mapping[str, str | Promise] = {
    name: label for subject in SUBJECTS for name, label in subject.FIGURES.items()
}

UNITS: Mapping[str, str | Promise] = {
    "": "",
    "ratio": "",
    "index": "",
    "years": gettext_lazy("years"),
    "months": gettext_lazy("months"),
    "people": gettext_lazy("persons"),
    "count": "",
    "worth": "",
    "figure": "",
    "mean": "",
}
"""What stands behind a number that is no money."""

_PLACED = re.compile(r"(\w+)\[(\d+)\]")
_WORD = re.compile(r"[A-Za-z_]+")


def label_of(name: str) -> str:
    """Name a figure or field of the library, whose path may stand before it and place behind.

    A label may be given for the last two names of a path, where the last alone says too little.
    """
    parts = name.split(".")
    for known in (".".join(parts[-2:]), parts[-1]):
        if known in FIGURES:
            return str(FIGURES[known])
        placed = _PLACED.fullmatch(known)
        if placed and placed[1] in FIGURES:
            return f"{FIGURES[placed[1]]} {placed[2]}"
    return name


def formula_in_words(formula: str) -> str:
    """Name the figures of a formula."""
    return _WORD.sub(lambda word: label_of(word[0]), formula)

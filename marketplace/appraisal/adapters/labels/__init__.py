"""What the figures, fields and units of `valuation` are called, one module a subject.

Figures that stand in none of the modules keep the library's own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

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
WHOLE: Mapping[str, str | Promise] = {
    "1: not deductible": gettext_lazy("1, because it cannot be deducted"),
    "mean of adjusted": gettext_lazy("mean of the adjusted prices"),
    "sum of the lines": gettext_lazy("sum of the lines"),
    "sum of the occupations": gettext_lazy("sum of the occupations"),
    "side by side": gettext_lazy("the amounts side by side"),
}
"""Formulas that are said in words."""
_SUM = "sum of "
_FROM_RISK_FREE = "rf + "


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
    if formula in WHOLE:
        return str(WHOLE[formula])
    if formula.startswith(_FROM_RISK_FREE):
        terms = formula.split(" + ")
        return " + ".join([label_of("rf"), *(label_of(f"premia.{term}") for term in terms[1:])])
    before, is_sum, terms_of_sum = formula.partition(_SUM)
    if is_sum:
        return _named(before) + gettext("sum of %(terms)s") % {"terms": _named(terms_of_sum)}
    return _named(formula)


def _named(formula: str) -> str:
    return _WORD.sub(lambda word: label_of(word[0]), formula)

"""The sentences of what a sandbox refuses: its declaration and the questions asked of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

QUESTION_SENTENCES: Mapping[str, Promise] = {
    "bad-declaration": gettext_lazy(
        "The declaration of the sandbox cannot be read. Declare it anew."
    ),
    "nothing-declared": gettext_lazy("Declare at least one column with bounds or with values."),
    "too-much-declared": gettext_lazy("A sandbox declares at most %(limit)s columns."),
    "bad-decimals": gettext_lazy(
        "The decimal places of column “%(column)s” must be a whole number from 0 to 6."
    ),
    "bad-values": gettext_lazy(
        "The values of column “%(column)s” must be %(limit)s texts at most, each once and not "
        "empty."
    ),
    "unit-declared": gettext_lazy(
        "Column “%(column)s” tells persons apart, so nothing can be asked about it. Leave it out."
    ),
    "bad-question": gettext_lazy(
        "The question cannot be read. Ask for a count, sum, mean or histogram."
    ),
    "not-declared": gettext_lazy(
        "Column “%(column)s” cannot be used here. Use a column that the seller declared for it."
    ),
    "value-not-declared": gettext_lazy(
        "A value of the condition on column “%(column)s” is not among those that the seller "
        "declared."
    ),
    "bad-range": gettext_lazy(
        "The range of column “%(column)s” must have a lower end not above its upper one, "
        "within the declared bounds and decimal places."
    ),
    "column-repeated": gettext_lazy(
        "Column “%(column)s” is named twice for the same. Name it once."
    ),
    "bad-bins": gettext_lazy(
        "A histogram has %(low)s to %(high)s bins, each at least one step of the column wide."
    ),
    "too-many-groups": gettext_lazy(
        "Group by at most %(limit)s columns; a histogram is not grouped."
    ),
    "too-many-conditions": gettext_lazy("Give at most %(limit)s conditions."),
    "too-many-cells": gettext_lazy(
        "The answer would have %(cells)s figures; at most %(limit)s are allowed. Group by less."
    ),
    "groups-unlisted": gettext_lazy(
        "The values of column “%(column)s” are not declared, so only counts can be grouped by it."
    ),
}
"""One sentence a code of the library."""

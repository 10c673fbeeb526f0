"""Sentences about quality by GB/T 36344."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "check-impossible": _(
        "The quality check %(rule)s says that %(passed)s of %(total)s passed. Give whole numbers "
        "with at least 1 in total and at most the total passed."
    ),
    "quality-column-unknown": _("The table has no column %(column)s. Choose another."),
    "quality-dimension-unknown": _(
        "The quality dimension %(given)s is not known. Choose one of GB/T 36344."
    ),
    "quality-dimension-unchecked": _(
        "The quality dimension %(dimension)s has a weight but no check. Add a check or give it the "
        "weight 0."
    ),
    "quality-row-ragged": _(
        "Row %(row)s has %(given)s cells where the table has %(expected)s columns. Mend that row."
    ),
    "quality-weights-sum": _(
        "The quality weights add up to %(given)s. Change them so that they add up to 1."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {}

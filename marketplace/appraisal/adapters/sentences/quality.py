"""Sentences about quality by GB/T 36344."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "CHECK_IMPOSSIBLE": _(
        "The quality check %(rule)s says that %(passed)s of %(total)s passed. Give whole numbers "
        "with at least 1 in total and at most the total passed."
    ),
    "QUALITY_COLUMN_UNKNOWN": _("The table has no column %(column)s. Choose another."),
    "QUALITY_DIMENSION_UNKNOWN": _(
        "The quality dimension %(given)s is not known. Choose one of GB/T 36344."
    ),
    "QUALITY_DIMENSION_UNCHECKED": _(
        "The quality dimension %(dimension)s has a weight but no check. Add a check or give it the "
        "weight 0."
    ),
    "QUALITY_ROW_RAGGED": _(
        "Row %(row)s has %(given)s cells where the table has %(expected)s columns. Mend that row."
    ),
    "QUALITY_WEIGHTS_SUM": _(
        "The quality weights add up to %(given)s. Change them so that they add up to 1."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {}

"""Weights from judgements, and quality rules, in the words of the centre."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REFUSALS: Mapping[str, str | Promise] = {
    "inconsistent-judgements": gettext_lazy(
        "The judgements contradict each other: CR is %(ratio)s, and less than 0.10 is needed. "
        "Compare the items with the largest differences again."
    ),
    "item-twice": gettext_lazy(
        "The name %(name)s stands twice in “%(field)s”. Give each name once."
    ),
    "names-do-not-fit": gettext_lazy(
        "“%(field)s” has %(given)s entries where %(expected)s are needed. Give one for each."
    ),
    "not-reciprocal": gettext_lazy(
        "In “%(field)s”, row %(row)s column %(column)s is %(given)s and row %(column)s column "
        "%(row)s is %(other)s. One has to be 1 divided by the other: write 1/3 opposite 3, and 1 "
        "on the diagonal."
    ),
    "not-square": gettext_lazy(
        "The matrix “%(field)s” has %(rows)s rows, and row %(row)s has %(columns)s entries. Give "
        "as many entries in each row as there are rows."
    ),
    "quality-date-missing": gettext_lazy(
        "A rule compares dates with the day of the assessment. Give that day as YYYY-MM-DD."
    ),
    "quality-rule-unclear": gettext_lazy(
        "The quality rule %(given)s for %(dimension)s is not understood. Write it as one of: "
        "%(allowed)s."
    ),
    "quality-weights-missing": gettext_lazy(
        "Neither weights nor a matrix of comparisons is given. Give weights that add up to 1, or a "
        "matrix of judgements."
    ),
    "random-index-unknown": gettext_lazy(
        "There is no random index for %(given)s items in Saaty's table. Give one above 0, or "
        "compare at most 15 items at once."
    ),
    "too-many-items": gettext_lazy(
        "“%(field)s” has %(given)s entries. Give at most %(most)s, and at least one."
    ),
    "weights-sum": gettext_lazy(
        "The weights in “%(field)s” add up to %(given)s. Change them so that they add up to 1."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "judgements-inconsistent": gettext_lazy(
        "The consistency ratio %(ratio)s is not below 0.10, so these weights are not acceptable. "
        "Compare the items with the largest differences again."
    ),
    "quality-rows-fail": gettext_lazy(
        "Rows that fail the rules on %(dimension)s: %(count)s; the first are %(rows)s. Mend them "
        "or state them in the report."
    ),
}

"""The grade of a dataset, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, NegativeItem, grade_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.presentation import Fact
from marketplace.catalog.dataset.selectors import impacts_of
from marketplace.catalog.version.selectors import graded_columns


def grade_facts(dataset: Dataset) -> list[Fact]:
    """Return the grade and from what it follows."""
    if not dataset.grade:
        return []
    harms: list[Fact] = [
        (
            str(HarmedObject(impact["object"]).label),
            str(HarmDegree(impact["degree"]).label),
        )
        for impact in dataset.impacts
    ]
    items = [str(NegativeItem(code).label) for code in dataset.negative_list]
    return [
        (_("Grade"), dataset.get_grade_display()),
        *(harms or [(_("Possible harm"), _("None"))]),
        *_raised_by(dataset),
        (_("Negative list"), "; ".join(items) or _("Nothing applies")),
    ]


def _raised_by(dataset: Dataset) -> list[Fact]:
    if dataset.grade == grade_of(impacts_of(dataset)):
        return []
    columns = [column for column in graded_columns(dataset) if column.grade == dataset.grade]
    names = ", ".join(column.label or column.name for column in columns)
    return [(_("Columns that raise the grade"), names)] if names else []

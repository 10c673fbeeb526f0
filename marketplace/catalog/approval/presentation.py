"""What is said otherwise than it was approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.grading import NegativeItem
from marketplace.catalog.dataset.models import ApprovedContent, Dataset, Described
from marketplace.catalog.dataset.presentation import Fact, said_facts
from marketplace.catalog.version.annotations import SAID
from marketplace.catalog.version.models import Column, DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import columns_of, said_of


@dataclass(frozen=True)
class Change:
    """What is said otherwise than it was approved."""

    label: str
    before: str
    now: str


def changes_since(
    approved: ApprovedContent, dataset: Dataset, newest: DatasetVersion | None
) -> list[Change]:
    """Return what a dataset says otherwise than it was approved, its columns among it."""
    words = zip(
        [(_("Title"), approved.title), *said_facts(approved), *_graded(approved)],
        [(_("Title"), dataset.title), *said_facts(dataset), *_graded(dataset)],
        strict=True,
    )
    changes = [
        Change(label, str(before), str(now))
        for (label, before), (_label, now) in words
        if before != now
    ]
    columns = [_columns_in_words(each) for each in (_source_of(approved), newest)]
    if columns[0] != columns[1]:
        changes.append(Change(_("Columns"), *columns))
    return [*changes, *_said_of_columns(approved, newest)]


def _said_of_columns(approved: ApprovedContent, newest: DatasetVersion | None) -> list[Change]:
    """Return what is said of columns otherwise than was approved, such as their unit."""
    before = approved.form.get("columns", {})
    now = said_of(newest) if newest is not None else {}
    changes = []
    for name in (name for name in now if name in before):
        for part in (part for part in SAID if before[name][part] != now[name][part]):
            words = [_in_words(part, said[name][part]) for said in (before, now)]
            changes.append(Change(f"{name}: {_field(part).verbose_name}", *words))
    return changes


def _in_words(part: str, said: str) -> str:
    return str(dict(_field(part).flatchoices).get(said, said))


def _field(part: str) -> Field[Any, Any]:
    field = Column._meta.get_field(part)
    assert isinstance(field, Field), "What is said of a column stands in it."
    return field


def _graded(described: Described) -> list[Fact]:
    items = [str(NegativeItem(code).label) for code in described.negative_list]
    return [
        (_("Grade"), described.get_grade_display()),
        (_("Negative list"), "; ".join(items) or _("Nothing applies")),
    ]


def _source_of(approved: ApprovedContent) -> DatasetVersion | None:
    return approved.versions.exclude(kind=VersionKind.MASKED).order_by("-number").first()


def _columns_in_words(version: DatasetVersion | None) -> str:
    columns = [] if version is None else columns_of(version)
    return ", ".join(sorted(f"{one.name} ({one.get_dtype_display()})" for one in columns))

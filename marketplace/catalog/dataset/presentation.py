"""What pages tell of a dataset, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.catalog.dataset.grading import (
    Grade,
)
from marketplace.catalog.dataset.models import Dataset, Described
from marketplace.catalog.dataset.states import DatasetState

Fact = tuple[str, object]


@dataclass(frozen=True)
class Step:
    """One step on the way through the catalog; `url` is "" where there is nothing to do."""

    label: str
    state: str
    url: str = ""


def description_facts(dataset: Dataset) -> list[Fact]:
    return [(_("Organization"), dataset.organization.name), *said_facts(dataset)]


def said_facts(described: Described) -> list[Fact]:
    return [
        (_("Abstract"), described.abstract),
        (_("Theme"), described.get_theme_display()),
        (_("Asset kind"), described.get_asset_kind_display()),
        (_("Source"), described.get_source_kind_display()),
        (_("How it was collected"), described.source_description),
        (_("Legal basis"), described.legal_basis),
        (_("Personal information"), described.get_personal_basis_display() or _("Not known yet")),
        (_("Region"), described.region),
        (_("Time scope"), described.time_scope),
        (_("Update frequency"), described.get_update_frequency_display()),
        (_("Contact"), described.contact),
    ]


def grade_consequence(grade: str, negative_list: Sequence[str]) -> str:
    """Return what follows from a grade and the negative list for trading; "" before grading."""
    if not grade:
        return ""
    if negative_list:
        return _("Something on the negative list applies, so it can never be listed.")
    if grade == Grade.CORE:
        return _("Core data can be registered and reviewed, and never be listed.")
    if grade == Grade.IMPORTANT:
        return _("Important data is listed only with a risk assessment, and never exported.")
    if grade == Grade.GENERAL_4:
        return _(
            "The strictest level of general data: no row of it may leave the centre. It is offered "
            "as a sandbox or as a report."
        )
    return _("Data of this grade may be listed once all proofs are there.")


def source_consequence(dataset: Dataset) -> str:
    """Say how data of a source is registered, where that is not as property; else ""."""
    if dataset.source_kind != SourceKind.STATUTORY_DUTY:
        return ""
    return _(
        "What was collected in a statutory duty is no property of the body that keeps it. It is "
        "registered as a public-data resource (发改数据规〔2025〕26号); the claim is prepared for "
        "that, and the registration lets you offer the data, under the price ceiling of public "
        "data."
    )


def steps_of(
    dataset: Dataset, faults: Sequence[str], *, changes: bool, explains: bool
) -> list[Step]:
    """Return the way from description to approval; `faults` are codes of what is missing.

    `changes`: whether the reader can change the dataset now, and so go to a step; `explains`:
    whether its columns, too.
    """
    steps = [
        (_("Describe"), "", "dataset_revise"),
        (_("Upload"), "version-missing", "dataset_upload"),
        (_("Annotate"), "columns-unlabelled", "dataset_annotate"),
        (_("Grade"), "grade-missing", "dataset_grade"),
        (_("Content review"), "approval-missing", ""),
    ]
    missing = {*faults}
    if "version-missing" in missing:
        missing.add("columns-unlabelled")
    if dataset.state not in (DatasetState.APPROVED, DatasetState.RETIRED):
        missing.add("approval-missing")
    answer: list[Step] = []
    for label, code, url_name in steps:
        done = code not in missing
        is_next = not done and all(step.state == "done" for step in answer)
        is_open = explains if url_name == "dataset_annotate" else changes
        reachable = is_open and url_name and (done or is_next)
        answer.append(
            Step(
                label=label,
                state="done" if done else "current" if is_next else "todo",
                url=reverse(url_name, args=[dataset.pk]) if reachable else "",
            )
        )
    return answer


def day_shown(day: date | None) -> str:
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return date_format(day, "DATE_FORMAT") if day is not None else ""

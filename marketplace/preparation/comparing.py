"""What masked versions have lost against their source, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.catalog.models import DatasetVersion
from marketplace.preparation.answers import Labels, count, percent
from marketplace.preparation.models import ColumnFinding, Study
from marketplace.web.charts import histogram

CHART_WIDTH = 170
Chart = SafeString | str


@dataclass(frozen=True)
class Side:
    """A column in one masked version."""

    what: str
    loss: str
    moved: str
    chart: Chart


@dataclass(frozen=True)
class ComparedColumn:
    """A column in the source and in each masked version."""

    name: str
    label: str
    chart: Chart
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Tie:
    """How strongly two columns go together, before and after."""

    first: str
    second: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class ComparedVersion:
    """A masked version beside its source."""

    version: DatasetVersion
    facts: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Compared:
    """An answered comparison."""

    versions: tuple[ComparedVersion, ...]
    columns: tuple[ComparedColumn, ...]


def compared(
    study: Study,
    findings: Iterable[ColumnFinding],
    versions: Sequence[DatasetVersion],
    labels: Labels,
) -> Compared:
    """Word an answered comparison; `findings` are those of the source's columns."""
    answers: list[dict[str, Any]] = study.answer["compared"]
    by_id = {str(version.pk): version for version in versions}
    return Compared(
        versions=tuple(_version(by_id[answer["version"]], answer, labels) for answer in answers),
        columns=tuple(
            ComparedColumn(
                name=finding.name,
                label=labels.get(finding.name, ""),
                chart=_drawn(finding.profile.get("histogram", []), finding.name),
                sides=tuple(_side(finding.name, answer) for answer in answers),
            )
            for finding in findings
        ),
    )


def _side(name: str, answer: Mapping[str, Any]) -> Side:
    found = next((one for one in answer["columns"] if one["name"] == name), None)
    if found is None or found["change"] == "dropped":
        return Side(_("left out"), "", "", "")
    distances = found["distances"] or {}
    moved = distances.get("total_variation")
    return Side(
        what="",
        loss="" if found["loss"] is None else percent(found["loss"]),
        moved="" if moved is None else percent(moved),
        chart=_drawn(answer["histograms"].get(name, []), name),
    )


def _drawn(pairs: Sequence[Sequence[Any]], name: str) -> Chart:
    if not pairs:
        return ""
    title = _("Values of %(column)s") % {"column": name}
    return histogram(
        [(str(label), int(rows)) for label, rows in pairs], title=title, width=CHART_WIDTH
    )


def _version(version: DatasetVersion, answer: Mapping[str, Any], labels: Labels) -> ComparedVersion:
    classes = answer["classes_after"]
    greatest = answer["greatest_association_change"]
    facts = [
        (_("Rows"), count(answer["rows_after"])),
        (_("Rows left out"), count(answer["suppressed_rows"])),
        (
            _("Detail lost by generalizing"),
            "—" if answer["loss"] is None else percent(answer["loss"]),
        ),
    ]
    if classes:
        facts += [
            (_("Groups of rows that look the same"), count(classes["classes"])),
            (_("Smallest group (k)"), count(classes["smallest"])),
            (_("Rows of a group, on average"), _figure(classes["mean_size"], 1)),
        ]
    if greatest is not None:
        facts.append((_("Greatest change of a tie between columns"), _figure(greatest, 2)))
    return ComparedVersion(
        version=version,
        facts=tuple(facts),
        ties=tuple(_tie(one, labels) for one in answer["associations"]),
    )


def _tie(one: Mapping[str, Any], labels: Labels) -> Tie:
    return Tie(
        first=labels.get(one["first"]) or one["first"],
        second=labels.get(one["second"]) or one["second"],
        before=_figure(one["before"], 2),
        after=_figure(one["after"], 2),
        change=_figure(one["change"], 2),
    )


def _figure(value: float, places: int) -> str:
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)

"""What masked versions have lost against their source, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.answers import Labels, count
from marketplace.preparation.drawings import values_chart
from marketplace.preparation.models import ColumnFinding, RiskReport, Study
from marketplace.web.shares import percent

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
    reports: Mapping[UUID, RiskReport],
    labels: Labels,
) -> Compared:
    """Word an answered comparison; `findings` are those of the source's columns.

    `reports` are those of the masked versions, by version: what both measured is told from the
    report, so that no page says anything else.
    """
    answers: list[dict[str, Any]] = study.answer["compared"]
    by_answer = [reports[UUID(answer["version"])] for answer in answers]
    return Compared(
        versions=tuple(
            _version(report, answer, labels)
            for report, answer in zip(by_answer, answers, strict=True)
        ),
        columns=tuple(
            ComparedColumn(
                name=finding.name,
                label=labels.get(finding.name, ""),
                chart=values_chart(
                    finding.profile.get("histogram", []), finding.name, width=CHART_WIDTH
                ),
                sides=tuple(
                    _side(finding.name, report, answer)
                    for report, answer in zip(by_answer, answers, strict=True)
                ),
            )
            for finding in findings
        ),
    )


def _side(name: str, report: RiskReport, answer: Mapping[str, Any]) -> Side:
    found = next((one for one in answer["columns"] if one["name"] == name), None)
    if found is None or found["change"] == "dropped":
        return Side(_("left out"), "", "", "")
    distances = found["distances"] or {}
    moved = distances.get("total_variation")
    loss = report.figures.get("column_losses", {}).get(name)
    return Side(
        what="",
        loss="" if loss is None else percent(loss),
        moved="" if moved is None else percent(moved),
        chart=values_chart(answer["histograms"].get(name, []), name, width=CHART_WIDTH),
    )


def _version(report: RiskReport, answer: Mapping[str, Any], labels: Labels) -> ComparedVersion:
    figures = report.figures
    greatest = answer["greatest_association_change"]
    facts = [
        (_("Rows"), count(figures["rows"])),
        (_("Rows left out"), count(figures["suppressed_rows"])),
        (_("Detail lost by generalizing"), percent(figures["loss"])),
    ]
    if report.quasi_identifiers:
        classes, rows = figures["classes"], figures["rows"]
        facts += [
            (_("Groups of rows that look the same"), count(classes)),
            (_("Smallest group (k)"), count(figures["smallest_class"])),
            (_("Rows of a group, on average"), _figure(rows / classes if classes else 0.0, 1)),
        ]
    if greatest is not None:
        facts.append((_("Greatest change of a tie between columns"), _figure(greatest, 2)))
    return ComparedVersion(
        version=report.version,
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

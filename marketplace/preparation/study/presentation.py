"""Studies on a page: the picture of treatments, and what masked versions have lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from desensitize.treatments import Treatment, Tried, apply_steps
from marketplace.catalog.version.models import DatasetVersion
from marketplace.credentials.presentation import attacker_label
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.presentation import Labels, values_chart
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.outcomes import step_sentence
from marketplace.preparation.report.presentation import HUNDRED
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.selectors import tried_of
from marketplace.web.charts import Weighed, weighed
from marketplace.web.shares import count, percent

KIND_OF_VERDICT = {
    Verdict.NO_PERSONAL_INFORMATION: "good",
    Verdict.ANONYMOUS: "good",
    Verdict.DE_IDENTIFIED: "bad",
}


@dataclass(frozen=True)
class Point:
    """A treatment in words; one that could not be made has no figures.

    `report` is what was measured once all rows were treated so: it counts, and not the trial.
    """

    place: int
    steps: tuple[str, ...]
    useful: str
    attacker: str
    excess: str
    left_out: str
    verdict: str
    tone: str
    is_made: bool
    is_now: bool
    can_be_adopted: bool
    is_synthetic: bool
    report: RiskReport | None = None

    @property
    def number(self) -> str:
        """Return what the picture calls it: the policy as it is comes first."""
        return count(self.place + 1)

    @property
    def query(self) -> str:
        """Return the query by which the policy's page adopts it."""
        return urlencode({"treatment": self.place})


@dataclass(frozen=True)
class Picture:
    """The picture: a chart, and its points as a table; `part` says of what part of the rows.

    `unmade` are treatments that could not be made, and are in no chart.
    """

    chart: SafeString
    points: tuple[Point, ...]
    unmade: tuple[Point, ...]
    part: str
    limit: str


def picture_of(
    study: Study, policy: Policy, labels: Labels, reports: Iterable[RiskReport]
) -> Picture | None:
    """Draw an answered study; None where nothing is answered.

    `policy` is the one to decide now, `reports` are those of versions that were made of all rows
    of the same source, the newest last.
    """
    tried = tried_of(study)
    if tried is None:
        return None
    limit: float = study.question["limits"]["excess"]
    part = ""
    if tried.rows_tried < tried.rows:
        part = _("They were tried on %(tried)s of %(rows)s rows, drawn at random.") % {
            "tried": count(tried.rows_tried),
            "rows": count(tried.rows),
        }
    points = _points(tried, Policy.from_dict(study.question["policy"]), policy, labels, reports)
    return Picture(
        chart=_chart(tried, points, limit),
        points=tuple(point for point in points if point.is_made),
        unmade=tuple(point for point in points if not point.is_made),
        part=part,
        limit=percent(limit),
    )


def adopted(study: Study, place: int) -> Policy | None:
    """Return the policy of a treatment of a study; None where no policy makes it."""
    tried = tried_of(study)
    if tried is None or not 0 < place < len(tried.treatments):
        return None
    treatment = tried.treatments[place]
    if treatment.is_synthetic or treatment.refusal:
        return None
    return apply_steps(Policy.from_dict(study.question["policy"]), treatment.steps)


def _points(
    tried: Tried,
    asked: Policy,
    policy: Policy,
    labels: Labels,
    reports: Iterable[RiskReport],
) -> list[Point]:
    made = [(_policy_of(report), report) for report in reports]
    points = []
    for place, treatment in enumerate(tried.treatments):
        treated = None if treatment.is_synthetic else apply_steps(asked, treatment.steps)
        newest = [report for one, report in made if one is not None and one == treated]
        is_now = treated == policy
        points.append(_point(place, treatment, labels, is_now, newest[-1] if newest else None))
    return points


def _policy_of(report: RiskReport) -> Policy | None:
    made_by = report.run.policy if report.run else None
    return None if made_by is None else Policy.from_dict(made_by.document)


def _chart(tried: Tried, points: Sequence[Point], limit: float) -> SafeString:
    return weighed(
        [
            Weighed(
                point.number,
                (one.usefulness or 0.0) * HUNDRED,
                one.excess * HUNDRED,
                "unknown" if point.tone == "warning" else point.tone,
            )
            for point, one in zip(points, tried.treatments, strict=True)
            if one.excess is not None and not one.refusal
        ],
        limit=limit * HUNDRED,
        limit_title=_("what the centre allows"),
        title=_("Usefulness against the worst attacker"),
        x_title=_("Usefulness, in percent"),
        y_title=_("Worst attacker beyond guessing, in percent"),
    )


def _point(
    place: int, treatment: Treatment, labels: Labels, is_now: bool, report: RiskReport | None
) -> Point:
    verdict = Verdict(str(treatment.verdict) if report is None else report.verdict)
    made, fell = not treatment.refusal, report is not None and not report.passed
    return Point(
        place=place,
        steps=tuple(step_sentence(step, labels) for step in treatment.steps),
        useful=percent(treatment.usefulness) if treatment.usefulness is not None else "",
        attacker=attacker_label(treatment.attacker) if treatment.attacker else "",
        excess=percent(treatment.excess) if treatment.excess is not None else "",
        left_out=percent(treatment.left_out) if treatment.left_out else "",
        verdict=str(verdict.label) if made else "",
        tone="bad" if fell else KIND_OF_VERDICT.get(verdict, "warning") if made else "",
        is_made=made,
        is_now=is_now,
        can_be_adopted=made and bool(treatment.steps) and not treatment.is_synthetic and not fell,
        is_synthetic=treatment.is_synthetic,
        report=report,
    )


# What masked versions have lost against their source, as a page shows it.

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

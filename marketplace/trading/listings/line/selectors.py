from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.person.selectors import names_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import arrivals_of, feed_of, late_from
from marketplace.catalog.push.models import Push
from marketplace.catalog.push.rules import check_cancel_push
from marketplace.catalog.push.selectors import pushes_of
from marketplace.catalog.version.comparing import Values
from marketplace.catalog.version.differing import told_beyond
from marketplace.catalog.version.models import DatasetVersion, Quality
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, clock, is_open
from marketplace.preparation.release.models import RevisionCounts
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.presentation import run_error
from marketplace.trading.listings.revision.models import Revision

SHOWN = 60
"""Arrivals of a page: two months of days."""


@dataclass(frozen=True)
class Step:
    """One arrival, and how far it came."""

    arrival: Arrival
    is_late: bool
    run: Run | None
    report: RiskReport | None
    revision: Revision | None
    counts: RevisionCounts | None
    is_passed: bool
    """Whether later data of the dataset went on."""

    @property
    def is_live(self) -> bool:
        """Return whether it went on offer, whatever held it before somebody decided."""
        return self.revision is not None and self.revision.live_at is not None

    @property
    def unfit(self) -> str:
        """Return why the labels in force did not fit, "" where they did."""
        is_unfit = self.arrival.held == Held.RECODING and self.run is not None
        return run_error(self.run) if is_unfit and self.run is not None else ""

    @property
    def told(self) -> str | Promise:
        if self.is_live:
            return _("Live")
        if self.arrival.version is not None and self.arrival.version.quality == Quality.HELD:
            return self.arrival.version.get_quality_display()
        if self.arrival.held:
            return self.arrival.get_held_display()
        if self.arrival.same_as is not None:
            known = self.arrival.same_as
            return known.arrival.get_held_display() if known.is_set_aside else _("Nothing changed")
        if self.arrival.version is None:
            return _("Late") if self.is_late else _("Expected")
        if self.report is not None:
            return _("Measured") if self.report.passed else _("The risk is too high")
        return self.run.get_state_display() if self.run is not None else _("Arrived")

    @property
    def details(self) -> list[str]:
        """Return which columns hold it, or the code of the refusal where nothing else tells it."""
        version = self.arrival.version
        by_rule = version is not None and version.quality == Quality.HELD
        is_told = by_rule or self.is_live or "beyond" in self.arrival.differs
        return [] if is_told else list(self.arrival.held_details)

    @property
    def remarks(self) -> list[str]:
        """Return what the values say of the columns that hold it."""
        if self.is_live:
            return []
        differs = self.arrival.differs
        return [*told_beyond(differs), *Values.of(differs).told]

    @property
    def remedy(self) -> Remedy | None:
        """Return where an officer decides on what holds it; None where nothing does."""
        version = self.arrival.version
        if version is None or self.is_live:
            return None
        if version.quality == Quality.HELD:
            return Remedy("dataset_quality", version.dataset_id, _("See which rule fails"))
        if self.arrival.held in (Held.COLUMNS, Held.FORM) and version.content_id is None:
            return self._remedy_of_columns(version)
        if self.arrival.held == Held.REFUSED and self.report is not None:
            label = _("See what holds it, and list it or put it live")
            return Remedy("dataset_products", version.dataset_id, label)
        if self.arrival.held:
            return Remedy("preparation_detail", version.pk, _("Confirm a policy for it"))
        if self.report is not None and not self.report.passed:
            return Remedy("risk_report_detail", self.report.pk, _("Read the risk report"))
        return None

    def _remedy_of_columns(self, version: DatasetVersion) -> Remedy | None:
        if not version.is_set_aside:
            label = _("Have the content reviewed anew")
        elif self.is_passed:
            return None
        else:
            label = _("Bring a corrected table, or take its columns as a change")
            if self.arrival.held == Held.FORM:
                label = _("Bring a corrected table, or have a reviewer look at this one")
        return Remedy("dataset_detail", version.dataset_id, label)

    @property
    def tone(self) -> str:
        """Return the colour of the words: "good", "bad" or "neutral"."""
        if self.remedy is not None or (self.arrival.arrived_at is None and self.is_late):
            return "bad"
        return "good" if self.is_live else "neutral"


@dataclass(frozen=True)
class Remedy:
    """Where what holds an arrival is decided: the name of a page, its thing, and what to do."""

    page: str
    pk: UUID
    label: str | Promise


@dataclass(frozen=True)
class Line:
    """The feed of a dataset that goes on, None where none does, and its newest arrivals."""

    dataset: Dataset
    feed: Feed | None
    steps: tuple[Step, ...]


def line_of(dataset: Dataset) -> Line:
    """Return the line of a dataset, to a caller that has checked who may see it."""
    arrivals = list(arrivals_of(dataset)[:SHOWN])
    sources = [each.version_id for each in arrivals if each.version_id is not None]
    made = {
        version.parent_id: version
        for version in DatasetVersion.objects.filter(parent_id__in=sources).order_by("number")
    }
    runs = {run.version_id: run for run in _runs(sources)}
    masked = [version.pk for version in made.values()]
    reports = {each.version_id: each for each in _reports(masked)}
    offered = Revision.objects.filter(version_id__in=masked).select_related("version")
    revisions = {each.version_id: each for each in offered}
    counts = {one.version_id: one for one in RevisionCounts.objects.filter(version_id__in=masked)}
    newest = latest_source_version(dataset)
    steps = []
    for arrival in arrivals:
        version = made.get(arrival.version_id)
        key = version.pk if version is not None else None
        steps.append(
            Step(
                arrival,
                arrival.arrived_at is None and late_from(arrival) <= clock.now(),
                runs.get(arrival.version_id) if arrival.version_id else None,
                reports.get(key) if key else None,
                revisions.get(key) if key else None,
                counts.get(key) if key else None,
                _is_passed(arrival, newest),
            )
        )
    return Line(dataset, feed_of(dataset.pk), tuple(steps))


def _is_passed(arrival: Arrival, newest: DatasetVersion | None) -> bool:
    """Return whether later data went on than what arrived."""
    came = arrival.version
    return came is not None and newest is not None and newest.number > came.number


SENT_SHOWN = 20
"""Pushes of a page, the newest first."""


@dataclass(frozen=True)
class Sending:
    """What a program sends or sent, for whom, and whether the reader may drop it."""

    push: Push
    person: str
    may_cancel: bool


def sendings_of(dataset: Dataset, by: Actor) -> list[Sending]:
    """Return what programs sent to a dataset, to a caller that has checked who may see it."""
    pushes = list(pushes_of(dataset).select_related("feed__dataset")[:SENT_SHOWN])
    names = names_of(push.opened_by_id for push in pushes)
    return [
        Sending(push, names.get(push.opened_by_id, ""), is_open(check_cancel_push, push, by))
        for push in pushes
    ]


def _runs(sources: list[UUID]) -> list[Run]:
    return list(Run.objects.filter(version_id__in=sources).order_by("created_at"))


def _reports(masked: list[UUID]) -> list[RiskReport]:
    return list(RiskReport.objects.filter(version_id__in=masked).order_by("created_at"))

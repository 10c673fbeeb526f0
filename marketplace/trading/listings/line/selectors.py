"""Read how far what a feed brought has come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import arrivals_of, feed_of, late_from
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run
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

    @property
    def told(self) -> str | Promise:
        """Return how it stands, in words."""
        if self.arrival.held:
            return self.arrival.get_held_display()
        if self.arrival.version is None:
            return _("Late") if self.is_late else _("Expected")
        if self.revision is not None and self.revision.live_at is not None:
            return _("Live")
        if self.report is not None:
            return _("Measured") if self.report.passed else _("The risk is too high")
        return self.run.get_state_display() if self.run is not None else _("Arrived")

    @property
    def tone(self) -> str:
        """Return the colour of the words: "good", "bad" or "neutral"."""
        if self.arrival.held or (self.arrival.version is None and self.is_late):
            return "danger"
        if self.revision is not None and self.revision.live_at is not None:
            return "good"
        return "neutral"


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
    revisions = {each.version_id: each for each in Revision.objects.filter(version_id__in=masked)}
    steps = []
    for arrival in arrivals:
        version = made.get(arrival.version_id)
        key = version.pk if version is not None else None
        steps.append(
            Step(
                arrival,
                arrival.version_id is None and late_from(arrival) <= clock.now(),
                runs.get(arrival.version_id) if arrival.version_id else None,
                reports.get(key) if key else None,
                revisions.get(key) if key else None,
            )
        )
    return Line(dataset, feed_of(dataset.pk), tuple(steps))


def _runs(sources: list[UUID]) -> list[Run]:
    return list(Run.objects.filter(version_id__in=sources).order_by("created_at"))


def _reports(masked: list[UUID]) -> list[RiskReport]:
    return list(RiskReport.objects.filter(version_id__in=masked).order_by("created_at"))

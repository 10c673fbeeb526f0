from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FeedOpened(Fact):
    """An officer said that a dataset brings new data of the same kind, and how often."""

    kind = "catalog.feed_opened"
    label = _("Feed opened")
    every: str
    first_on: str
    grace_hours: int
    mode: str


@dataclass(frozen=True, kw_only=True)
class FeedEnded(Fact):
    """A dataset brings no more data by itself."""

    kind = "catalog.feed_ended"
    label = _("Feed ended")


@dataclass(frozen=True, kw_only=True)
class ArrivalLate(Fact):
    """What was expected on a day has not arrived in time."""

    kind = "catalog.arrival_late"
    label = _("Data is late")
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ArrivalUnchanged(Fact):
    """What came for a day is what was there already: nothing changed since."""

    kind = "catalog.arrival_unchanged"
    label = _("Nothing changed since the last arrival")
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ArrivalHeld(Fact):
    """What arrived goes no further by itself; `details` are columns, or the code of a refusal."""

    kind = "catalog.arrival_held"
    label = _("New data is held")
    code: str
    details: tuple[str, ...] = ()

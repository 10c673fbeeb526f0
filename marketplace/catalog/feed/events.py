from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class FeedOpened(Fact, kind="catalog.feed_opened", label=_("Feed opened")):
    """An officer said that a dataset brings new data of the same kind, and how often."""

    every: str
    first_on: str
    grace_hours: int
    mode: str


class FeedEnded(Fact, kind="catalog.feed_ended", label=_("Feed ended")):
    """A dataset brings no more data by itself."""


class ArrivalLate(Fact, kind="catalog.arrival_late", label=_("Data is late")):
    """What was expected on a day has not arrived in time."""

    due_on: str


class ArrivalUnchanged(
    Fact, kind="catalog.arrival_unchanged", label=_("Nothing changed since the last arrival")
):
    """What came for a day is what was there already: nothing changed since."""

    due_on: str


class ArrivalHeld(Fact, kind="catalog.arrival_held", label=_("New data is held")):
    """What arrived goes no further by itself; `details` are columns, or the code of a refusal."""

    code: str
    details: tuple[str, ...] = ()

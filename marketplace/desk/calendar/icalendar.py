"""A calendar as calendar programs read it (RFC 5545)."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from marketplace.core import clock
from marketplace.desk.calendar.selectors import Due

REFRESH = timedelta(hours=6)


def written(dues: Sequence[Due], *, name: str, address: Callable[[str], str]) -> bytes:
    """Write a calendar of whole days; `address` makes a page's path a whole address."""
    calendar = Calendar()
    calendar.add("prodid", "-//Data Asset Trading Centre//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for due in dues:
        calendar.add_component(_event(due, address))
    return bytes(calendar.to_ical())


def _event(due: Due, address: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", str(due.uid))
    event.add("dtstamp", clock.now())
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", _("%(what)s: %(name)s") % {"what": due.what, "name": due.name})
    event.add("url", address(due.url))
    # A day that is to be known keeps nobody busy.
    event.add("transp", "TRANSPARENT")
    event.add("categories", [_("To do") if due.is_mine else _("To know")])
    return event

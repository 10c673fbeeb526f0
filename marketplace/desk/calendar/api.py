"""The calendar's API."""

from typing import Any

from marketplace.core import Actor
from marketplace.desk.calendar import serializers
from marketplace.desk.calendar.selectors import Due, calendar_of
from marketplace.web.api import ThingView


class Calendar(ThingView):
    """What is due for the reader, and what ends or comes, within a year."""

    gives = serializers.CalendarOut
    operation = "get_calendar"
    summary = "Get the calendar"

    def thing(self, by: Actor, **ids: Any) -> dict[str, list[Due]]:
        return {"dues": calendar_of(by)}

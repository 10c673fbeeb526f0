from typing import Any

from marketplace.web.bounded import serializers


class DueOut(serializers.Serializer[Any]):
    """One line of a calendar; `is_mine` tells that it is the reader's to do by that day."""

    on = serializers.DateField()
    what = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()
    is_mine = serializers.BooleanField()
    uid = serializers.UUIDField()


class CalendarOut(serializers.Serializer[Any]):
    """What is due within a year, the earliest first; at most 100 lines of one kind."""

    dues = DueOut(many=True)

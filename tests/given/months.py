"""Say when a month is over, by the calendar of the centre, whose days are not those of UTC."""

from datetime import datetime

from django.utils import timezone

from marketplace.core import clock
from marketplace.core.months import months_after


def next_month(*, day: int = 2) -> datetime:
    """Return noon of a day of the month after this one."""
    then = months_after(clock.today().replace(day=1), 1)
    return datetime(then.year, then.month, day, 12, tzinfo=timezone.get_default_timezone())

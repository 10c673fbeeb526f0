"""The centre's own numbers: a prefix, the month, and a serial. They carry no national code."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState
from marketplace.credentials.models import NumberSeries

LAST_SERIAL = 9999


@transaction.atomic
def next_number(prefix: str, *, on: date) -> str:
    """Take the next number of a prefix in a month, such as `PR-202609-0001`.

    The series' row stays locked until the caller's transaction ends, so no number is given twice,
    and none is lost where that transaction fails.

    Raises:
        WrongState: the month has used up its 9,999 numbers.
    """
    name = f"{prefix}-{on:%Y%m}"
    NumberSeries.objects.get_or_create(prefix=name)
    series = NumberSeries.objects.select_for_update().get(prefix=name)
    if series.last >= LAST_SERIAL:
        raise WrongState(
            _("This month's numbers are used up. Go on next month."), code="numbers-used-up"
        )
    series.last += 1
    series.save(update_fields=["last"])
    return f"{name}-{series.last:04d}"

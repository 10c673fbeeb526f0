"""Numbers of credentials: the centre's own, and the national code of a designated registry."""

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

    Raises:
        WrongState: the month has used up its 9,999 numbers.
    """
    name = f"{prefix}-{on:%Y%m}"
    return f"{name}-{_next_serial(name):04d}"


@transaction.atomic
def next_national_code(place: str, *, on: date) -> str:
    """Take the next national code of a designated registry in a month, such as `SJ35A2026090001`.

    `place` is two characters of the region and one of the registry.

    Raises:
        WrongState: the month has used up its 9,999 codes.
    """
    name = f"SJ{place}{on:%Y%m}"
    return f"{name}{_next_serial(name):04d}"


def _next_serial(name: str) -> int:
    """Take the next serial of a series.

    Its row stays locked until the caller's transaction ends, so no number is given twice, and none
    is lost where that transaction fails.
    """
    NumberSeries.objects.get_or_create(prefix=name)
    series = NumberSeries.objects.select_for_update().get(prefix=name)
    if series.last >= LAST_SERIAL:
        raise WrongState(
            _("This month's numbers are used up. Go on next month."), code="numbers-used-up"
        )
    series.last += 1
    series.save(update_fields=["last"])
    return series.last

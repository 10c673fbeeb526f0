"""The rows of a quota, counted in one row that programs of a grant take turns to change.

Adding all uses up at each request would take longer with every one.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F

from marketplace.delivery.grant.bought import RowQuota, quota_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.models import UseMeter
from marketplace.delivery.use.selectors import metered
from marketplace.delivery.use.services import refuse_beyond_quota

FOR_GOOD = date.min
"""Since when a quota counts that does not begin anew."""


def take_rows(grant: Grant, rows: int) -> None:
    """Take rows from the quota of a grant, whose use was kept before in the same transaction.

    Raises:
        WrongState: fewer are left (`quota-used`).
    """
    quota = quota_of(grant)
    if quota is None:
        return
    since = quota.since or FOR_GOOD
    fits = UseMeter.objects.filter(grant=grant, since=since, rows__lte=quota.rows - rows)
    if fits.update(rows=F("rows") + rows):
        return
    _count_anew(grant, quota, since, rows)


def _count_anew(grant: Grant, quota: RowQuota, since: date, rows: int) -> None:
    """Decide where the meter is full, of another window of time, or not there yet."""
    UseMeter.objects.get_or_create(grant=grant, defaults={"since": since, "rows": 0})
    meter = UseMeter.objects.select_for_update().get(grant=grant)
    # Whoever counted before has committed by now; these rows are kept already.
    taken = metered(grant, since=quota.since).rows
    if taken > quota.rows:
        refuse_beyond_quota(grant, rows, left=quota.rows - (taken - rows))
    meter.since, meter.rows = since, taken
    meter.save(update_fields=["since", "rows"])

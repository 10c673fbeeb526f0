"""The rows that a quota has left, in parts, so that programs of a grant need not queue for one row.

Adding all uses up at each request would take longer with every one; a request draws on one part,
and only where that has too little is everything added up and shared out anew.
"""

from datetime import date
from random import randrange

from django.db import transaction
from django.db.models import F

from marketplace.delivery.grant.bought import quota_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.models import QuotaPart
from marketplace.delivery.use.selectors import metered
from marketplace.delivery.use.services import refuse_beyond_quota

PARTS = 8
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
    since, number = quota.since or FOR_GOOD, randrange(PARTS)
    part = QuotaPart.objects.filter(
        grant=grant, number=number, since=since, quota=quota.rows, left__gte=rows
    )
    # A part that another one emptied meanwhile stays locked until the savepoint is undone.
    with transaction.atomic():
        is_taken = bool(part.update(left=F("left") - rows))
        transaction.set_rollback(not is_taken)
    if not is_taken:
        _share_out(grant, rows, most=quota.rows, since=since)


def _share_out(grant: Grant, rows: int, *, most: int, since: date) -> None:
    """Decide by all uses whether the rows are left, and share out what is left beside them."""
    parts = [
        QuotaPart(grant=grant, number=number, since=since, quota=most, left=0)
        for number in range(PARTS)
    ]
    QuotaPart.objects.bulk_create(parts, ignore_conflicts=True)
    parts = list(QuotaPart.objects.select_for_update().filter(grant=grant).order_by("number"))
    # Whoever drew on a part before has committed by now; these rows are kept already.
    left = most - metered(grant, since=since).rows
    if left < 0:
        refuse_beyond_quota(grant, rows, left=left + rows)
    each, over = divmod(left, PARTS)
    for part in parts:
        part.since, part.quota, part.left = since, most, each + (part.number < over)
    QuotaPart.objects.bulk_update(parts, ["since", "quota", "left"])

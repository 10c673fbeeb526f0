"""Places in the status lists: which bit tells the state of a credential."""

from __future__ import annotations

import secrets

from django.db import transaction

from marketplace.credentials.models import Credential, NumberSeries
from marketplace.credentials.status_lists import BITS

PREFIX = "STATUS-LIST"


@transaction.atomic
def free_place(issuer: str) -> tuple[int, int]:
    """Take a place of an issuer: the number of a list, from 1, and a random index in it.

    The index is random, so that it does not tell how many credentials there are, nor in what order.
    A list is filled to one half, so that few draws find a free place. The row of the series stays
    locked until the caller's transaction ends, so no place is given twice.
    """
    NumberSeries.objects.get_or_create(prefix=PREFIX)
    series = NumberSeries.objects.select_for_update().get(prefix=PREFIX)
    number = series.last // (BITS // 2) + 1
    series.last += 1
    series.save(update_fields=["last"])
    taken = Credential.objects.filter(issuer=issuer, status_list=number)
    index = secrets.randbelow(BITS)
    while taken.filter(status_index=index).exists():
        index = secrets.randbelow(BITS)
    return number, index

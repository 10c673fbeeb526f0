"""Which past trades are near to what is valued."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet

from marketplace.appraisal.models import Comparable
from marketplace.catalog.models import DatasetVersion

MOST = 6
DAYS_BACK = 3 * 366
"""Older prices say little of today's."""


def comparables_for(version: DatasetVersion, *, on: date, most: int = MOST) -> list[Comparable]:
    """Return the newest past trades of the same theme, those of the same kind of asset first.

    Where the theme has too few, the newest of the same kind of asset follow.
    """
    dataset = version.dataset
    recent = _recent(on)
    of_theme = recent.filter(theme=dataset.theme)
    found = list(of_theme.filter(asset_kind=dataset.asset_kind)[:most])
    for others in (
        of_theme.exclude(asset_kind=dataset.asset_kind),
        recent.filter(asset_kind=dataset.asset_kind).exclude(theme=dataset.theme),
    ):
        if len(found) < most:
            found += others[: most - len(found)]
    return found


def _recent(on: date) -> QuerySet[Comparable]:
    return Comparable.objects.filter(
        price__gt=0,
        currency=settings.CENTRE["CURRENCY"],
        settled_on__gt=on - timedelta(days=DAYS_BACK),
        settled_on__lte=on,
    )

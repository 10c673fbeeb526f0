"""The rows behind the figures of regions: one query a kind, summed by region, theme and month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Model, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from marketplace.appraisal.models import Appraisal
from marketplace.appraisal.states import AppraisalState
from marketplace.catalog.models import Dataset
from marketplace.catalog.states import DatasetState
from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.rights.models import Certificate
from marketplace.rights.states import CertificateState
from marketplace.trading.models import Transfer, TransferKind

SETTLED = (TransferKind.RELEASE, TransferKind.FEE)
"""How the price of an accepted delivery leaves what is held: to the seller and to the centre."""


@dataclass(frozen=True)
class Wanted:
    """Which rows: from the first day of `first` to the last of `last`; "" and None ask nothing."""

    first: date
    last: date
    theme: str = ""
    regions: tuple[str, ...] | None = None
    organization_id: UUID | None = None


@dataclass(frozen=True)
class Row:
    """The sums of one region, theme and month, and from how many providers they come."""

    region: str
    theme: str
    month: date
    providers: int
    sums: dict[str, Any]


def rows_of(wanted: Wanted) -> Iterator[Row]:
    """Sum what was registered, certified, valued and traded, in four queries."""
    yield from _summed(
        _within(
            Dataset.objects.exclude(state=DatasetState.RETIRED), wanted, dataset="", at="created_at"
        ),
        dataset="",
        at="created_at",
        assets=Count("pk"),
    )
    in_force = Certificate.objects.filter(
        state=CertificateState.IN_FORCE, valid_until__gte=clock.today()
    )
    yield from _summed(
        _within(in_force, wanted, dataset="dataset__", at="valid_from"),
        dataset="dataset__",
        at="valid_from",
        certified=Count("pk"),
    )
    currency = settings.CENTRE["CURRENCY"]
    valued = Appraisal.objects.filter(state=AppraisalState.IN_FORCE, currency=currency)
    yield from _summed(
        _within(valued, wanted, dataset="dataset__", at="valued_on"),
        dataset="dataset__",
        at="valued_on",
        valued=Count("pk"),
        value=Sum("amount"),
    )
    settled = Transfer.objects.filter(kind__in=SETTLED, currency=currency)
    yield from _summed(
        _within(
            settled,
            wanted,
            dataset="order__listing__dataset__",
            owner="order__listing__organization_id",
            at="created_at",
        ),
        dataset="order__listing__dataset__",
        owner="order__listing__organization_id",
        at="created_at",
        traded=Count("order_id", distinct=True),
        income=Sum("amount"),
        to_providers=Sum("amount", filter=Q(kind=TransferKind.RELEASE)),
    )


def _within(
    rows: QuerySet[Any],
    wanted: Wanted,
    *,
    dataset: str,
    at: str,
    owner: str = "organization_id",
) -> QuerySet[Any]:
    first, after = wanted.first, months_after(wanted.last, 1)
    span: tuple[date, date] = (first, after)
    if at == "created_at":
        span = (_midnight(first), _midnight(after))
    rows = rows.filter(**{f"{at}__gte": span[0], f"{at}__lt": span[1]})
    if wanted.theme:
        rows = rows.filter(**{f"{dataset}theme": wanted.theme})
    if wanted.regions is not None:
        rows = rows.filter(**{f"{dataset}region__in": wanted.regions})
    if wanted.organization_id is not None:
        rows = rows.filter(**{owner: wanted.organization_id})
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _summed(
    rows: QuerySet[Model],
    *,
    dataset: str,
    at: str,
    owner: str = "organization_id",
    **sums: Any,
) -> Iterator[Row]:
    found: Iterable[dict[str, Any]] = (
        rows.order_by()
        .values(
            of_region=F(f"{dataset}region"), of_theme=F(f"{dataset}theme"), month=TruncMonth(at)
        )
        .annotate(providers=Count(owner, distinct=True), **sums)
    )
    for one in found:
        month = one["month"]
        yield Row(
            region=one["of_region"],
            theme=one["of_theme"],
            month=month.date() if isinstance(month, datetime) else month,
            providers=one["providers"],
            sums={name: one[name] or 0 for name in sums},
        )

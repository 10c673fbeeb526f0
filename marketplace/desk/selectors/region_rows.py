"""The rows behind the figures of regions: one query a kind, summed by region, theme and month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core import MoneyField, clock
from marketplace.core.months import months_after
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.trading.books.models import Transfer, TransferKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState

NOTHING = Value(Decimal(0), output_field=MoneyField())
MOMENTS = frozenset({"created_at", "completed_at"})
"""What is kept as a moment, and not as a day."""


@dataclass(frozen=True)
class Wanted:
    """Which rows: from the first day of `first` to the last of `last`; "" and None ask nothing.

    `counts_providers` asks for the number of providers of each sum, which costs as much again.
    """

    first: date
    last: date
    theme: str = ""
    regions: tuple[str, ...] | None = None
    organization_id: UUID | None = None
    counts_providers: bool = False


class Row(NamedTuple):
    """The sums of one region, theme and month, and from how many providers they come if asked."""

    region: str
    theme: str
    month: date
    providers: int
    sums: dict[str, Any]


def rows_of(wanted: Wanted) -> Iterator[Row]:
    """Sum what was registered, certified, valued and traded, in four queries."""
    yield from _summed(
        Dataset.objects.exclude(state=DatasetState.RETIRED),
        wanted,
        dataset="",
        at="created_at",
        assets=Count("pk"),
    )
    yield from _summed(
        Certificate.objects.filter(state=CertificateState.IN_FORCE, valid_until__gte=clock.today()),
        wanted,
        dataset="dataset__",
        at="valid_from",
        certified=Count("pk"),
    )
    currency = settings.CENTRE["CURRENCY"]
    yield from _summed(
        Appraisal.objects.filter(state=AppraisalState.IN_FORCE, currency=currency),
        wanted,
        dataset="dataset__",
        at="valued_on",
        valued=Count("pk"),
        value=Sum("amount"),
    )
    # What is released in parts is added up for each order first, so that orders count once.
    released = (
        Transfer.objects.filter(belongs_to=OuterRef("pk"), kind=TransferKind.RELEASE)
        .order_by()
        .values("belongs_to")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    # What came in and did not go back: of a subscription the periods so far, not its whole price.
    paid = (
        Transfer.objects.filter(belongs_to=OuterRef("pk"))
        .order_by()
        .values("belongs_to")
        .annotate(
            sum=Coalesce(Sum("amount", filter=Q(kind=TransferKind.HOLD)), NOTHING)
            - Coalesce(Sum("amount", filter=Q(kind=TransferKind.REFUND)), NOTHING)
        )
        .values("sum")
    )
    settled = Order.objects.filter(state=OrderState.COMPLETED, currency=currency).annotate(
        released=Subquery(released), paid=Subquery(paid), shared=Subquery(_shared())
    )
    yield from _summed(
        settled,
        wanted,
        dataset="listing__product__dataset__",
        owner="listing__organization_id",
        at="completed_at",
        traded=Count("pk"),
        income=Sum("paid"),
        to_providers=Sum("released"),
        to_sources=Sum("shared"),
    )


def _shared() -> QuerySet[Any]:
    """Sum what went to whom an order's data came from, less what they gave back."""
    # Its seller stands on the other side.
    return (
        Transfer.objects.filter(belongs_to=OuterRef("pk"), kind=TransferKind.SOURCE)
        .order_by()
        .values("belongs_to")
        .annotate(
            sum=Coalesce(Sum("amount", filter=_is_seller("debit")), NOTHING)
            - Coalesce(Sum("amount", filter=_is_seller("credit")), NOTHING)
        )
        .values("sum")
    )


def _is_seller(side: str) -> Q:
    """Return what tells movements whose account of a side is that of the order's seller."""
    return Q(**{f"{side}__organization_id": OuterRef("listing__organization_id")})


def _within(
    rows: QuerySet[Any],
    wanted: Wanted,
    *,
    dataset: str,
    at: str,
    owner: str,
) -> QuerySet[Any]:
    first, after = wanted.first, months_after(wanted.last, 1)
    span: tuple[date, date] = (first, after)
    if at in MOMENTS:
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
    rows: QuerySet[Any],
    wanted: Wanted,
    *,
    dataset: str,
    at: str,
    owner: str = "organization_id",
    **sums: Any,
) -> Iterator[Row]:
    # As a date the month needs no time zone in Python; tuples, since there may be thousands.
    month = TruncMonth(at, output_field=DateField())
    counted = Count(owner, distinct=True) if wanted.counts_providers else Value(0)
    found = (
        _within(rows, wanted, dataset=dataset, at=at, owner=owner)
        .order_by()
        .values_list(F(f"{dataset}region"), F(f"{dataset}theme"), month)
        .annotate(providers=counted, **sums)
    )
    for region, theme, first, providers, *numbers in found:
        told = {
            name: number for name, number in zip(sums, numbers, strict=True) if number is not None
        }
        yield Row(region, theme, first, providers, told)

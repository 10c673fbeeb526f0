"""Past trades in numbers: one real trade, brought about by acts, and copies of its rows.

Copies differ in what the regions' figures are summed by: provider, region, theme, month and price.
"""

import random
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import uuid4

from django.db.models import Model

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.catalog.dataset.choices import Theme
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import clock
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.books.models import Transfer, TransferKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.plans import plan_of_price
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.dividing import fee_of, fee_rate_of
from tests.given.trading import completed
from tests.given.world import World

PROVIDERS, REGIONS, DATASETS = 120, 24, 1_000
MONTHS = 24
BATCH = 2_000

Row = TypeVar("Row", bound=Model)


def invent(trades: int, *, providers: int = PROVIDERS, with_money: bool = True) -> None:
    """Fill a database that holds the world with past trades of the last two years.

    Without providers of their own the seller of the one real trade has sold all of it.
    Each transfer moves the same few balances, which takes the longer the more there are: leave the
    money out where only orders count.
    """
    draw = random.Random(1)
    # Read anew, whole: what an act leaves in hand has fields that are fetched when they are asked.
    order = Order.objects.get(pk=completed(World()).pk)
    own = order.listing.organization
    sellers = _kept(
        _again(own, name=f"Provider {number}", uscc=f"{number:018d}") for number in range(providers)
    )
    datasets = _kept(
        _again(
            order.listing.product.dataset,
            organization=draw.choice(sellers or [own]),
            region=f"Region {draw.randrange(REGIONS)}",
            theme=draw.choice(Theme.values),
            request_key="",
            created_at=_moment(draw),
        )
        for _ in range(min(DATASETS, trades))
    )
    _prove(order.listing, datasets, draw)
    listings = _offered(order.listing, datasets)
    orders = _kept(
        _again(
            order,
            listing=draw.choice(listings),
            **_priced(Decimal(draw.randrange(100_000, 5_000_000)) / 100),
            request_key=str(uuid4()),
            completed_at=_moment(draw),
        )
        for _ in range(trades)
    )
    sale = TakenSale.objects.get(order_id=order.pk)
    _kept(_again(sale, order_id=one.pk, listing=one.listing) for one in orders)
    if not with_money:
        return
    # What came in is no move of an order, and balances may not be negative.
    deposit = Transfer.objects.get(kind=TransferKind.DEPOSIT)
    total = sum((one.price for one in orders), Decimal(0))
    _kept([_again(deposit, amount=total, reference=None, cause="past:deposit")])
    moves = list(Transfer.objects.filter(belongs_to=order.pk).order_by("created_at"))
    _kept(move for one in orders for move in _moves(moves, one))


def _offered(listing: Listing, datasets: Sequence[Dataset]) -> list[Listing]:
    """Offer one revision of each dataset, as the listing does."""
    revision = listing.revision
    # Nobody reads these files: their rows alone are there.
    files = _kept(
        _again(revision.version.file, path=f"past/{number}") for number in range(len(datasets))
    )
    versions = _kept(
        _again(revision.version, dataset=dataset, file=file)
        for dataset, file in zip(datasets, files, strict=True)
    )
    runs = _kept(
        _again(revision.prepared_by, version=version, organization=version.dataset.organization)
        for version in versions
    )
    products = _kept(
        _again(listing.product, dataset=dataset, organization=dataset.organization)
        for dataset in datasets
    )
    revisions = _kept(
        _again(revision, product=product, version=version, run=run)
        for product, version, run in zip(products, versions, runs, strict=True)
    )
    return _kept(
        _again(
            listing,
            product=one.product,
            revision=one,
            organization=one.product.organization,
            state=ListingState.WITHDRAWN,
        )
        for one in revisions
    )


def _priced(price: Decimal) -> dict[str, Any]:
    return {"price": price, "plan": plan_of_price(price).as_json()}


def _prove(listing: Listing, datasets: Sequence[Dataset], draw: random.Random) -> None:
    certificate, appraisal = listing.certificate, listing.appraisal
    assert certificate is not None
    assert appraisal is not None
    claims = _kept(
        _again(certificate.claim, dataset=one, organization=one.organization) for one in datasets
    )
    credentials = _kept(
        _again(certificate.credential, number=f"PAST-{number}", status_list=None, status_index=None)
        for number in range(len(datasets))
    )
    certificates = _kept(
        _again(
            certificate,
            claim=claim,
            credential=credential,
            dataset=claim.dataset,
            organization=claim.organization,
            number=credential.number,
            valid_from=_day(draw),
        )
        for claim, credential in zip(claims, credentials, strict=True)
    )
    _kept(_valuation(appraisal, one, _day(draw)) for one in certificates)


def _valuation(appraisal: Appraisal, of: Certificate, day: date) -> Appraisal:
    return _again(
        appraisal,
        certificate=of,
        dataset=of.dataset,
        organization=of.organization,
        credential=None,
        valued_on=day,
    )


def _moves(moves: Iterable[Transfer], order: Order) -> Iterable[Transfer]:
    fee = fee_of(order.price, fee_rate_of(order))
    amounts = {"release": order.price - fee, "fee": fee}
    for move in moves:
        yield _again(
            move,
            belongs_to=order.pk,
            amount=amounts.get(move.kind, order.price),
            reference=None,
            cause=f"past:{order.pk}:{move.kind}",
            created_at=order.completed_at,
        )


def _again(row: Row, **changes: Any) -> Row:
    made = copy(row)
    made._state = copy(row._state)
    made._state.fields_cache = dict(row._state.fields_cache)
    for name, value in {"pk": uuid4(), **changes}.items():
        setattr(made, name, value)
    return made


def _kept(rows: Iterable[Row]) -> list[Row]:
    made = list(rows)
    if made:
        type(made[0])._base_manager.bulk_create(made, batch_size=BATCH)
    return made


def _moment(draw: random.Random) -> datetime:
    return clock.now() - timedelta(minutes=draw.randrange(MONTHS * 30 * 24 * 60))


def _day(draw: random.Random) -> date:
    return _moment(draw).date()

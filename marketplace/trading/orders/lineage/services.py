"""Buyers say what they have made from data that they bought."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.lineage.changes import add_origin
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.rules import check_declare_origin
from marketplace.core import Actor, locked, visible
from marketplace.core.arguments import Key
from marketplace.trading.listings.terms.clauses.results import DerivedData
from marketplace.trading.listings.terms.clauses.use import Use
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.lineage.rules import check_is_bought
from marketplace.trading.orders.order.bought import bought_listing
from marketplace.trading.orders.order.selectors import orders_visible_to


@transaction.atomic
def declare_bought_origin(
    dataset_id: UUID,
    *,
    order_id: Annotated[UUID, Key(label=gettext_lazy("Data bought here"))],
    by: Actor,
) -> Origin:
    """Say that a dataset was made from data that its organization bought. Again changes nothing.

    Where the contract keeps it from being offered, the gate refuses what was made from it.

    Raises:
        NotFound: there is no such dataset or order among those the actor may see.
        NotAllowed: the actor is no officer of the dataset's organization, or not the buyer's.
        WrongState: the dataset is retired, or nothing was delivered yet (`not-delivered`).
        Invalid: the bought data was made from this dataset (`origin-circle`).
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_declare_origin(dataset, by)
    order = visible(orders_visible_to(by), pk=order_id)
    check_is_bought(order, by)
    version = bought_listing(order).revision.version
    return add_origin(
        dataset,
        version.dataset,
        kind=OriginKind.BOUGHT,
        version=version,
        reference=f"order:{order.pk}",
        forbids_offering=_forbids_offering(order.agreed_terms),
        by=by,
    )


def _forbids_offering(terms: Terms) -> bool:
    return terms.derived_data == DerivedData.SELLER or terms.use == Use.INTERNAL

"""Read from what data was made, as far as one may see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import datasets_below, origins_above
from marketplace.core import Actor
from marketplace.trading.listings.gate.upstream import Trouble, upstream_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


@dataclass(frozen=True)
class Step:
    """An origin with what is above it; `is_open` says whether its dataset's page may be seen."""

    origin: Origin
    trouble: Trouble | None
    is_open: bool
    above: tuple[Step, ...]

    @property
    def title(self) -> str:
        """Return what the data is called: what was bought, as it was approved."""
        bought, upstream = self.origin.upstream_version, self.origin.upstream
        if bought is not None:
            return bought.described.title
        return self.origin.reference if upstream is None else upstream.title


@dataclass(frozen=True)
class Lineage:
    """What a dataset was made from, and which datasets of the same organization were made of it."""

    dataset: Dataset
    above: tuple[Step, ...]
    below: tuple[Dataset, ...]


def lineage_of(dataset: Dataset, by: Actor) -> Lineage:
    """Return the lineage of a dataset that the actor may see.

    What another organization's data was made from is its own affair: there the way up ends, but for
    the centre's staff. That something further up may not be used is told all the same.
    """
    troubles = {each.origin.pk: each.trouble for each in upstream_of(dataset)}
    by_dataset: dict[UUID, list[Origin]] = {}
    for origin in origins_above(dataset.pk):
        by_dataset.setdefault(origin.dataset_id, []).append(origin)
    sees_all = is_centre_staff(by)

    def steps(of: UUID, seen: frozenset[UUID]) -> tuple[Step, ...]:
        found = []
        for origin in by_dataset.get(of, ()):
            upstream = origin.upstream
            is_open = upstream is not None and (sees_all or by.acts_for(upstream.organization_id))
            above: tuple[Step, ...] = ()
            trouble = troubles.get(origin.pk)
            if upstream is not None and upstream.pk not in seen:
                above = steps(upstream.pk, seen | {upstream.pk})
                if not is_open:
                    trouble = trouble or _first_trouble(above)
                    above = ()
            found.append(Step(origin, trouble, is_open, above))
        return tuple(found)

    own = Dataset.objects.filter(pk__in=datasets_below(dataset.pk)).order_by("title")
    below = own if sees_all else own.filter(organization_id=dataset.organization_id)
    return Lineage(dataset, steps(dataset.pk, frozenset({dataset.pk})), tuple(below))


def _first_trouble(above: tuple[Step, ...]) -> Trouble | None:
    for step in above:
        trouble = step.trouble or _first_trouble(step.above)
        if trouble is not None:
            return trouble
    return None


def bought_by(by: Actor) -> QuerySet[Order]:
    """Return the orders of which something was delivered to the actor's organization."""
    rows = orders_visible_to(by).filter(delivered_at__isnull=False)
    return rows.filter(buyer_id=by.organization_id) if by.organization_id else rows.none()

"""Which versions a product's offers can move on to, and what holds the others."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, NotAllowed
from marketplace.trading.listings.advance.fitness import what_holds
from marketplace.trading.listings.advance.selectors import versions_to_advance
from marketplace.trading.listings.product.models import Product


@dataclass(frozen=True)
class LaterVersion:
    """A version later than what is offered; `why` says what holds it, "" where nothing does."""

    product: Product
    version: DatasetVersion
    why: str
    may_advance: bool


def later_versions(dataset_id: UUID, by: Actor) -> list[LaterVersion]:
    """Return the versions of a dataset that are later than what is offered, oldest first."""
    found = []
    for product, version in versions_to_advance(dataset_id, by):
        refusal = what_holds(product, version, by=by)
        why = "" if refusal is None else str(refusal)
        is_other = isinstance(refusal, NotAllowed)
        found.append(LaterVersion(product, version, "" if is_other else why, refusal is None))
    return found

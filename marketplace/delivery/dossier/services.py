"""Somebody reads the dossier of a trade; each reading is on record."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, visible
from marketplace.delivery.dossier.events import DossierRead
from marketplace.delivery.dossier.telling import Dossier, papers_told, told_of
from marketplace.delivery.dossier.zipping import zipped
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_told_to


@transaction.atomic
def read_dossier(order_id: UUID, *, by: Actor) -> Dossier:
    """Read the dossier of a trade as far as one may see its parts; each reading is on record.

    Raises:
        NotFound: there is no such order among those whose dossier the actor may read.
    """
    order = _noted(order_id, is_saved=False, by=by)
    return told_of(order, by=by)


@transaction.atomic
def save_dossier(order_id: UUID, *, by: Actor) -> Iterator[bytes]:
    """Save the dossier of a trade with its papers as one ZIP; each time is on record.

    Raises:
        NotFound: there is no such order among those whose dossier the actor may read.
    """
    order = _noted(order_id, is_saved=True, by=by)
    return zipped(papers_told(order, by=by))


def _noted(order_id: UUID, *, is_saved: bool, by: Actor) -> Order:
    order = visible(orders_told_to(by), pk=order_id)
    record(DossierRead(subject=f"order:{order.pk}", about=order.concerns, is_saved=is_saved), by=by)
    return order

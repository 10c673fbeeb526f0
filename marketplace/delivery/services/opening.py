"""Open what was paid for: at once, or once the buyer's copy is written and measured."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.delivery.bought import asked_for, needs_copy, projection_of
from marketplace.delivery.events import CopyRetried
from marketplace.delivery.models import Grant
from marketplace.delivery.rules import check_has_copy_written, check_retry_copy, written_copy
from marketplace.delivery.selectors import copy_of_order, grant_of_order
from marketplace.delivery.services.grants import issue_grant
from marketplace.ledger.services.recording import record
from marketplace.preparation.models import Copy
from marketplace.preparation.services.copies import request_copy
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState


@transaction.atomic
def open_order(order_id: UUID, *, by: Actor) -> Grant | Copy:
    """Grant access to a paid order, or ask for the copy that is granted once it has passed.

    Doing it again changes nothing, but that a copy whose run failed is asked for anew.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's payment is not held.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software grants access, once the payment is held."))
    issued = grant_of_order(order.pk)
    if issued is not None:
        return issued
    if order.state != OrderState.PAID:
        raise WrongState(_("Access is granted once the payment is held."))
    copy = copy_of_order(order.pk)
    if not needs_copy(order) or (copy is not None and copy.passed):
        return issue_grant(order_id, by=by)
    return request_copy(
        order.listing.revision.version_id,
        recipient_id=order.buyer_id,
        asked_for=asked_for(order.pk),
        projection=projection_of(order).as_json(),
        is_marked=order.agreed_terms.is_marked,
        by=by,
    )


@transaction.atomic
def retry_copy(order_id: UUID, *, by: Actor) -> Copy:
    """Have a buyer's copy written again whose run failed or was cancelled.

    While a run is under way, asking again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is neither an officer of the seller nor a reviewer of the centre.
        WrongState: nothing is written for the order (`no-copy`), it no longer waits for its copy
            (`copy-not-awaited`), or the copy was measured already (`copy-measured`).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    check_has_copy_written(order, by)
    copy = written_copy(order)
    if not copy.run.is_final:
        return copy
    check_retry_copy(order, by)
    opened = open_order(order_id, by=Actor.system(by.door))
    assert isinstance(opened, Copy)
    record(CopyRetried(subject=f"order:{order.pk}", about=order.concerns), by=by)
    return opened

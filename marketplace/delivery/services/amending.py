"""An amended contract changes what its grant gives."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.delivery.bought import licence_ends_at, projection_of
from marketplace.delivery.events import GrantAmended
from marketplace.delivery.models import Grant
from marketplace.delivery.states import GRANT, GrantState
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.selectors import orders_visible_to


@transaction.atomic
def amend_grant_of_order(order_id: UUID, *, by: Actor) -> Grant | None:
    """Let the grant of an order follow its amended terms; None where nothing is granted yet.

    A licence that lasts longer is open again where it had run out. What a copy holds stays as it
    was written. Doing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software follows the contract."))
    grant = Grant.objects.select_for_update().filter(order=order).first()
    if grant is None or grant.state == GrantState.REVOKED:
        return grant
    grant.order = order
    ends = licence_ends_at(grant)
    projection = projection_of(order).as_json() if grant.copy_id is None else grant.projection
    reopens = grant.state == GrantState.EXPIRED and ends > clock.now()
    if (ends, projection) == (grant.expires_at, grant.projection) and not reopens:
        return grant
    grant.expires_at, grant.projection = ends, projection
    if reopens:
        GRANT.move(grant, GrantState.ACTIVE)
    grant.save(update_fields=["state", "expires_at", "projection"])
    record(
        GrantAmended(
            subject=f"grant:{grant.pk}",
            about=grant.concerns,
            expires_at=grant.expires_at.isoformat(),
        ),
        by=by,
    )
    return grant

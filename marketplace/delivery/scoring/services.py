"""Who bought the scoring of a model gives rows to it; each is counted in the act that answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import share_locked
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import grants_to_open
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.scoring.metering import take_rows
from marketplace.delivery.use.models import Use, UseKind
from marketplace.learning.model.answering import give_rows
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.selectors import model_of_asset
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.orders.order.services import mark_delivered


@transaction.atomic
def score_with_grant(
    grant_id: UUID,
    *,
    rows: Sequence[Mapping[str, Any]],
    with_reasons: bool,
    key_id: UUID | None = None,
    by: Actor,
) -> list[Scored]:
    """Give rows to a model that was bought for scoring; the first ones mark its order delivered.

    Everything is asked anew, as for a download. Count and answer are one transaction: what was
    answered is counted, what broke off is not. `key_id` is the key of a program, where one asks.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as for `open_download`; or the data is delivered in another way
            (`another-mode`), or the quota holds fewer rows than these (`quota-used`).
        Invalid: a row does not fit the model's schema (`bad-row`).
    """
    grant = share_locked(grants_to_open(by), pk=grant_id)
    is_first = grant.order.delivered_at is None
    refuse_unless_open(grant, by=by, is_shared=not is_first)
    check_delivered(grant, lambda mode: mode.name == DeliveryChoice.SCORING)
    model = model_of_asset(grant.version_id)
    found = give_rows(model, rows, with_reasons=with_reasons, by=by)
    Use.objects.create(
        grant=grant,
        key_id=key_id,
        kind=UseKind.SCORES,
        rows=len(found),
        size=size_of(found),
        day=clock.today(),
    )
    if is_first:
        mark_delivered(grant.order_id, by=Actor.system(by.door))
    # Last, since programs of one grant queue behind each other from here to the commit.
    take_rows(grant, len(found))
    return found


def size_of(found: Sequence[Scored]) -> int:
    """Return how many bytes an answer has as JSON."""
    return len(json.dumps([one.as_dict() for one in found], ensure_ascii=False).encode())

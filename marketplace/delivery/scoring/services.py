"""Who bought the scoring of a model gives rows to it; each is counted in the act that answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import share_locked
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import grants_to_open
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.scoring.metering import take_rows
from marketplace.delivery.use.models import Use, UseKind
from marketplace.learning.model.answering import count_rows, give_rows
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.selectors import model_of_asset
from marketplace.learning.model.tables import score_table
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.orders.order.services import mark_delivered


@dataclass(frozen=True)
class ScoredTable:
    """What a model says of each row of a table, as CSV."""

    rows: int
    content: bytes


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
    grant, model = _opened(grant_id, by)
    found = give_rows(model, rows, with_reasons=with_reasons, by=by)
    _count(grant, rows=len(found), size=size_of(found), key_id=key_id, by=by)
    return found


@transaction.atomic
def score_table_with_grant(
    grant_id: UUID, *, table: bytes, key_id: UUID | None = None, by: Actor
) -> ScoredTable:
    """Give many rows as a CSV table to a model that was bought; each is counted, or none.

    As `score_with_grant`, without reasons.

    Raises:
        NotFound, NotAllowed, WrongState: as for `score_with_grant`.
        Invalid: the table is none, has other columns or too many rows, or a row does not fit the
            model's schema (the code says which).
    """
    grant, model = _opened(grant_id, by)
    rows, content = score_table(model, table)
    count_rows(model, rows, by=by)
    _count(grant, rows=rows, size=len(content), key_id=key_id, by=by)
    return ScoredTable(rows, content)


@transaction.atomic
def repeat_scored_table(grant_id: UUID, *, table: bytes, by: Actor) -> ScoredTable:
    """Return what was said of a table whose rows were counted before; nothing is counted.

    Whether it may be had is asked anew.

    Raises:
        NotFound, NotAllowed, WrongState, Invalid: as for `score_table_with_grant`.
    """
    _grant, model = _opened(grant_id, by)
    return ScoredTable(*score_table(model, table))


def _opened(grant_id: UUID, by: Actor) -> tuple[Grant, TrainedModel]:
    grant = share_locked(grants_to_open(by), pk=grant_id)
    refuse_unless_open(grant, by=by, is_shared=grant.order.delivered_at is not None)
    check_delivered(grant, lambda mode: mode.name == DeliveryChoice.SCORING)
    return grant, model_of_asset(grant.version_id)


def _count(grant: Grant, *, rows: int, size: int, key_id: UUID | None, by: Actor) -> None:
    kind, day = UseKind.SCORES, clock.today()
    Use.objects.create(grant=grant, key_id=key_id, kind=kind, rows=rows, size=size, day=day)
    if grant.order.delivered_at is None:
        mark_delivered(grant.order_id, by=Actor.system(by.door))
    # Last, since programs of one grant queue behind each other from here to the commit.
    take_rows(grant, rows)


def size_of(found: Sequence[Scored]) -> int:
    """Return how many bytes an answer has as JSON."""
    return len(json.dumps([one.as_dict() for one in found], ensure_ascii=False).encode())

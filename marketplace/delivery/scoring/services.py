"""Who bought the scoring of a model gives rows to it; each is counted in the act that answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.scoring.metering import take_rows
from marketplace.delivery.scoring.standing import open_scoring
from marketplace.delivery.use.models import Use, UseKind
from marketplace.learning.model.answering import count_rows, give_rows
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.tables import score_table
from marketplace.trading.orders.delivery.services import mark_delivered


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
    standing = open_scoring(grant_id, by=by)
    found = give_rows(standing.model, rows, with_reasons=with_reasons, by=by)
    _count(standing.grant, rows=len(found), size=size_of(found), key_id=key_id, by=by)
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
    standing = open_scoring(grant_id, by=by)
    rows, content = score_table(standing.model, table)
    count_rows(standing.model, rows, by=by)
    _count(standing.grant, rows=rows, size=len(content), key_id=key_id, by=by)
    return ScoredTable(rows, content)


@transaction.atomic
def repeat_scored_table(grant_id: UUID, *, table: bytes, by: Actor) -> ScoredTable:
    """Return what was said of a table whose rows were counted before; nothing is counted.

    Whether it may be had is asked anew.

    Raises:
        NotFound, NotAllowed, WrongState, Invalid: as for `score_table_with_grant`.
    """
    standing = open_scoring(grant_id, by=by)
    return ScoredTable(*score_table(standing.model, table))


def _count(grant: Grant, *, rows: int, size: int, key_id: UUID | None, by: Actor) -> None:
    kind, day = UseKind.SCORES, clock.today()
    Use.objects.create(grant=grant, key_id=key_id, kind=kind, rows=rows, size=size, day=day)
    if grant.order.delivered_at is None:
        mark_delivered(grant.order_id, by=Actor.system(by.door))
    # Last, since programs that draw on one part of the quota queue from here to the commit.
    take_rows(grant, rows)


def size_of(found: Sequence[Scored]) -> int:
    """Return how many bytes an answer has as JSON."""
    return len(json.dumps([one.as_dict() for one in found], ensure_ascii=False).encode())

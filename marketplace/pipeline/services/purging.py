"""What is kept for a while alone is deleted when its time is over. Nothing of it is evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from marketplace.accounts.models import Invitation
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.web.models import IdempotencyKey

BATCH = 2000
"""How many rows of a kind one run deletes, so that nothing waits long for the tables."""


@transaction.atomic
def purge(*, by: Actor) -> dict[str, int]:
    """Delete a batch of each kind whose time is over; return how many rows of which kind.

    Sessions end by themselves and only lie there. What an invitation was is in the ledger; the row
    of one that nobody accepted holds an e-mail address, and goes.
    """
    gone = {}
    for kind, rows in _overdue(clock.now()):
        chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        gone[kind], _by_model = rows.filter(pk__in=chosen).delete() if chosen else (0, {})
    return gone


def overdue() -> dict[str, int]:
    """Count the rows of each kind whose time is over."""
    return {kind: rows.count() for kind, rows in _overdue(clock.now())}


def _overdue(now: datetime) -> Iterator[tuple[str, QuerySet[Model]]]:
    answers = now - timedelta(days=settings.CENTRE["KEEP_ANSWERS_DAYS"])
    attempts = now - timedelta(days=settings.CENTRE["KEEP_SIGN_INS_DAYS"])
    invitations = now - timedelta(days=settings.CENTRE["KEEP_INVITATIONS_DAYS"])
    unaccepted = Q(expires_at__lt=invitations) | Q(withdrawn_at__lt=invitations)
    yield "kept answers", _plain(IdempotencyKey).filter(created_at__lt=answers)
    yield "sessions", _plain(Session).filter(expire_date__lt=now)
    yield "failed sign-ins", _plain(AccessAttempt).filter(attempt_time__lt=attempts)
    yield "sign-ins", _plain(AccessLog).filter(attempt_time__lt=attempts)
    yield "invitations", _plain(Invitation).filter(unaccepted, accepted_at=None)


def _plain(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.all()

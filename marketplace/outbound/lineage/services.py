"""Events of lineage are kept when something happens, and sent until they are taken."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from marketplace.core import Actor, clock, locked
from marketplace.core.addresses import AddressError
from marketplace.outbound.lineage.models import LineageEvent
from marketplace.outbound.lineage.selectors import due_events, is_told
from marketplace.outbound.message.rules import check_sends
from marketplace.outbound.message.sending import Outcome, outcome_of, trusting
from marketplace.outbound.message.states import MESSAGE, MessageState
from marketplace.outbound.posting import PostError, post, target_of
from marketplace.outbound.schedule import LEASE, next_try


@transaction.atomic
def keep_lineage(*, cause: str, events: Sequence[Mapping[str, object]], by: Actor) -> int:
    """Keep events to be sent, in their order; return how many. The same cause again keeps none.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    check_sends(by)
    rows = [
        LineageEvent(cause=cause, number=number, body=json.dumps(event, ensure_ascii=False))
        for number, event in enumerate(events, start=1)
    ]
    LineageEvent.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def send_due_lineage(*, by: Actor) -> int:
    """Send the events that are due, one after the other; return how many were taken.

    The first that is not ends it: the receiver is one, and gets them in their order as far as it
    can. Each try is begun and ended in a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    check_sends(by)
    count = 0
    while is_told() and (event := take_lineage_event(by=by)) is not None:
        outcome = _sent(event)
        keep_lineage_outcome(event.pk, outcome=outcome, by=by)
        if outcome.code:
            break
        count += 1
    return count


@transaction.atomic
def take_lineage_event(*, by: Actor) -> LineageEvent | None:
    """Begin a try to send the next event that is due, None where none is.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    check_sends(by)
    now = clock.now()
    event = due_events(now).select_for_update(of=("self",), skip_locked=True).first()
    if event is None:
        return None
    event.tries, event.lease_until = event.tries + 1, now + LEASE
    event.save(update_fields=["tries", "lease_until"])
    return event


@transaction.atomic
def keep_lineage_outcome(event_id: UUID, *, outcome: Outcome, by: Actor) -> LineageEvent:
    """Keep how a try ended: the event is delivered, tried again later, or given up.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    check_sends(by)
    event = locked(LineageEvent.objects.all(), pk=event_id)
    if event.state != MessageState.WAITING:
        return event
    event.lease_until, event.status, event.code = None, outcome.status, outcome.code
    again = next_try(event.tries, clock.now())
    if not outcome.code:
        MESSAGE.move(event, MessageState.DELIVERED)
    elif again is None:
        MESSAGE.move(event, MessageState.GIVEN_UP)
    else:
        event.next_at = again
    event.save(update_fields=["state", "lease_until", "status", "code", "next_at"])
    return event


def _sent(event: LineageEvent) -> Outcome:
    """Post an event to the receiver of the settings: the operator's word, so not held to networks.

    A redirect is not followed there either, since it would carry the key along.
    """
    key = settings.CENTRE["OPENLINEAGE_API_KEY"]
    headers = {"Content-Type": "application/json", "User-Agent": "Open-Data-Trading-Centre/1"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        target = target_of(settings.CENTRE["OPENLINEAGE_URL"])
        context = trusting() if target.scheme == "https" else None
        answer = post(target, event.body.encode(), headers, at=target.host, context=context)
    except (AddressError, PostError) as error:
        return Outcome(error.code)
    return outcome_of(answer.status, answer.body)

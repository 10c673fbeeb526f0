"""Messages are written when something happens, and sent until they are taken."""

from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from uuid import UUID, uuid4

from django.db import transaction

from marketplace.core import Actor, clock, locked, visible
from marketplace.ledger.services.recording import record
from marketplace.outbound.endpoint import rules as endpoint_rules
from marketplace.outbound.endpoint.choices import TRY
from marketplace.outbound.endpoint.events import EndpointDisabled
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.secrets import secrets_of
from marketplace.outbound.endpoint.selectors import endpoints_visible_to, listening
from marketplace.outbound.endpoint.services import allowed
from marketplace.outbound.endpoint.states import ENDPOINT, EndpointState
from marketplace.outbound.message import rules
from marketplace.outbound.message.events import EndpointTried, MessageResent
from marketplace.outbound.message.models import Message, Try
from marketplace.outbound.message.selectors import (
    due_messages,
    endpoints_to_serve,
    messages_visible_to,
)
from marketplace.outbound.message.sending import GONE, Outcome, Taken, sent, written
from marketplace.outbound.message.states import MESSAGE, MessageState
from marketplace.outbound.schedule import DISABLE_AFTER, LEASE, next_try, rest_after

AT_ONCE = 16
"""To so many endpoints one worker posts at the same time: a slow one holds up no other."""
ROUND_SECONDS = 30
"""For so long one round takes new messages; a worker has other work too."""
LOOK_SECONDS = 0.5
"""How often it looks for new ones while it waits for answers."""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What happened, for one organization; `cause` and `subject` together happen once."""

    event: str
    organization_id: UUID
    cause: str
    subject: str
    happened_at: datetime
    data: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def announce(*, announcements: Sequence[Announcement], by: Actor) -> int:
    """Write a message for each endpoint that is told of what happened; return how many.

    The same cause again writes nothing for the same subject.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    rules.check_sends(by)
    wanted = [
        Message(
            endpoint=endpoint,
            event=told.event,
            cause=told.cause,
            subject=told.subject,
            body=written(told.event, told.happened_at, told.data),
            happened_at=told.happened_at,
        )
        for told in announcements
        for endpoint in listening(told.organization_id, told.event)
    ]
    Message.objects.bulk_create(wanted, ignore_conflicts=True)
    return len(wanted)


@transaction.atomic
def try_endpoint(endpoint_id: UUID, *, by: Actor) -> Message:
    """Have a message sent that says nothing, to see whether an endpoint works.

    Raises:
        NotFound: there is no such endpoint among those the actor may see.
        NotAllowed: the actor is no owner, officer or buyer.
        WrongState: it is closed (`endpoint-closed`) or disabled (`endpoint-disabled`).
    """
    endpoint = locked(endpoints_visible_to(by), pk=endpoint_id)
    endpoint_rules.check_use_endpoint(endpoint, by)
    waiting = endpoint.messages.filter(event=TRY, state=MessageState.WAITING, tries=0).first()
    if waiting is not None:
        return waiting
    message = Message(
        endpoint=endpoint,
        event=TRY,
        cause=f"try:{uuid4()}",
        subject=f"endpoint:{endpoint.pk}",
        happened_at=clock.now(),
    )
    message.body = written(TRY, message.happened_at, {"endpoint": str(endpoint.pk)})
    message.save(force_insert=True)
    _wake(endpoint)
    record(EndpointTried(subject=f"endpoint:{endpoint.pk}", about=endpoint.concerns), by=by)
    return message


@transaction.atomic
def resend_message(message_id: UUID, *, by: Actor) -> Message:
    """Have a message sent again, by the id that it had; it is tried anew as if it were new.

    Raises:
        NotFound: there is no such message among those the actor may see.
        NotAllowed: the actor is no owner, officer or buyer of the organization.
        WrongState: the endpoint is closed or disabled, or the message is about to be sent anyway
            (`message-waiting`).
    """
    # The endpoint first, as whoever sends does.
    endpoint_id = visible(messages_visible_to(by), pk=message_id).endpoint_id
    endpoint = locked(Endpoint.objects.all(), pk=endpoint_id)
    message = locked(messages_visible_to(by), pk=message_id)
    rules.check_resend_message(message, by)
    if message.state != MessageState.WAITING:
        MESSAGE.move(message, MessageState.WAITING)
    message.tries, message.next_at = 0, clock.now()
    message.save(update_fields=["state", "tries", "next_at"])
    _wake(endpoint)
    record(
        MessageResent(
            subject=f"endpoint:{endpoint.pk}", about=(f"message:{message.pk}", *endpoint.concerns)
        ),
        by=by,
    )
    return message


def _wake(endpoint: Endpoint) -> None:
    """Let a locked endpoint rest no longer: somebody looks at the page and waits."""
    endpoint.rests_until = None
    endpoint.save(update_fields=["rests_until"])


# The worker: takes what is due, posts it while it holds no lock, and keeps how that ended.


def send_due_messages(*, by: Actor, seconds: float = ROUND_SECONDS) -> int:
    """Send what is due, to many endpoints at once and to each one after the other; return how many.

    Each try is begun and ended in a transaction of its own. Where a worker is killed in between,
    the lease of the endpoint runs out and another sends the message again, by the same id.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    rules.check_sends(by)
    ends, count = monotonic() + seconds, 0
    under_way: dict[Future[Outcome], Taken] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            while len(under_way) < AT_ONCE and monotonic() < ends:
                taken = take_message(by=by)
                if taken is None:
                    break
                under_way[pool.submit(sent, taken, allowed())] = taken
            if not under_way:
                return count
            done, _others = wait(under_way, LOOK_SECONDS, FIRST_COMPLETED)
            for future in done:
                keep_outcome(under_way.pop(future).try_id, outcome=future.result(), by=by)
                count += 1


@transaction.atomic
def take_message(*, by: Actor) -> Taken | None:
    """Begin a try to send what is due, None where nothing is; nobody else serves its endpoint.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    rules.check_sends(by)
    now = clock.now()
    free = endpoints_to_serve(now).select_for_update(of=("self",), skip_locked=True)
    endpoint = free.first()
    message = None if endpoint is None else due_messages(endpoint, now).first()
    if endpoint is None or message is None:
        return None
    endpoint.busy_until = now + LEASE
    endpoint.save(update_fields=["busy_until"])
    message.tries, message.attempts = message.tries + 1, message.attempts + 1
    message.save(update_fields=["tries", "attempts"])
    begun = Try.objects.create(message=message, number=message.attempts, created_at=now)
    return Taken(
        try_id=begun.pk,
        webhook_id=message.webhook_id,
        address=endpoint.address,
        body=message.body,
        secrets=tuple(secrets_of(endpoint, now)),
        sent_at=int(now.timestamp()),
    )


@transaction.atomic
def keep_outcome(try_id: UUID, *, outcome: Outcome, by: Actor) -> Message:
    """Keep how a try ended: the message is delivered, tried again later, or given up.

    A try that is told late, when its lease had run out, still counts where it delivered.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    rules.check_sends(by)
    begun = Try.objects.select_related("message").get(pk=try_id)
    endpoint = locked(Endpoint.objects.all(), pk=begun.message.endpoint_id)
    message = locked(Message.objects.all(), pk=begun.message_id)
    now = clock.now()
    begun.ended_at, begun.status = now, outcome.status
    begun.code, begun.answer = outcome.code, outcome.answer
    begun.save(update_fields=["ended_at", "status", "code", "answer"])
    is_newest = begun.number == message.attempts
    if is_newest:
        endpoint.busy_until = now
    if not outcome.code:
        if message.state != MessageState.DELIVERED:
            MESSAGE.move(message, MessageState.DELIVERED)
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    elif is_newest:
        _keep_failure(endpoint, message, outcome, by=by)
    message.save(update_fields=["state", "next_at"])
    endpoint.save()
    return message


def _keep_failure(endpoint: Endpoint, message: Message, outcome: Outcome, *, by: Actor) -> None:
    now = clock.now()
    again = next_try(message.tries, now)
    if message.state == MessageState.WAITING and again is None:
        MESSAGE.move(message, MessageState.GIVEN_UP)
    elif again is not None:
        message.next_at = again
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.rests_until = now + rest_after(endpoint.failures)
    is_over = outcome.code == GONE or endpoint.failing_since <= now - DISABLE_AFTER
    if endpoint.state == EndpointState.IN_USE and is_over:
        ENDPOINT.move(endpoint, EndpointState.DISABLED)
        endpoint.disabled_code = outcome.code
        record(
            EndpointDisabled(
                subject=f"endpoint:{endpoint.pk}", about=endpoint.concerns, code=outcome.code
            ),
            by=by,
        )

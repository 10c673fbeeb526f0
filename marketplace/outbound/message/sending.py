"""Post one message, signed; knows no database."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus
from uuid import UUID

from django.conf import settings

from marketplace.core.addresses import AddressError, Allowed, checked_address
from marketplace.core.webhooks import secret_bytes, signature
from marketplace.outbound.message.models import LONGEST_ANSWER
from marketplace.outbound.posting import PostError, post, target_of

GONE = "gone"


@dataclass(frozen=True)
class Taken:
    """A message that one worker sends, with all that this takes."""

    try_id: UUID
    webhook_id: str
    address: str
    body: str
    secrets: tuple[str, ...]
    sent_at: int


@dataclass(frozen=True)
class Outcome:
    """How a try ended; `code` is "" where the message was taken."""

    code: str
    status: int | None = None
    answer: str = ""


def written(event: str, happened_at: datetime, data: Mapping[str, object]) -> str:
    """Return the body of a message: always the same bytes for the same thing."""
    content = {"type": event, "timestamp": happened_at.isoformat(), "data": dict(data)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def headers_of(taken: Taken) -> dict[str, str]:
    """Return the headers by which a receiver knows who sent a message, and that it is one."""
    body = taken.body.encode()
    signed = [
        signature(secret_bytes(secret), taken.webhook_id, taken.sent_at, body)
        for secret in taken.secrets
    ]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Open-Data-Trading-Centre-Webhooks/1",
        "webhook-id": taken.webhook_id,
        "webhook-timestamp": str(taken.sent_at),
        "webhook-signature": " ".join(signed),
    }


def sent(taken: Taken, allowed: Allowed) -> Outcome:
    """Post a message to its endpoint, and return how that ended; never raises for what is there."""
    try:
        target = target_of(taken.address)
        at = checked_address(target.host, target.port, allowed)
        answer = post(target, taken.body.encode(), headers_of(taken), at=at.ip, context=trusting())
    except (AddressError, PostError) as error:
        return Outcome(error.code)
    return outcome_of(answer.status, answer.body)


def outcome_of(status: int, body: bytes) -> Outcome:
    code = "refused"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        code = ""
    elif HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        code = "redirected"
    elif status == HTTPStatus.GONE:
        code = GONE
    return Outcome(code, status, _shown(body))


def _shown(body: bytes) -> str:
    """Return the beginning of an answer as a text that can be kept, and shown on one line."""
    text = body.decode(errors="replace")[:LONGEST_ANSWER]
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


@cache
def trusting() -> ssl.SSLContext:
    """Return the context in which certificates are verified: by the machine's authorities.

    A centre whose receivers have certificates of an authority of their own names its file.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.CENTRE["WEBHOOK_AUTHORITIES"]:
        context.load_verify_locations(cafile=settings.CENTRE["WEBHOOK_AUTHORITIES"])
    return context

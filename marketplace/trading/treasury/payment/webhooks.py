"""Check who sent a message: Standard Webhooks 1.0.0, symmetric signatures.

The library of the standard signs; what is compared with its signature, and when, is decided here:
by the centre's clock, under several secrets, and with a refusal for whatever a header may hold.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core import NotAllowed
from marketplace.core.bounds import whole_of
from marketplace.core.webhooks import secret_bytes, signature

TOLERANCE_SECONDS = 300


@dataclass(frozen=True)
class Message:
    """A message with the three headers that prove it."""

    message_id: str
    timestamp: str
    signatures: str
    body: bytes


def refuse_unless_signed(message: Message, *, secrets: Sequence[str], at: float) -> None:
    """Refuse a message that none of the secrets signed, or that is older or newer than 5 minutes.

    Every signature is compared with every secret in constant time.

    Raises:
        NotAllowed: the headers are missing, the time is off, or no signature fits.
    """
    sent_at = _seconds(message.timestamp)
    if sent_at is None or not message.message_id or not message.signatures:
        raise NotAllowed(
            _("The message lacks webhook-id, webhook-timestamp or webhook-signature."),
            code="webhook-headers-missing",
        )
    if abs(at - sent_at) > TOLERANCE_SECONDS:
        raise NotAllowed(
            _("The message's timestamp is more than five minutes away."), code="webhook-too-old"
        )
    try:
        wanted = [
            signature(secret_bytes(secret), message.message_id, sent_at, message.body)
            for secret in secrets
        ]
    except UnicodeDecodeError:
        wanted = []
    given = message.signatures.split(" ")
    fits = [
        hmac.compare_digest(one.encode(), expected.encode()) for one in given for expected in wanted
    ]
    if not any(fits):
        raise NotAllowed(_("The message's signature does not fit."), code="webhook-signature")


def _seconds(written: str) -> int | None:
    """Read a timestamp. None for any spelling but the one that is signed, such as 1.6e9 or 01."""
    try:
        seconds = whole_of(written)
    except ValueError:
        return None
    return seconds if str(seconds) == written else None

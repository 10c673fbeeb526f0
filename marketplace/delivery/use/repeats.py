"""Which answers count once: what was asked and answered, as digests that tell nobody either.

They are keyed: whoever knows the tag of an answer cannot try out what the answer may have been.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

from marketplace.delivery.use.models import Uncounted

SALT = "marketplace.delivery.use"
COUNTED_FOR = timedelta(hours=24)
"""How long an answer that was counted is given again without being counted."""

Reason = Callable[[str], Uncounted | None]
"""Tells by the digest of an answer why it is not counted, where nothing of it is sent."""


def question_of(grant_id: UUID, *asked: object) -> str:
    """Return the digest of a question: the same grant, revision, filter, page and form."""
    return _digest(SALT, json.dumps([str(grant_id), *asked], sort_keys=True, default=str).encode())


def answer_of(question: str, content: bytes) -> str:
    """Return the digest of what a question is answered, byte by byte."""
    return _digest(f"{SALT}:{question}", content)


def in_full(_answer: str) -> Uncounted | None:
    """Say of any answer that all of it is sent."""
    return None


def _digest(salt: str, content: bytes) -> str:
    return salted_hmac(salt, content, algorithm="sha256").hexdigest()

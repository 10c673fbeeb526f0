"""The same request again is answered as the first time.

Source: draft-ietf-httpapi-idempotency-key-header-07. A key is a String of RFC 8941, in quotes. One
without them is refused and not guessed at: whether `a` and `"a"` are the same key would otherwise
depend on who reads it, and a payment be made twice.

What was refused is not kept, since it changed nothing: it may be mended and sent under its key.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.core import Refusal
from marketplace.web.errors import Problem
from marketplace.web.models import IdempotencyKey

LONGEST_KEY = 128
RETRY_AFTER = 1
"""Seconds after which the first of two requests at once will mostly have been answered."""

_STRING = r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"'
_BARE_ITEM = (
    rf"(?:{_STRING.replace('((?:', '(?:(?:', 1)}"
    r"|-?\d{1,15}(?:\.\d{1,3})?|\?[01]|:[A-Za-z0-9+/=]*:|[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*)"
)
_ITEM = re.compile(rf" *{_STRING}(?:; *[a-z*][a-z0-9_.*-]*(?:={_BARE_ITEM})?)* *")
"""An Item of RFC 8941 that is a String; parameters say nothing here."""


@dataclass(frozen=True)
class Answer:
    """What an act was answered: its status, its body, and the ETag of the thing that it is about.

    A kept answer to what was told once has no body.
    """

    status: int
    body: Any
    etag: str = ""


def key_of(header: str | None) -> str:
    """Read the key of a request that changes something.

    Raises:
        Problem: there is none (400, `idempotency-key-missing`), or it is no String of RFC 8941 of 1
            to 128 characters (400, `idempotency-key-malformed`).
    """
    if header is None:
        raise Problem(
            400,
            "idempotency-key-missing",
            _(
                "A request that changes something needs an Idempotency-Key, so that it can be "
                "sent again: a text in quotes that you use for no other, such as a UUID."
            ),
        )
    found = _ITEM.fullmatch(header)
    key = re.sub(r"\\(.)", r"\1", found[1]) if found else ""
    if not 1 <= len(key) <= LONGEST_KEY:
        sentence = _(
            "Write the Idempotency-Key in quotes, as a String of RFC 8941 of 1 to %(most)d "
            'characters: Idempotency-Key: "8e03978e-40d5-43dd-bc93-6894a57f9324".'
        )
        raise Problem(400, "idempotency-key-malformed", sentence % {"most": LONGEST_KEY})
    return key


def fingerprint(method: str, path: str, data: Any) -> str:
    """Digest what was asked, so that a key cannot be used for something else.

    Of a multipart request each value of each field counts, and of a file its name, type and bytes.
    """
    asked = dict(data.lists()) if isinstance(data, QueryDict) else data
    text = json.dumps([method, path, asked], sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return {
        "name": value.name,
        "type": value.content_type,
        "size": value.size,
        "sha256": digest.hexdigest(),
    }


def answered(person_id: UUID, key: str, asked: str) -> Answer | None:
    """Return the kept answer to a request, None where there is none yet.

    Raises:
        Problem: the key was used for another request (422, `idempotency-key-reused`); or the
            answer was told once and is not kept (409, `idempotency-answer-not-kept`).
    """
    keys = IdempotencyKey.objects.filter(person_id=person_id, key=key)
    kept = next(iter(keys.values_list("fingerprint", "status", "body", "etag")), None)
    if kept is None:
        return None
    earlier, status, body, etag = kept
    if earlier != asked:
        sentence = _("This Idempotency-Key was used for another request. Use a new key.")
        raise Problem(422, "idempotency-key-reused", sentence)
    if body is None:
        raise Problem(
            409,
            "idempotency-answer-not-kept",
            _(
                "This was done under this Idempotency-Key. What it answered was told once and is "
                "not kept: revoke what it made, and ask anew with a new key."
            ),
        )
    return Answer(status, body, etag)


def once(
    person_id: UUID,
    key: str,
    asked: str,
    act: Callable[[], Answer],
    *,
    keeps_answer: bool = True,
) -> Answer:
    """Call the act unless this key was answered before; return what it is answered.

    The key and the act's effects commit together: after a crash there are both or neither. Without
    `keeps_answer` the body is not kept, only that there was one. SQLite has one writer at a time:
    there a second request at the same time waits its turn, and is answered as the first was.

    Raises:
        Problem: as for `answered`; or the first request is not answered yet (409,
            `idempotency-key-in-use`).
    """
    with transaction.atomic():
        _refuse_while_in_use(person_id, key)
        kept = answered(person_id, key, asked)
        if kept is not None:
            return kept
        answer = act()
        _keep(person_id, key, asked, answer, keeps_answer=keeps_answer)
        return answer


def once_without_looking(
    person_id: UUID,
    key: str,
    asked: str,
    act: Callable[[], Answer],
    *,
    keeps_answer: bool = True,
) -> Answer:
    """Call a short act, as `once` does, without a look for its key, which is hardly ever known.

    Where it is, the key cannot be kept twice or the act is refused: then all of it is undone, and
    the kept answer is given. Of two requests at once the second waits for the first.

    Raises:
        Problem: as for `answered`.
    """
    try:
        with transaction.atomic():
            answer = act()
            _keep(person_id, key, asked, answer, keeps_answer=keeps_answer)
            return answer
    except (Refusal, IntegrityError):
        kept = answered(person_id, key, asked)
        if kept is None:
            raise
        return kept


def _keep(person_id: UUID, key: str, asked: str, answer: Answer, *, keeps_answer: bool) -> None:
    IdempotencyKey.objects.create(
        person_id=person_id,
        key=key,
        fingerprint=asked,
        status=answer.status,
        body=answer.body if keeps_answer else None,
        etag=answer.etag,
    )


def _refuse_while_in_use(person_id: UUID, key: str) -> None:
    """Hold the key until the transaction ends, where PostgreSQL can hold a name."""
    if connection.vendor != "postgresql":
        return
    digest = hashlib.sha256(f"{person_id} {key}".encode()).digest()
    name = int.from_bytes(digest[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [name])
        if cursor.fetchone()[0]:
            return
    sentence = _("The first request under this Idempotency-Key is not answered yet. Wait for it.")
    raise Problem(409, "idempotency-key-in-use", sentence, retry_after=RETRY_AFTER)

"""The same request again is answered as the first time.

Source: the IETF draft on the Idempotency-Key header field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid
from marketplace.web.models import IdempotencyKey

LONGEST_KEY = 128


def fingerprint(method: str, path: str, data: Any) -> str:
    """Digest what was asked, so that a key cannot be used for something else.

    Of a multipart request each value of each field counts, and of a file its name, type and bytes.
    """
    asked = dict(data.lists()) if isinstance(data, QueryDict) else data
    text = json.dumps([method, path, asked], sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
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


def once(
    person_id: UUID, key: str, asked: str, act: Callable[[], tuple[int, Any]]
) -> tuple[int, Any]:
    """Call the act unless this key was answered before; answer its status and body.

    The key and the act's effects commit together: after a crash there are both or neither. A second
    request at the same time waits at the unique index for the first.

    Raises:
        Invalid: the key is too long, or was used for another request.
    """
    if len(key) > LONGEST_KEY:
        raise Invalid(
            _("An Idempotency-Key has at most %(most)d characters.") % {"most": LONGEST_KEY}
        )
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(person_id=person_id, key=key, fingerprint=asked)
            row.status, row.body = act()
            row.save(update_fields=["status", "body"])
            return row.status, row.body
    except IntegrityError:
        kept = IdempotencyKey.objects.filter(person_id=person_id, key=key).first()
        if kept is None or kept.status is None:
            raise
    if kept.fingerprint != asked:
        raise Invalid(
            _("This Idempotency-Key was used for another request. Use a new key."),
            code="idempotency-key-reused",
        )
    return kept.status, kept.body

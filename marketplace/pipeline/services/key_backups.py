"""Keep the centre's keys in a file under a passphrase; take them back into an empty centre."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock, envelope
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.credentials.models import SigningKey as CredentialKey
from marketplace.credentials.services.keys import PURPOSE as CREDENTIAL_KEY
from marketplace.ledger.models import Head
from marketplace.ledger.models import SigningKey as LedgerKey
from marketplace.ledger.services.keys import PURPOSE as LEDGER_KEY
from marketplace.ledger.services.keys import lock_sealer
from marketplace.ledger.services.recording import record
from marketplace.pipeline import key_files
from marketplace.pipeline.events import KeysBackedUp, KeysRestored

KINDS: dict[str, tuple[Any, str]] = {
    "credentials": (CredentialKey, CREDENTIAL_KEY),
    "ledger": (LedgerKey, LEDGER_KEY),
}
"""The signing keys that a backup holds. Not the witness's: without the memory of what it saw, it
would cosign a fork."""


@transaction.atomic
def backup_keys(*, passphrase: str, by: Actor) -> bytes:
    """Return a file with the signing keys and the key-encryption key, encrypted.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
        Invalid: the passphrase is short.
        ImproperlyConfigured: a key does not open.
    """
    _require_operator(by)
    kept = {
        kind: [_told(row, purpose) for row in model.objects.order_by("created_at", "pk")]
        for kind, (model, purpose) in KINDS.items()
    }
    data = key_files.closed(kept, passphrase=passphrase)
    record(
        KeysBackedUp(
            subject="key_backup:" + hashlib.sha256(data).hexdigest()[:32],
            count=sum(map(len, kept.values())),
        ),
        by=by,
    )
    return data


@transaction.atomic
def restore_keys(data: bytes, *, passphrase: str, by: Actor) -> dict[str, int]:
    """Take the signing keys of a backup into a centre that has none; return how many of each kind.

    They are wrapped under the key-encryption key of this centre. The ledger's come as retired: the
    tree that begins here is another one, and signed by the same key it would be a fork. Restoring
    again what is there changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
        Invalid: the file is damaged, of another centre, or the passphrase is another.
        WrongState: the centre has signing keys of its own already.
    """
    _require_operator(by)
    content = key_files.content_of(data, passphrase=passphrase)
    lock_sealer()
    wanted = {kind: {row["public_key"] for row in content[kind]} for kind in KINDS}
    present = {
        kind: set(model.objects.values_list("public_key", flat=True))
        for kind, (model, _purpose) in KINDS.items()
    }
    if any(present.values()) or Head.objects.exists():
        if all(wanted[kind] <= present[kind] for kind in KINDS):
            return dict.fromkeys(KINDS, 0)
        raise WrongState(
            _("This centre has signing keys of its own. Keys are restored into an empty one."),
            code="centre-has-keys",
        )
    for kind, (model, purpose) in KINDS.items():
        for row in content[kind]:
            retired = row["retired_at"] and datetime.fromisoformat(row["retired_at"])
            given = {"handover": row["handover"]} if kind == "ledger" else {}
            model.objects.create(
                pk=UUID(row["id"]),
                public_key=row["public_key"],
                wrapped_private_key=envelope.wrap(
                    bytes.fromhex(row["private_key"]), purpose=purpose
                ),
                created_at=datetime.fromisoformat(row["created_at"]),
                retired_at=retired or (clock.now() if kind == "ledger" else None),
                **given,
            )
    counted = {kind: len(content[kind]) for kind in KINDS}
    record(
        KeysRestored(
            subject="key_backup:" + hashlib.sha256(data).hexdigest()[:32],
            count=sum(counted.values()),
        ),
        by=by,
    )
    return counted


def _told(row: Any, purpose: str) -> dict[str, str | None]:
    return {
        "id": str(row.pk),
        "public_key": row.public_key,
        "private_key": envelope.unwrap(row.wrapped_private_key, purpose=purpose).hex(),
        "created_at": row.created_at.isoformat(),
        "retired_at": row.retired_at.isoformat() if row.retired_at else None,
        "handover": getattr(row, "handover", None),
    }


def _require_operator(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(
            _("Keys are kept and restored by the commands of whoever runs the centre.")
        )

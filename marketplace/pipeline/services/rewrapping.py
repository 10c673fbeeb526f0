"""Wrap every key of the centre anew, after the key-encryption key was replaced."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import envelope
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.ledger.services.recording import record
from marketplace.pipeline.events import KeysRewrapped
from marketplace.pipeline.wrapped_keys import WRAPPED, Wrapped

FINGERPRINT = "fingerprint of the key-encryption key"
ROWS_AT_ONCE = 500


@transaction.atomic
def rewrap_keys(*, is_trial: bool = False, by: Actor) -> dict[str, int]:
    """Wrap all keys under the key-encryption key in use; return how many of each kind.

    A trial opens and wraps every key, and keeps nothing.

    It is one transaction: afterwards the key from before opens nothing that is kept, and where one
    key does not open, nothing is changed.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
        ImproperlyConfigured: a key opens neither with the key in use nor with the one before.
    """
    if not by.is_system:
        raise NotAllowed(_("Keys are wrapped anew by the command of whoever runs the centre."))
    counted = {each.model._meta.label: _rewrapped(each) for each in WRAPPED}
    record(
        KeysRewrapped(subject=f"key_encryption_key:{fingerprint()}", count=sum(counted.values())),
        by=by,
    )
    transaction.set_rollback(is_trial)
    return counted


def fingerprint() -> str:
    """Name the key-encryption key in use by 16 hexadecimal digits that tell nothing else of it."""
    return envelope.derived_key(purpose=FINGERPRINT).hex()[:16]


def _rewrapped(each: Wrapped) -> int:
    rows = each.model._default_manager.select_for_update().exclude(**{each.column: b""})
    count = 0
    for row in rows.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        purpose = each.purpose(row)
        secret = envelope.unwrap(getattr(row, each.column), purpose=purpose)
        setattr(row, each.column, envelope.wrap(secret, purpose=purpose))
        row.save(update_fields=[each.column])
        count += 1
    return count

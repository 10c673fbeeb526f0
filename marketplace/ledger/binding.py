"""State bound to the ledger: the entry of an act keeps a keyed digest of each row that it set.

The ledger cannot be altered unseen, other tables can. So a row of money or of rights is bound: what
it holds is compared with the digest of the last act that set it. The digest is keyed, since an
account number could else be guessed from it. The key follows from the key-encryption key.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from marketplace.core import envelope
from marketplace.core.frozen import bound_columns
from marketplace.ledger.models import BindingKey, Entry

PURPOSE = "state bound to the ledger"
KEPT = "key of bound state from before"
"""What a key from before a replacement is wrapped for."""
BOUND = "bound"
"""The name in an entry's payload under which the digests stand."""
GONE = "gone"
CHUNK = 2000


@dataclass(frozen=True)
class Kind:
    """Rows of a model that are bound: what they are called, what names one, what is bound."""

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]

    def key_of(self, row: models.Model) -> str:
        return "/".join(str(getattr(row, column)) for column in self.key)

    def content_of(self, row: models.Model) -> bytes:
        """Return what the row holds, the same for what an act saved and for what is read."""
        told = {name: _plain(row, name) for name in (*self.key, *self.columns)}
        return json.dumps([self.name, told], sort_keys=True, separators=(",", ":")).encode()


KINDS: dict[type[models.Model], Kind] = {}
"""What each app binds, by model."""
FURTHER: list[Callable[[], Iterator[str]]] = []
"""What else is computed again whenever the whole ledger was checked."""
COMPARED: list[tuple[Mapping[type[models.Model], Sequence[str]], Callable[[], Iterator[str]]]] = []
"""Columns that are computed again from other rows or entries with the state, and how."""


def bind(
    model: type[models.Model], name: str, *columns: str, key: tuple[str, ...] = ("id",)
) -> None:
    """Say which columns of a model are bound; acts then name its rows as they record.

    Where none is named, they are those that `freeze` names as bound by a digest.

    Raises:
        ValueError: nothing would be bound but the row's own id; call `freeze` first.
    """
    columns = columns or bound_columns(model)
    if not columns and key == ("id",):
        raise ValueError(f"{model.__name__} binds no column: freeze it first.")
    KINDS[model] = Kind(name, model, key, columns)


def check_also(faults: Callable[[], Iterator[str]]) -> None:
    """Name what else is computed again whenever the whole ledger was checked."""
    FURTHER.append(faults)


def compare_also(
    columns: Mapping[type[models.Model], Sequence[str]], faults: Callable[[], Iterator[str]]
) -> None:
    """Name columns that are computed again where the state is compared, and what compares them."""
    COMPARED.append((columns, faults))


def is_compared(model: type[models.Model], name: str) -> bool:
    """Return whether a column is computed again from what the ledger or other rows say."""
    return any(name in columns.get(model, ()) for columns, _faults in COMPARED)


def bound(*rows: models.Model) -> list[str]:
    """Return the digests of rows as an act leaves them, for its entry."""
    key = _key(settings.KEY_ENCRYPTION_KEY)
    return [
        f"{kind.name}:{kind.key_of(row)}:{_digest(key, kind.content_of(row))}"
        for row in rows
        for kind in (KINDS[type(row)],)
    ]


def unbound(*rows: models.Model) -> list[str]:
    """Return what says that rows are gone, for the entry of the act that removes them."""
    kinds = ((KINDS[type(row)], row) for row in rows)
    return [f"{kind.name}:{kind.key_of(row)}:{GONE}" for kind, row in kinds]


def digest_of(row: models.Model) -> str:
    """Return the digest of a row as it stands."""
    return _digest(_key(settings.KEY_ENCRYPTION_KEY), KINDS[type(row)].content_of(row))


def is_as_bound(row: models.Model) -> bool:
    """Return whether a row is what its own last entry bound, which names it as its subject."""
    return not unlike_bound([row])


def unlike_bound(rows: Sequence[models.Model]) -> list[models.Model]:
    """Return those of the rows that are not what their own last entries bound, in two queries."""
    subjects = [_subject_of(row) for row in rows]
    entries = Entry.objects.filter(subject__in=subjects, stray=None, payload__has_key=BOUND)
    last = dict(entries.order_by("pk").values_list("subject", "payload"))
    keys = _keys()
    return [
        row
        for row, subject in zip(rows, subjects, strict=True)
        if not any(
            f"{subject}:{_digest(key, KINDS[type(row)].content_of(row))}"
            in last.get(subject, {BOUND: []})[BOUND]
            for key in keys
        )
    ]


def _subject_of(row: models.Model) -> str:
    kind = KINDS[type(row)]
    return f"{kind.name}:{kind.key_of(row)}"


def keep_key_before() -> None:
    """Keep the key that is being replaced: what was bound by it is still compared by it."""
    before = envelope.derived_key(purpose=PURPOSE, before=True)
    if before not in _kept_keys():
        BindingKey.objects.create(wrapped_key=envelope.wrap(before, purpose=KEPT))


def state_faults() -> Iterator[str]:
    """Yield a sentence for each row that is not as the last act left it.

    An act that is under way meanwhile could look like a difference: what differs is looked at
    twice.
    """
    for differences in (_differences, *(faults for _columns, faults in COMPARED)):
        if first := list(differences()):
            again = set(differences())
            yield from (sentence for sentence in first if sentence in again)


def _differences() -> Iterator[str]:
    entries = Entry.objects.filter(stray=None, payload__has_key=BOUND).order_by("pk")
    last: dict[tuple[str, str], tuple[str, int]] = {}
    for pk, payload in entries.values_list("pk", "payload").iterator(chunk_size=CHUNK):
        for each in payload[BOUND]:
            name, key, digest = each.split(":")
            last[name, key] = digest, pk
    keys = _keys()
    for kind in KINDS.values():
        for row in kind.model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
            digest, entry = last.pop((kind.name, kind.key_of(row)), ("", 0))
            about = {"thing": f"{kind.name}:{kind.key_of(row)}", "entry": entry}
            if not digest:
                yield _("%(thing)s is in the database, and no act set it.") % about
            elif digest not in (_digest(key, kind.content_of(row)) for key in keys):
                yield _("%(thing)s differs from what entry %(entry)d bound.") % about
    for (name, key), (digest, entry) in last.items():
        if digest != GONE:
            about = {"thing": f"{name}:{key}", "entry": entry}
            yield _("%(thing)s, which entry %(entry)d bound, is gone from the database.") % about


def _keys() -> list[bytes]:
    keys = [_key(settings.KEY_ENCRYPTION_KEY), *_kept_keys()]
    if envelope.is_being_replaced():
        keys.append(envelope.derived_key(purpose=PURPOSE, before=True))
    return keys


def _kept_keys() -> list[bytes]:
    rows = BindingKey.objects.values_list("wrapped_key", flat=True)
    return [envelope.unwrap(wrapped, purpose=KEPT) for wrapped in rows]


def _digest(key: bytes, content: bytes) -> str:
    return hmac.digest(key, content, hashlib.sha256).hex()


@lru_cache(maxsize=2)
def _key(key_encryption_key: str) -> bytes:
    """Derive the key once for each key-encryption key that the settings name."""
    return envelope.derived_key(purpose=PURPOSE)


def _plain(row: models.Model, name: str) -> Any:
    value = getattr(row, name)
    field = row._meta.get_field(name)
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{Decimal(value):.{field.decimal_places}f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return str(value)

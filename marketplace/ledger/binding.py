"""State bound to the ledger: the entry of an act keeps a keyed digest of each row that it set.

The ledger cannot be altered unseen, other tables can. So a row of money or of rights is bound: what
it holds is compared with the digest of the last act that set it. The digest is keyed, since an
account number could else be guessed from it. The key follows from the key-encryption key.

An act compares each row, as it read it, with that digest before it binds it anew. So what somebody
altered is never bound as if the act had set it: the act is refused, and changes nothing.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from marketplace.core import WrongState, envelope
from marketplace.core.frozen import bound_columns
from marketplace.ledger.models import BindingKey, Entry

PURPOSE = "state bound to the ledger"
KEPT = "key of bound state from before"
"""What a key from before a replacement is wrapped for."""
BOUND = "bound"
"""The name in an entry's payload under which the digests stand."""
GONE = "gone"
CHUNK = 2000
LAST = (
    "SELECT id, payload -> 'bound' FROM ("
    "SELECT e.id, e.payload FROM ledger_entry e WHERE e.subject = %s "
    "UNION ALL SELECT e.id, e.payload FROM ledger_mention m "
    "JOIN ledger_entry e ON e.id = m.entry_id WHERE m.subject = %s) told "
    "WHERE payload -> 'bound' IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM ledger_stray s WHERE s.entry_id = told.id) ORDER BY id DESC"
)
"""What entries about a thing bound, the newest first. By hand, since each act waits for it."""

ALTERED = "row-altered"
"""The code of refusals for a row that is not as its last act left it."""

log = logging.getLogger(__name__)


class BoundRow(models.Model):
    """A row that acts bind. It keeps what it held as it was read, or as an act bound it last."""

    as_bound: Mapping[str, Any] | None = None
    """By column; None in a row that no act has bound yet."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **further: Any
    ) -> Self:
        """Make a row of what was read, and keep that."""
        row = super().from_db(db, field_names, values, **further)
        row.as_bound = dict(zip(field_names, values, strict=True))
        return row

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Read the row again, and keep what was read of it."""
        names = None if fields is None else set(fields)
        super().refresh_from_db(using=using, fields=names, from_queryset=from_queryset)
        read = {
            field.attname: self.__dict__[field.attname]
            for field in self._meta.concrete_fields
            if field.attname in self.__dict__
            and (names is None or {field.name, field.attname} & names)
        }
        self.as_bound = {**(self.as_bound or {}), **read}


@dataclass(frozen=True)
class Kind:
    """Rows of a model that are bound: what they are called, what names one, what is bound.

    `under` is a noun and a column: entries name what the column says by that noun, and not the row.
    """

    name: str
    model: type[BoundRow]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    under: tuple[str, str] | None = None

    def key_of(self, row: models.Model) -> str:
        return "/".join(str(getattr(row, column)) for column in self.key)

    def thing_of(self, row: models.Model) -> str:
        return f"{self.name}:{self.key_of(row)}"

    def told_under(self, row: models.Model) -> str:
        """Return the thing that each entry which binds a row is about."""
        if self.under is None:
            return self.thing_of(row)
        noun, column = self.under
        return f"{noun}:{getattr(row, column)}"

    def content_of(self, row: models.Model, held: Mapping[str, Any] | None = None) -> bytes:
        """Return what the row holds, the same for what an act saved and for what is read.

        `held` are the values to tell of in place of those that the row has now.
        """
        values = held or {}
        told = {
            name: _plain(row, name, values[name] if name in values else getattr(row, name))
            for name in (*self.key, *self.columns)
        }
        return json.dumps([self.name, told], sort_keys=True, separators=(",", ":")).encode()


KINDS: dict[type[models.Model], Kind] = {}
"""What each app binds, by model."""
FURTHER: list[Callable[[], Iterator[str]]] = []
"""What else is computed again whenever the whole ledger was checked."""
COMPARED: list[tuple[Mapping[type[models.Model], Sequence[str]], Callable[[], Iterator[str]]]] = []
"""Columns that are computed again from other rows or entries with the state, and how."""


def bind(
    model: type[BoundRow],
    name: str,
    *columns: str,
    key: tuple[str, ...] = ("id",),
    under: tuple[str, str] | None = None,
) -> None:
    """Say which columns of a model are bound; acts then name its rows as they record.

    Where none is named, they are those that `freeze` names as bound by a digest. Each entry that
    binds a row is about that row; else `under` says about what, by noun and column.

    Raises:
        ValueError: nothing would be bound but the row's own id; call `freeze` first.
    """
    columns = columns or bound_columns(model)
    if not columns and key == ("id",):
        raise ValueError(f"{model.__name__} binds no column: freeze it first.")
    KINDS[model] = Kind(name, model, key, columns, under)


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


def bound(*rows: BoundRow) -> list[str]:
    """Return the digests of rows as an act leaves them, for its entry.

    Each was compared with what its last entry bound: as it was read, before the act changed it.

    Raises:
        WrongState: somebody changed a row in the database, past the centre (`row-altered`).
    """
    key, digests = _key(settings.KEY_ENCRYPTION_KEY), []
    for row in rows:
        kind = KINDS[type(row)]
        if row.as_bound is not None and kind.columns:
            _compare(row, kind)
        row.as_bound = {name: getattr(row, name) for name in (*kind.key, *kind.columns)}
        digests.append(f"{kind.thing_of(row)}:{_digest(key, kind.content_of(row))}")
    return digests


def _compare(row: BoundRow, kind: Kind) -> None:
    """Compare what a row held, as it was read, with what its last entry bound."""
    thing, content = kind.thing_of(row), kind.content_of(row, row.as_bound)
    last = _last_digest(thing, kind.told_under(row))
    if last == _digest(_key(settings.KEY_ENCRYPTION_KEY), content):
        return
    if last not in [_digest(key, content) for key in _keys()]:
        sentence = _(
            "%(thing)s is not as its last act left it: somebody changed it in the database, past "
            "the centre. Nothing was done. Tell the administrator, who finds it with verify_ledger "
            "--state and puts it back."
        )
        raise WrongState(sentence % {"thing": thing}, code="row-altered")


def _last_digest(thing: str, under: str) -> str:
    """Return the digest that the last entry bound which sets a thing; empty where none did."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [under, under])
        for _pk, told in cursor:
            for each in json.loads(told):
                named, _sign, digest = each.rpartition(":")
                if named == thing:
                    return str(digest)
    return ""


@contextmanager
def by_itself() -> Iterator[None]:
    """Let time act on one row of several, in a transaction of its own.

    One that somebody altered is left as it is, and keeps no other waiting.
    """
    try:
        with transaction.atomic():
            yield
    except WrongState as refusal:
        if refusal.code != ALTERED:
            raise
        log.error("%s", refusal.sentence)


def unbound(*rows: models.Model) -> list[str]:
    """Return what says that rows are gone, for the entry of the act that removes them."""
    kinds = ((KINDS[type(row)], row) for row in rows)
    return [f"{kind.thing_of(row)}:{GONE}" for kind, row in kinds]


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
    return KINDS[type(row)].thing_of(row)


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
            about = {"thing": kind.thing_of(row), "entry": entry}
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


def _plain(row: models.Model, name: str, value: Any) -> Any:
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

"""Give every new entry the next leaf of the tree and sign the head."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from marketplace.core import clock
from marketplace.ledger import last_head, notes
from marketplace.ledger.authentication import is_authentic
from marketplace.ledger.lines import COLUMNS, SALT_BYTES, commitment_of, leaf_hash_of, line_from
from marketplace.ledger.merkle import Frontier
from marketplace.ledger.models import Checkpoint, Entry, Head, Salts, Seal, SigningKey, Stray
from marketplace.ledger.selectors import log_origin
from marketplace.ledger.services.keys import current_key, head_bytes, lock_sealer, opened
from marketplace.ledger.tiles import store_tiles

# Write the leaves of a batch.

COPY = "COPY ledger_seal (leaf_index, entry_id, leaf_hash, commitment) FROM STDIN"


def write_leaves(
    first: int, entries: Iterable[int], leaves: Sequence[bytes], commitments: Sequence[str]
) -> None:
    """Give entries, named by their row numbers, the leaves from a first one on.

    PostgreSQL takes them as one stream, in a fifth of the time of INSERT.
    """
    rows = zip(range(first, first + len(leaves)), entries, leaves, commitments, strict=True)
    if connection.vendor != "postgresql":
        Seal.objects.bulk_create(
            Seal(leaf_index=index, entry_id=entry, leaf_hash=leaf.hex(), commitment=commitment)
            for index, entry, leaf, commitment in rows
        )
        return
    written = "".join(
        f"{index}\t{entry}\t{leaf.hex()}\t{commitment}\n" for index, entry, leaf, commitment in rows
    )
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(written)


BATCH = 5000


def seal_pending(*, limit: int = BATCH) -> int:
    """Seal up to `limit` entries that are committed and have no leaf; return how many it took up.

    Raises:
        WrongState: the database holds less than was signed before.
    """
    return _take_up(_waiting(limit=limit))


@transaction.atomic
def _take_up(waiting: Sequence[int]) -> int:
    """Seal entries, named by their row numbers, that have no leaf by now; return how many.

    The sealer's row is locked first, so that there is one writer however many try. An entry whose
    code is not that of its line was recorded by no act: it is put aside and never sealed.
    """
    lock_sealer()
    chosen = set(_without_leaf(waiting))
    if not chosen:
        return 0
    between = Entry.objects.filter(pk__gte=min(chosen), pk__lte=max(chosen)).order_by("id")
    rows = [row for row in between.values_list("pk", "mac", *COLUMNS) if row[0] in chosen]
    last_head.require_not_restored()
    # Before anything is judged by the key-encryption key: a wrong one ends here.
    key = current_key()
    private = opened(key)
    known = {pk: line for pk, mac, *values in rows if is_authentic(line := line_from(*values), mac)}
    Stray.objects.bulk_create(Stray(entry_id=row[0]) for row in rows if row[0] not in known)
    if known:
        _seal(known, key, private)
    return len(rows)


@transaction.atomic
def _waiting(*, after: int = 0, limit: int | None = None) -> list[int]:
    """Return the row numbers behind one that have no leaf and were not put aside, in their order.

    All are of one moment, that at which the cursor was opened. Were they looked for piece by piece,
    an act that ends meanwhile could have its later entries sealed before its earlier ones.
    """
    rows = Entry.objects.filter(pk__gt=after).order_by("id").values_list("pk", flat=True)
    numbers, answer = rows.iterator(chunk_size=BATCH), list[int]()
    while (limit is None or len(answer) < limit) and (part := list(islice(numbers, BATCH))):
        answer += _without_leaf(part)
    return answer[:limit]


def _without_leaf(numbers: Sequence[int]) -> list[int]:
    """Leave out the numbers, in their order, of entries that were sealed or put aside.

    Numbers are taken out of numbers here: a join could cost the database the whole ledger.
    """
    if not numbers:
        return []
    bounds = {"entry_id__gte": numbers[0], "entry_id__lte": numbers[-1]}
    taken = set(Seal.objects.filter(**bounds).order_by().values_list("entry_id", flat=True))
    taken.update(Stray.objects.filter(**bounds).order_by().values_list("entry_id", flat=True))
    return [number for number in numbers if number not in taken]


def _seal(known: Mapping[int, bytes], key: SigningKey, private: Ed25519PrivateKey) -> None:
    head = Head.objects.order_by("-tree_size").first()
    frontier = (
        Frontier(head.tree_size, [bytes.fromhex(node) for node in head.frontier])
        if head
        else Frontier()
    )
    before = frontier.size
    salts = os.urandom(SALT_BYTES * len(known))
    commitments = [
        commitment_of(line, salts[start : start + SALT_BYTES])
        for line, start in zip(known.values(), range(0, len(salts), SALT_BYTES), strict=True)
    ]
    leaves = [leaf_hash_of(commitment) for commitment in commitments]
    for leaf in leaves:
        frontier.append(leaf)
    write_leaves(before, known, leaves, commitments)
    Salts.objects.create(first_leaf=before, salts=salts)
    store_tiles(before, leaves)
    _sign(frontier, key, private)


def _sign(frontier: Frontier, key: SigningKey, private: Ed25519PrivateKey) -> None:
    root, sealed_at = frontier.root(), clock.now()
    signed = head_bytes(frontier.size, root.hex(), sealed_at)
    head = Head.objects.create(
        tree_size=frontier.size,
        root_hash=root.hex(),
        frontier=[node.hex() for node in frontier.nodes],
        sealed_at=sealed_at,
        key=key,
        signature=private.sign(signed).hex(),
    )
    origin = log_origin()
    text = notes.checkpoint_text(notes.Tree(origin, frontier.size, root))
    note = f"{text}\n{notes.sign(text, name=origin, key=private)}"
    Checkpoint.objects.create(head=head, note=note)
    transaction.on_commit(partial(last_head.keep, note), robust=True)


def seal_round(*, after: int = 0) -> int:
    """Seal what waits behind a row number at this moment; return how many were taken up.

    What others record meanwhile is left to the next round, so that a round ends.
    """
    waiting = _waiting(after=after)
    return sum(_take_up(waiting[first : first + BATCH]) for first in range(0, len(waiting), BATCH))


def seal_all() -> int:
    """Seal until nothing is left; return how many entries were taken up."""
    total = 0
    while count := seal_round():
        total += count
    return total


# Where to look for entries without a leaf: not among all that were sealed long ago.

DOUBT_SECONDS = 10.0
"""For how long a row number is doubted, whatever the database says of its transactions."""
WHOLE_SECONDS = 600.0
"""How often everything is looked through."""
LOOK = {
    "postgresql": (
        "SELECT coalesce(max(id), 0), pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
        "pg_snapshot_xmax(pg_current_snapshot())::text::bigint FROM ledger_entry"
    ),
    "sqlite": "SELECT coalesce(max(id), 0), 0, 0 FROM ledger_entry",
}


class Horizon:
    """Seals what waits, and keeps up to which row number nothing can turn up any more.

    On PostgreSQL row numbers commit out of their order: a number is passed only when every
    transaction has ended that ran when it was the newest. On SQLite writers queue. Whatever this
    misses is found when all is looked through, at the start and every ten minutes.
    """

    def __init__(self) -> None:
        self._passed = 0
        self._doubted: tuple[int, int, float] | None = None
        self._whole_at = time.monotonic()

    def seal(self) -> int:
        """Seal what waits; return how many entries were taken up.

        Raises:
            WrongState: the database holds less than was signed before.
        """
        now = time.monotonic()
        if now - self._whole_at > WHOLE_SECONDS:
            self._passed, self._doubted, self._whole_at = 0, None, now
        with connection.cursor() as cursor:
            cursor.execute(LOOK[connection.vendor])
            newest, oldest_running, next_transaction = cursor.fetchone()
        if newest == self._passed:
            return 0
        taken = seal_round(after=self._passed)
        if connection.vendor == "sqlite":
            self._passed = newest
        elif self._doubted is None:
            self._doubted = newest, next_transaction, now
        else:
            number, transaction, since = self._doubted
            if oldest_running >= transaction and now - since >= DOUBT_SECONDS:
                self._passed, self._doubted = number, (newest, next_transaction, now)
        return taken

"""Give every new entry the next leaf of the tree and sign the head."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from marketplace.core import clock
from marketplace.ledger import last_head, notes
from marketplace.ledger.authentication import is_authentic
from marketplace.ledger.lines import SALT_BYTES, commitment_of, leaf_hash_of, line_of
from marketplace.ledger.merkle import Frontier
from marketplace.ledger.models import (
    Checkpoint,
    Entry,
    Head,
    Salts,
    Seal,
    Sealer,
    SigningKey,
    Stray,
)
from marketplace.ledger.selectors import log_origin
from marketplace.ledger.services.keys import current_key, head_bytes, opened
from marketplace.ledger.tiles import store_tiles

BATCH = 5000


def seal_pending(*, limit: int = BATCH) -> int:
    """Seal up to `limit` entries that are committed and have no leaf; answer how many it took up.

    The sealer's row is locked first, so that there is one writer however many try. An entry whose
    code is not that of its line was recorded by no act: it is put aside and never sealed.

    Raises:
        WrongState: the database holds less than was signed before.
    """
    return _take_up(limit=limit, after=0)[0]


@transaction.atomic
def _take_up(*, limit: int, after: int) -> tuple[int, int]:
    """Take up entries behind a row number; answer how many, and the last one's number."""
    Sealer.objects.get_or_create(pk=1)
    Sealer.objects.select_for_update().get(pk=1)
    entries = list(Entry.objects.filter(seal=None, stray=None, pk__gt=after).order_by("id")[:limit])
    if not entries:
        return 0, after
    last_head.require_not_restored()
    # Before anything is judged by the key-encryption key: a wrong one ends here.
    key = current_key()
    private = opened(key)
    known = [(entry, line) for entry in entries if is_authentic(line := line_of(entry), entry.mac)]
    known_ids = {entry.pk for entry, _line in known}
    Stray.objects.bulk_create(Stray(entry=e) for e in entries if e.pk not in known_ids)
    if known:
        _seal(known, key, private)
    return len(entries), entries[-1].pk


def _seal(
    known: Sequence[tuple[Entry, bytes]], key: SigningKey, private: Ed25519PrivateKey
) -> None:
    head = Head.objects.order_by("-tree_size").first()
    frontier = (
        Frontier(head.tree_size, [bytes.fromhex(node) for node in head.frontier])
        if head
        else Frontier()
    )
    before = frontier.size
    salts = os.urandom(SALT_BYTES * len(known))
    seals, leaves = [], []
    for number, (entry, line) in enumerate(known):
        commitment = commitment_of(line, salts[number * SALT_BYTES : (number + 1) * SALT_BYTES])
        leaf = leaf_hash_of(commitment)
        leaves.append(leaf)
        seals.append(
            Seal(
                leaf_index=frontier.size,
                entry=entry,
                leaf_hash=leaf.hex(),
                commitment=commitment,
            )
        )
        frontier.append(leaf)
    Seal.objects.bulk_create(seals)
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


def seal_all() -> int:
    """Seal until nothing is left; answer how many entries were taken up.

    Each look goes on behind the last one, and the end looks from the beginning once more: row
    numbers may commit out of their order.
    """
    total, after = 0, 0
    while True:
        count, last = _take_up(limit=BATCH, after=after)
        if not count and not after:
            return total
        total, after = total + count, last if count else 0

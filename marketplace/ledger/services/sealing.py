"""Give every new entry the next leaf of the tree and sign the head."""

from __future__ import annotations

from django.db import transaction

from marketplace.core import clock
from marketplace.ledger.merkle import Frontier
from marketplace.ledger.models import Entry, Head, Seal, Sealer
from marketplace.ledger.services.keys import current_key, sign_head
from marketplace.ledger.tiles import store_tiles

BATCH = 2000


@transaction.atomic
def seal_pending(*, limit: int = BATCH) -> int:
    """Seal up to `limit` entries that are committed and have no leaf; answer how many.

    The sealer's row is locked first, so that there is one writer however many try.
    """
    Sealer.objects.get_or_create(pk=1)
    Sealer.objects.select_for_update().get(pk=1)
    entries = list(Entry.objects.filter(seal__isnull=True).order_by("id")[:limit])
    if not entries:
        return 0
    head = Head.objects.order_by("-tree_size").first()
    frontier = (
        Frontier(head.tree_size, [bytes.fromhex(node) for node in head.frontier])
        if head
        else Frontier()
    )
    seals = []
    for entry in entries:
        seals.append(Seal(leaf_index=frontier.size, entry=entry, leaf_hash=entry.digest))
        frontier.append(bytes.fromhex(entry.digest))
    Seal.objects.bulk_create(seals)
    store_tiles(frontier.size - len(seals), [bytes.fromhex(entry.digest) for entry in entries])
    key = current_key()
    sealed_at = clock.now()
    root_hash = frontier.root().hex()
    Head.objects.create(
        tree_size=frontier.size,
        root_hash=root_hash,
        frontier=[node.hex() for node in frontier.nodes],
        sealed_at=sealed_at,
        key=key,
        signature=sign_head(key, frontier.size, root_hash, sealed_at),
    )
    return len(seals)


def seal_all() -> int:
    """Seal until nothing is left; answer how many were sealed."""
    total = 0
    while sealed := seal_pending():
        total += sealed
    return total

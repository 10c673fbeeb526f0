"""Write the leaves of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from marketplace.ledger.models import Seal

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

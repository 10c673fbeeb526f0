"""Ways to tamper with a sealed ledger as somebody with the database's own rights can."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

from django.db import connection

from marketplace.ledger.models import Entry, Head, Seal
from tests.ledger.test_sealing import superuser

ALTERATIONS = {
    "kind": "'x' || kind",
    "subject": "'x' || subject",
    "door": "'task'",
    "payload": "'{\"altered\": true}'",
    "about": "'[\"dataset:altered\"]'",
    "organization_id": "NULL",
    "digest": "'00' || substr(digest, 3)",
}
COLUMNS = (
    "kind, subject, about, person_id, organization_id, door, happened_at, payload, digest, mac"
)

Tampering = Callable[[random.Random], None]


def change_entry(chance: random.Random) -> None:
    """Write another value into one column of a sealed entry."""
    column = chance.choice(sorted(ALTERATIONS))
    entry = chance.choice(list(Entry.objects.exclude(organization_id=None).exclude(seal=None)))
    superuser(f"UPDATE ledger_entry SET {column} = {ALTERATIONS[column]} WHERE id = %s", entry.pk)


def change_seal(chance: random.Random) -> None:
    """Let a leaf be another one."""
    column, value = chance.choice(
        [("leaf_hash", "11" * 32), ("commitment", "22" * 32), ("commitment", None)]
    )
    leaf = _leaf(chance)
    told = "NULL" if value is None else f"'{value}'"
    superuser(f"UPDATE ledger_seal SET {column} = {told} WHERE leaf_index = %s", leaf)


def delete_entry(chance: random.Random) -> None:
    """Take an entry out with its seal, and move those behind it up."""
    moves_up = chance.random() < 0.5
    leaf = Seal.objects.count() - chance.randrange(1, 9) if moves_up else _leaf(chance)
    entry = Seal.objects.get(leaf_index=leaf).entry_id
    superuser("DELETE FROM ledger_mention WHERE entry_id = %s", entry)
    superuser("DELETE FROM ledger_seal WHERE leaf_index = %s", leaf)
    superuser("DELETE FROM ledger_entry WHERE id = %s", entry)
    if moves_up:
        for later in Seal.objects.filter(leaf_index__gt=leaf).order_by("leaf_index"):
            superuser(
                "UPDATE ledger_seal SET leaf_index = leaf_index - 1 WHERE leaf_index = %s",
                later.leaf_index,
            )


def insert_entry(chance: random.Random) -> None:
    """Put in a copy of an entry with a name of its own, sealed by hand or left to the sealer."""
    origin = chance.choice(list(Entry.objects.exclude(seal=None)))
    reference = f"{chance.getrandbits(64):016x}" * 2
    if connection.vendor == "postgresql":
        reference = str(UUID(reference))
    superuser(
        f"INSERT INTO ledger_entry (reference, {COLUMNS}) "
        f"SELECT '{reference}', {COLUMNS} FROM ledger_entry WHERE id = %s",
        origin.pk,
    )
    if chance.random() < 0.5:
        newest = Entry.objects.latest("id")
        size = Seal.objects.latest("leaf_index").leaf_index + 1
        superuser(
            "INSERT INTO ledger_seal (leaf_index, entry_id, leaf_hash, commitment) "
            f"SELECT {size}, {newest.pk}, leaf_hash, commitment FROM ledger_seal "
            "WHERE entry_id = %s",
            origin.pk,
        )


def reorder_entries(chance: random.Random) -> None:
    """Let two entries change places."""
    first, second = chance.sample(list(Seal.objects.values_list("leaf_index", "entry_id")), 2)
    superuser("UPDATE ledger_seal SET leaf_index = -1 WHERE leaf_index = %s", first[0])
    superuser(f"UPDATE ledger_seal SET leaf_index = {first[0]} WHERE leaf_index = %s", second[0])
    superuser(f"UPDATE ledger_seal SET leaf_index = {second[0]} WHERE leaf_index = %s", -1)


def truncate(chance: random.Random) -> None:
    """Take the newest leaves away, heads and tiles and all: what is left is whole in itself."""
    roll_back(chance)
    if chance.random() < 0.5:
        size = Seal.objects.count()
        for table, column in [("mention", "entry_id"), ("entry", "id")]:
            sealed = "SELECT entry_id FROM ledger_seal"
            superuser(f"DELETE FROM ledger_{table} WHERE {column} NOT IN ({sealed})")
        assert Entry.objects.count() == size


def roll_back(chance: random.Random) -> None:
    """Put the sealing back to an earlier head, as restoring an old copy does."""
    sizes = list(Head.objects.order_by("tree_size").values_list("tree_size", flat=True))
    size = chance.choice(sizes[:-1])
    superuser("DELETE FROM ledger_checkpoint WHERE head_id > %s", size)
    superuser("DELETE FROM ledger_head WHERE tree_size > %s", size)
    superuser("DELETE FROM ledger_salts WHERE first_leaf >= %s", size)
    superuser("DELETE FROM ledger_tile WHERE (position + 1) * 256 > %s", size)
    superuser("DELETE FROM ledger_seal WHERE leaf_index >= %s", size)


def change_head(chance: random.Random) -> None:
    """Write something else into a head or its checkpoint."""
    size = chance.choice(list(Head.objects.values_list("tree_size", flat=True)))
    table, column, key = chance.choice(
        [
            ("head", "root_hash", "tree_size"),
            ("head", "signature", "tree_size"),
            ("checkpoint", "note", "head_id"),
        ]
    )
    superuser(
        f"UPDATE ledger_{table} SET {column} = '00' || substr({column}, 3) WHERE {key} = %s", size
    )


def _leaf(chance: random.Random) -> int:
    return chance.choice(list(Seal.objects.values_list("leaf_index", flat=True)))


WAYS: tuple[Tampering, ...] = (
    change_entry,
    change_seal,
    delete_entry,
    insert_entry,
    reorder_entries,
    truncate,
    roll_back,
    change_head,
)

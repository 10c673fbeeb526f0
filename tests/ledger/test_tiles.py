"""The stored subtrees: what they answer, how few rows they cost, and that they are checked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger import merkle
from marketplace.ledger.models import Entry, Head, Seal, Tile
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all, seal_pending
from marketplace.ledger.services.verification import check_part, verify_ledger
from marketplace.ledger.tiles import TreeReader, store_tiles
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM, Happened, superuser


def leaf(number: int) -> bytes:
    """Return the hash of an invented leaf."""
    return merkle.leaf_hash(str(number).encode())


@pytest.fixture
def many(db: None, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return 66,000 invented leaves that are stored as tiles: 257 full ones and one above them."""
    leaves = [leaf(number) for number in range(66_000)]
    store_tiles(0, leaves[:65_900])
    return leaves


def test_tiles_answer_every_subtree(many: list[bytes]) -> None:
    """Of each height, in the middle and at the edge."""
    reader = TreeReader()
    assert Tile.objects.count() == 258
    for first, end in [(0, 1), (511, 512), (0, 256), (128, 192), (0, 65_536), (65_536, 65_792)]:
        assert reader.subtree(first, end) == merkle.root(many[first:end])
    with pytest.raises(LookupError):
        reader.subtree(0, 131_072)
    with pytest.raises(LookupError):
        reader.subtree(65_792, 65_793)


def test_a_proof_reads_few_rows(many: list[bytes]) -> None:
    """Two levels of tiles: at most a full one and a partial one each."""
    size = 65_792
    root = merkle.root(many[:size])
    with CaptureQueriesContext(connection) as queries:
        proof = merkle.inclusion_proof(40_000, size, TreeReader().subtree)
    assert merkle.root_from_inclusion(many[40_000], 40_000, size, proof) == root
    assert len(queries) <= 8
    with CaptureQueriesContext(connection) as queries:
        proof = merkle.consistency_proof(40_001, size, TreeReader().subtree)
    assert merkle.is_consistent(40_001, size, merkle.root(many[:40_001]), root, proof)
    assert len(queries) <= 8


@pytest.mark.parametrize("size", [65_792, 65_791, 65_537, 65_536, 40_001, 512, 256])
def test_a_proof_that_looks_ahead_reads_less(many: list[bytes], size: int) -> None:
    """Three queries at most, for every size of the head and every place."""
    Entry.objects.bulk_create(
        Entry(kind="tests.invented", subject="thing:1", door="page") for _leaf in range(256)
    )
    newest = Entry.objects.order_by("id").values_list("id", flat=True)
    first = size // 256 * 256
    Seal.objects.bulk_create(
        Seal(leaf_index=index, entry_id=entry, leaf_hash=many[index].hex())
        for index, entry in zip(range(first, size), list(newest)[-256:], strict=False)
    )
    root = merkle.root(many[:size])
    for index in {0, size // 3, size // 2, size - 2, size - 1}:
        with CaptureQueriesContext(connection) as queries:
            reader = TreeReader()
            reader.look_ahead(index, size)
            proof = merkle.inclusion_proof(index, size, reader.subtree)
        assert merkle.root_from_inclusion(many[index], index, size, proof) == root
        assert len(queries) <= 3
        reader = TreeReader()
        reader.look_ahead(index, size)
        if 0 < index:
            proof = merkle.consistency_proof(index, size, reader.subtree)
            assert merkle.is_consistent(index, size, merkle.root(many[:index]), root, proof)


def test_the_sealer_stores_tiles(world: World) -> None:
    """In batches of any size; and a part of the check finds none wrong."""
    for number in range(600):
        record(Happened(subject="thing:1", number=number), by=SYSTEM)
    while seal_pending(limit=97):
        pass
    head = Head.objects.latest("tree_size")
    assert head.tree_size > 600
    assert Tile.objects.count() == head.tree_size // 256
    leaves = [bytes.fromhex(seal) for seal in Seal.objects.values_list("leaf_hash", flat=True)]
    reader = TreeReader()
    for index in (0, 255, 256, 513, head.tree_size - 1):
        proof = merkle.inclusion_proof(index, head.tree_size, reader.subtree)
        found = merkle.root_from_inclusion(leaves[index], index, head.tree_size, proof)
        assert found is not None
        assert found.hex() == head.root_hash
    assert verify_ledger().faults == ()
    assert check_part(97).faults == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_tile SET position = 7 WHERE position = %s",
        "UPDATE ledger_tile SET hashes = root WHERE position = %s",
        "UPDATE ledger_tile SET root = hashes WHERE position = %s",
        "DELETE FROM ledger_tile WHERE position = %s",
        "INSERT INTO ledger_tile (level, position, hashes, root) "
        "SELECT 1, position, hashes, root FROM ledger_tile WHERE position = %s",
    ],
)
def test_an_altered_tile_is_named(world: World, sql: str) -> None:
    """One that was changed, moved, taken away or added."""
    for number in range(300):
        record(Happened(subject="thing:1", number=number), by=SYSTEM)
    seal_all()
    superuser(sql, 0)
    faults = verify_ledger().faults
    assert faults
    assert all(fault.startswith("Tile ") for fault in faults)


def rows() -> list[Any]:
    """Return what the tiles hold."""
    found = Tile.objects.values_list("level", "position", "hashes", "root")
    return [
        (level, position, bytes(hashes), bytes(root)) for level, position, hashes, root in found
    ]

"""The files of the log, read as a stranger reads them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client

from marketplace.ledger import merkle, notes
from marketplace.ledger.models import Entry, Head, Seal
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all, seal_pending
from tests.conftest import PageClients
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM, Happened, superuser


@pytest.fixture
def log(world: World) -> Head:
    """Return the newest head of more than two tiles, sealed in batches."""
    for number in range(520):
        record(Happened(subject="thing:1", number=number), by=SYSTEM)
    while seal_pending(limit=200):
        pass
    return Head.objects.latest("tree_size")


def got(path: str, status: int = 200, **headers: Any) -> Any:
    """Fetch a file of the log."""
    answer = Client().get(f"/log/{path}", **headers)
    assert answer.status_code == status, path
    return answer


def test_the_checkpoint_is_signed(log: Head) -> None:
    """By the centre's key, under the origin."""
    answer = got("checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    note = notes.parse_note(answer.content.decode())
    tree = notes.parse_tree(note.text)
    assert (tree.size, tree.root.hex()) == (log.tree_size, log.root_hash)
    verifier = notes.Verifier(tree.origin, bytes.fromhex(log.key.public_key))
    assert verifier.has_signed(note)
    assert notes.Verifier.parse(str(verifier)) == verifier
    again = got("checkpoint", 304, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.content == b""
    assert got(f"checkpoint/{log.tree_size}").content == answer.content
    got("checkpoint/1", 404)


def test_the_tree_is_built_from_tiles_alone(log: Head) -> None:
    """Leaves and hashes of whole and partial tiles come to the signed root."""
    full, rest = divmod(log.tree_size, 256)
    places = [f"{position:03d}" for position in range(full)] + [f"{full:03d}.p/{rest}"]
    hashes = b"".join(got(f"tile/0/{place}").content for place in places)
    leaves = [hashes[at : at + 32] for at in range(0, len(hashes), 32)]
    assert merkle.root(leaves).hex() == log.root_hash
    above = got(f"tile/1/000.p/{full}").content
    assert above[:32] == merkle.root(leaves[:256])
    assert "immutable" in got("tile/0/000")["Cache-Control"]
    bundled: list[bytes] = []
    for place in places:
        data = got(f"tile/entries/{place}").content
        while data:
            length = int.from_bytes(data[:2], "big")
            bundled.append(data[2 : 2 + length])
            data = data[2 + length :]
    assert [merkle.leaf_hash(leaf) for leaf in bundled] == leaves


def test_the_leaves_tell_nothing(log: Head) -> None:
    """But their commitments: no subject, kind, person or organization."""
    data = got("tile/entries/000").content
    assert data.count(b'{"commitment":"') == 256
    for entry in Entry.objects.all()[:256]:
        for told in (entry.kind, entry.subject, str(entry.reference), str(entry.organization_id)):
            assert told.encode() not in data


ELSEWHERE = ["003", "002.p/255", "002.p/0", "002.p/256", "x000/000", "0", "1000", "000.p/01"]


def test_there_is_no_other_tile(log: Head) -> None:
    """Beyond the signed size, or spelled otherwise."""
    for place in ELSEWHERE:
        got(f"tile/0/{place}", 404)
        got(f"tile/entries/{place}", 404)
    got("tile/1/000", 404)
    got("tile/64/000", 404)


def test_leaves_from_before_salts_are_not_bundled(log: Head) -> None:
    """They would be the lines themselves."""
    superuser("UPDATE ledger_seal SET commitment = NULL WHERE leaf_index = %s", 7)
    got("tile/entries/000", 404)
    got("tile/entries/001")
    got("tile/0/000")


def test_any_two_checkpoints_are_consistent(log: Head) -> None:
    """Shown by the API."""
    sizes = list(Head.objects.values_list("tree_size", flat=True))
    assert len(sizes) > 2
    for first in sizes:
        for size in sizes:
            answer = Client().get(f"/api/v1/ledger/consistency/{first}/{size}/")
            assert answer.status_code == (200 if first <= size else 409)
            if first > size:
                continue
            found = answer.json()
            first_root, root = bytes.fromhex(found["first_root"]), bytes.fromhex(found["root_hash"])
            proof = [bytes.fromhex(node) for node in found["hashes"]]
            assert merkle.is_consistent(first, size, first_root, root, proof)


@pytest.mark.parametrize(
    ("person", "opened"), [("", False), ("stranger", False), ("officer", True)]
)
def test_a_receipt_proves_an_entry(
    world: World, page_of: PageClients, person: str, opened: bool
) -> None:
    """And says what the leaf commits to, to whom the entry concerns."""
    entry = Entry.objects.filter(organization_id=world.organization("officer").pk).latest("id")
    path = f"/ledger/entries/{entry.reference}.tlog-proof"
    assert page_of(person).get(path).status_code == 409
    seal_all()
    answer = page_of(person).get(path)
    assert "private" in answer["Cache-Control"]
    text = answer.content.decode()
    head, note = text.split("\n\n", 1)
    first, extra, index, *hashes = head.split("\n")
    told = json.loads(base64.b64decode(extra.removeprefix("extra ")))
    assert first == "c2sp.org/tlog-proof@v1"
    assert set(told) == ({"line", "salt"} if opened else {"commitment"})
    tree = notes.parse_tree(notes.parse_note(note).text)
    seal = Seal.objects.get(entry=entry)
    root = merkle.root_from_inclusion(
        bytes.fromhex(seal.leaf_hash),
        int(index.removeprefix("index ")),
        tree.size,
        [base64.b64decode(node) for node in hashes],
    )
    assert root == tree.root

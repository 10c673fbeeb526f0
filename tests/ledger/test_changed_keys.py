"""A witness goes on with a log whose key was changed, by the log's own note or by a decision."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import Client

from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger import notes
from marketplace.ledger.models import Entry, Head, WitnessCheck, WitnessedLog
from marketplace.ledger.services.witnessing import (
    accept_log_key,
    keep_refused_look,
    witness_verifier,
)
from tests.given.world import World
from tests.ledger import signed_files as files
from tests.ledger.serving import serving
from tests.ledger.test_sealing import SYSTEM
from tests.ledger.test_verifying import fetched, grown, key_text

KEYS = "ledger.log_key_accepted"


def copied(folder: Path) -> str:
    """Copy this centre's log as static files, as another centre's would lie; answer its key."""
    (folder / "checkpoint").write_bytes(fetched("checkpoint"))
    (folder / "keys").write_bytes(fetched("keys"))
    size = Head.objects.latest("tree_size").tree_size
    tile = folder / "tile" / "0" / "000.p" / str(size)
    tile.parent.mkdir(parents=True, exist_ok=True)
    tile.write_bytes(fetched(f"tile/0/000.p/{size}"))
    return key_text()


def commanded(folder: Path, name: str, *more: str) -> str:
    """Call a command on the address of the log; answer what it says."""
    said = StringIO()
    with serving(folder) as address:
        call_command(name, address, *more, stdout=said)
    return said.getvalue()


@pytest.fixture
def rotated(world: World, tmp_path: Path) -> tuple[str, str]:
    """Witness a real log, and let its key be changed; answer the old key and the new one."""
    grown(3)
    old = copied(tmp_path)
    commanded(tmp_path, "witness_log", "--key", old)
    call_command("ledger_keys", "rotate", stdout=StringIO())
    grown(3)
    new = copied(tmp_path)
    assert new != old
    return old, new


def test_a_changed_key_is_refused_until_it_is_accepted(
    rotated: tuple[str, str], tmp_path: Path
) -> None:
    """Then the log is cosigned on, from all that was seen before."""
    old, new = rotated
    before = WitnessedLog.objects.get()
    for key in (old, new):
        with pytest.raises(CommandError):
            commanded(tmp_path, "witness_log", "--key", key)
    assert WitnessedLog.objects.get().note == before.note
    said = commanded(tmp_path, "accept_log_key", "--old", old, "--new", new)
    assert new in said
    note = commanded(tmp_path, "witness_log", "--key", new)
    assert witness_verifier().has_signed(notes.parse_note(note))
    seen = WitnessedLog.objects.get()
    assert (seen.verifier_key, seen.size > before.size) == (new, True)
    entry = Entry.objects.get(kind=KEYS)
    assert entry.payload == {
        "origin": seen.origin,
        "old_key": old,
        "new_key": new,
        "is_proved": True,
    }
    results = list(WitnessCheck.objects.order_by("created_at").values_list("result", flat=True))
    assert results == ["cosigned", "refused", "other-key", "cosigned"]
    shown = Client().get("/api/v1/ledger/witnessing/").json()["results"]
    assert [row["result"] for row in shown] == results[::-1]
    page = Client().get("/ledger/audits/").content.decode()
    assert "signed by another key" in page
    assert new in page


def test_accepting_again_changes_nothing(rotated: tuple[str, str], tmp_path: Path) -> None:
    """And the way back is refused: no note leads there."""
    old, new = rotated
    for _again in range(2):
        commanded(tmp_path, "accept_log_key", "--old", old, "--new", new)
    assert Entry.objects.filter(kind=KEYS).count() == 1
    with pytest.raises(CommandError, match="No signed note"):
        commanded(tmp_path, "accept_log_key", "--old", new, "--new", old)
    with pytest.raises(CommandError, match="another key than the old one"):
        commanded(tmp_path, "accept_log_key", "--old", old, "--new", stranger())
    assert WitnessedLog.objects.get().verifier_key == new


def stranger() -> str:
    """Return a key under the name of this centre's log that nobody has."""
    name = WitnessedLog.objects.get().origin
    private = Ed25519PrivateKey.generate()
    return str(notes.Verifier(name, private.public_key().public_bytes_raw()))


def altered(keys: dict[str, Any], how: str) -> dict[str, Any]:
    """Spoil what the log gives under `keys`."""
    (note,) = keys["handovers"]
    spoiled = {
        "none": [],
        "cut": [note[:-2]],
        "other": [note.replace("key handover", "key_handover")],
        "no text": [3],
    }
    return {**keys, "handovers": spoiled[how]}


@pytest.mark.parametrize("how", ["none", "cut", "other", "no text"])
def test_without_a_right_note_an_operator_decides(
    rotated: tuple[str, str], tmp_path: Path, how: str
) -> None:
    """The command refuses, unless it is told to go on without; the ledger says which it was."""
    old, new = rotated
    given = altered(json.loads(fetched("keys")), how)
    (tmp_path / "keys").write_text(json.dumps(given))
    with pytest.raises(CommandError, match="No signed note leads"):
        commanded(tmp_path, "accept_log_key", "--old", old, "--new", new)
    assert not Entry.objects.filter(kind=KEYS).exists()
    asked = ["accept_log_key", "--old", old, "--new", new]
    call_command(*asked, "--without-handover", stdout=StringIO())
    assert Entry.objects.get(kind=KEYS).payload["is_proved"] is False
    commanded(tmp_path, "witness_log", "--key", new)


def test_a_new_key_makes_no_fork_right(rotated: tuple[str, str], tmp_path: Path) -> None:
    """What was seen under the old key binds the log under the new one."""
    old, new = rotated
    WitnessedLog.objects.update(root_hash="0" * 64)
    commanded(tmp_path, "accept_log_key", "--old", old, "--new", new)
    with pytest.raises(CommandError, match="FORK"):
        commanded(tmp_path, "witness_log", "--key", new)
    assert WitnessCheck.objects.filter(result="fork").count() == 1


def test_the_command_asks_for_one_way(rotated: tuple[str, str], tmp_path: Path) -> None:
    """The log's notes or a decision, never both and never neither; a log that answers."""
    old, new = rotated
    asked = ["--old", old, "--new", new]
    with pytest.raises(CommandError, match="by --without-handover"):
        call_command("accept_log_key", *asked)
    with pytest.raises(CommandError, match="by --without-handover"):
        commanded(tmp_path, "accept_log_key", *asked, "--without-handover")
    with pytest.raises(CommandError, match="verifier key"):
        commanded(tmp_path, "accept_log_key", "--old", "x+y+AAAA", "--new", new)
    (tmp_path / "keys").unlink()
    with pytest.raises(CommandError, match="could not be asked"):
        commanded(tmp_path, "accept_log_key", *asked)
    assert WitnessedLog.objects.get().verifier_key == old


def test_only_an_operator_decides(world: World) -> None:
    """About a log that was seen, and keys of that log."""
    key, other = files.log_key(), notes.Verifier("another.example/log", bytes(32))
    with pytest.raises(NotFound):
        accept_log_key(key.name, old=key, new=key, handovers=None, by=SYSTEM)
    WitnessedLog.objects.create(
        origin=key.name, verifier_key=str(key), size=1, root_hash="0" * 64, note=""
    )
    with pytest.raises(Invalid):
        accept_log_key(key.name, old=key, new=other, handovers=None, by=SYSTEM)
    with pytest.raises(WrongState):
        accept_log_key(
            key.name,
            old=notes.Verifier(key.name, bytes(32)),
            new=notes.Verifier(key.name, bytes(31) + b"1"),
            handovers=None,
            by=SYSTEM,
        )
    administrator = world.actor("administrator")
    with pytest.raises(NotAllowed):
        accept_log_key(key.name, old=key, new=key, handovers=None, by=administrator)
    with pytest.raises(NotAllowed):
        keep_refused_look(key.name, tree_size=None, code="", by=administrator)


def test_a_log_that_does_not_answer_is_kept_too(world: World, tmp_path: Path) -> None:
    """A look in vain is a look."""
    with pytest.raises(CommandError, match="could not be asked"):
        commanded(tmp_path, "witness_log", "--key", str(files.log_key()))
    check = WitnessCheck.objects.get()
    assert (check.origin, check.tree_size, check.result) == (files.ORIGIN, None, "refused")

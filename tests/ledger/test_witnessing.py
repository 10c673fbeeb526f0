"""A witness cosigns what goes on, refuses a fork, and two of them find a split view."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from marketplace.core.errors import Invalid, NotAllowed, NotFound
from marketplace.ledger import notes
from marketplace.ledger.models import Cosignature, Entry, Head, WitnessedLog
from marketplace.ledger.selectors import log_origin
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.services.verification import verify_ledger
from marketplace.ledger.services.witnessing import (
    add_cosignature,
    cosign_checkpoint,
    witness_verifier,
)
from marketplace.ledger.verifier import verify
from tests.given.world import World
from tests.ledger import signed_files as files
from tests.ledger.serving import serving
from tests.ledger.test_sealing import SYSTEM

LEAVES = [files.leaf(number) for number in range(40)]
FORKED = [*LEAVES[:11], files.leaf(999), *LEAVES[12:]]


def witnessed(folder: Path, leaves: list[bytes], *more: str) -> str:
    """Let this centre witness a log that shows these leaves; answer what it says."""
    files.write_log(folder, leaves)
    said = StringIO()
    with serving(folder) as address:
        call_command("witness_log", address, "--key", str(files.log_key()), *more, stdout=said)
    return said.getvalue()


def kinds() -> list[str]:
    """Return what was recorded of witnessing."""
    return list(
        Entry.objects.filter(subject="ledger:witness").order_by("id").values_list("kind", flat=True)
    )


def test_what_goes_on_is_cosigned(world: World, tmp_path: Path) -> None:
    """And others can check the cosignature; the same tree again is no news."""
    assert notes.Verifier.parse(said_key()) == witness_verifier()
    for size in (3, 3, 4, 17, 32, 40):
        note = witnessed(tmp_path, LEAVES[:size])
        assert witness_verifier().has_signed(notes.parse_note(note))
        trust = verify.Trust.parse(
            json.dumps(
                {
                    "logs": [str(files.log_key())],
                    "witnesses": [said_key()],
                    "witnesses_needed": 1,
                }
            ).encode()
        )
        assert verify.check_checkpoint(note.encode(), trust=trust).code == verify.VERIFIED
    assert WitnessedLog.objects.get().size == 40
    assert kinds() == 5 * ["ledger.checkpoint_cosigned"]


def said_key() -> str:
    """Ask the command for the witness's own key."""
    said = StringIO()
    call_command("witness_log", stdout=said)
    return said.getvalue().strip()


@pytest.mark.parametrize("size", [20, 21, 32, 40])
def test_a_fork_is_refused(world: World, tmp_path: Path, size: int) -> None:
    """Of the same size or a later one; it is recorded, and never cosigned."""
    witnessed(tmp_path, LEAVES[:20])
    with pytest.raises(CommandError, match="FORK"):
        witnessed(tmp_path, FORKED[:size])
    assert WitnessedLog.objects.get().size == 20
    assert kinds() == ["ledger.checkpoint_cosigned", "ledger.fork_found"]
    assert "cosignature" not in witnessed(tmp_path, LEAVES[:21])


def test_a_log_does_not_shrink(world: World, tmp_path: Path) -> None:
    """Nor change its key unasked."""
    witnessed(tmp_path, LEAVES[:20])
    with pytest.raises(CommandError, match="older copy"):
        witnessed(tmp_path, LEAVES[:19])
    WitnessedLog.objects.update(verifier_key="another")
    with pytest.raises(CommandError, match="another key"):
        witnessed(tmp_path, LEAVES[:21])


@pytest.mark.parametrize(("ours", "theirs"), [(20, 20), (30, 20), (20, 30)])
def test_two_witnesses_find_a_split_view(
    world: World, tmp_path: Path, ours: int, theirs: int
) -> None:
    """Each alone sees a log that goes on; side by side their checkpoints are a fork."""
    with transaction.atomic():
        other = tmp_path / "other"
        other.write_text(witnessed(tmp_path, FORKED[:theirs]))
        transaction.set_rollback(True)
    witnessed(tmp_path, LEAVES[:ours])
    with pytest.raises(CommandError, match="FORK"):
        witnessed(tmp_path, LEAVES[:ours], "--compare", str(other))
    assert "ledger.fork_found" in kinds()


def test_two_witnesses_of_one_view_agree(world: World, tmp_path: Path) -> None:
    """Whichever saw it earlier."""
    with transaction.atomic():
        other = tmp_path / "other"
        other.write_text(witnessed(tmp_path, LEAVES[:20]))
        transaction.set_rollback(True)
    witnessed(tmp_path, LEAVES[:30])
    witnessed(tmp_path, LEAVES[:30], "--compare", str(other))
    assert kinds() == ["ledger.checkpoint_cosigned"]


def test_only_what_the_log_signed_is_looked_at(world: World) -> None:
    """By an operator alone."""
    note = files.checkpoint(LEAVES, cosigned=False).decode()
    stranger = notes.Verifier(files.ORIGIN, bytes(32))
    with pytest.raises(Invalid, match="has not signed"):
        cosign_checkpoint(note, log_key=stranger, proof=[], by=SYSTEM)
    with pytest.raises(Invalid):
        cosign_checkpoint(note[:-9], log_key=files.log_key(), proof=[], by=SYSTEM)
    administrator = world.actor("administrator")
    with pytest.raises(NotAllowed):
        cosign_checkpoint(note, log_key=files.log_key(), proof=[], by=administrator)


def test_a_wrong_line_beside_a_right_one_is_not_overlooked() -> None:
    """Each line under the log's own name and key has to be right, whichever comes first."""
    text, _, line = files.checkpoint(LEAVES, cosigned=False).decode().rpartition("\n\n")
    other = files.checkpoint(LEAVES[:9], cosigned=False).decode().rpartition("\n\n")[2]
    assert files.log_key().has_signed(notes.parse_note(f"{text}\n\n{line}"))
    for lines in (line + other, other + line, other):
        assert not files.log_key().has_signed(notes.parse_note(f"{text}\n\n{lines}"))


def test_a_cosignature_is_published(world: World, tmp_path: Path) -> None:
    """With the checkpoint that it is of, once, and the verifier counts it."""
    seal_all()
    text = notes.parse_note(Client().get("/log/checkpoint").content.decode()).text
    note = f"{text}\n" + notes.cosign(text, name=files.WITNESS_NAME, key=files.WITNESS, seconds=9)
    cosigned, key = tmp_path / "cosigned", files.log_key(notes.COSIGNATURE)
    cosigned.write_text(note)
    for _again in range(2):
        call_command("add_cosignature", cosigned, "--key", str(key), stdout=StringIO())
    assert Cosignature.objects.count() == 1
    published = Client().get("/log/checkpoint").content
    public = bytes.fromhex(Head.objects.latest("tree_size").key.public_key)
    trust = verify.Trust(
        logs=(verify.NoteKey.parse(str(notes.Verifier(log_origin(), public))),),
        witnesses=(verify.NoteKey.parse(str(key)),),
        witnesses_needed=1,
    )
    assert verify.check_checkpoint(published, trust=trust).code == verify.VERIFIED
    assert verify_ledger().faults == ()
    foreign = files.checkpoint(LEAVES).decode()
    with pytest.raises(NotFound):
        add_cosignature(foreign, witness_key=key, by=SYSTEM)
    with pytest.raises(Invalid):
        add_cosignature(
            published.decode(), witness_key=notes.Verifier("w", bytes(32), 4), by=SYSTEM
        )

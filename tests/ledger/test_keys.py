"""The key that signs the log is changed: the old checkpoints hold, and the change is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry, SigningKey
from marketplace.ledger.services.keys import rotate_log_key
from marketplace.ledger.services.verification import verify_ledger
from marketplace.ledger.verifier import verify
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM
from tests.ledger.test_verifying import fetched, grown, key_text, trust


def test_a_changed_key_is_followed(world: World, tmp_path: Path) -> None:
    """By whoever believes the old one, from its own note; the log tells of it."""
    before = grown(3)
    believed, old = trust(), key_text()
    call_command("ledger_keys", "rotate", "--dry-run")
    assert SigningKey.objects.count() == 1
    call_command("ledger_keys", "rotate")
    after = grown(3)
    assert key_text() != old
    assert verify.check_file(before, trust=believed).code == verify.VERIFIED
    with pytest.raises(verify.Refused, match="do not trust"):
        verify.check_file(after, trust=believed)
    found = verify.check_log(fetched, before, trust=believed)
    assert found.code == verify.VERIFIED
    assert any(key_text() in line for line in found.lines)
    kinds = Entry.objects.filter(kind__startswith="ledger.log_key").order_by("id")
    assert [entry.kind.rpartition("_")[2] for entry in kinds] == ["created", "retired", "created"]
    assert verify_ledger().faults == ()
    paths = {name: tmp_path / name for name in ("keys", "trust", "checkpoint")}
    paths["keys"].write_bytes(fetched("keys"))
    paths["trust"].write_text(json.dumps({"logs": [old]}))
    paths["checkpoint"].write_bytes(after)
    asked = [str(paths["checkpoint"]), "--trust", str(paths["trust"])]
    assert verify.main(asked) == verify.REFUSED
    assert verify.main([*asked, "--keys", str(paths["keys"])]) == verify.VERIFIED


def test_several_changes_are_a_chain(world: World) -> None:
    """Each key is named by the one before; whoever believes another log's key learns nothing."""
    before, believed = grown(1), trust()
    for _change in range(3):
        rotate_log_key(by=SYSTEM)
    grown(1)
    assert verify.check_log(fetched, before, trust=believed).code == verify.VERIFIED
    keys = json.loads(fetched("keys"))
    assert len(keys["keys"]) == 4
    assert keys["keys"][-1] == key_text()
    stranger = verify.Trust.parse(json.dumps({"logs": [keys["keys"][1]]}).encode())
    with pytest.raises(verify.Refused, match="do not trust"):
        verify.check_log(fetched, before, trust=stranger)


def test_an_altered_handover_is_refused(world: World) -> None:
    """Any byte of it, and one by another key."""
    grown(1)
    believed = trust()
    rotate_log_key(by=SYSTEM)
    given = json.loads(fetched("keys"))
    (note,) = given["handovers"]
    for place in range(len(note)):
        altered = note[:place] + chr(ord(note[place]) ^ 1) + note[place + 1 :]
        data = json.dumps({**given, "handovers": [altered]}).encode()
        try:
            followed = verify.follow_handovers(data, believed, verify.Outcome())
        except verify.Refused:
            continue
        assert followed == believed, altered


def test_only_an_operator_changes_it(world: World) -> None:
    """By a command."""
    with pytest.raises(NotAllowed):
        rotate_log_key(by=world.actor("administrator"))
    assert Client().get("/log/keys").json()["handovers"] == []

"""Entries that no act recorded, databases restored to an older state, salts that are erased."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from marketplace.core.errors import NotAllowed, NotFound, WrongState
from marketplace.ledger import last_head
from marketplace.ledger.lines import salt_of
from marketplace.ledger.models import Checkpoint, Entry, Head, Salts, Seal, Stray
from marketplace.ledger.selectors import unsealed_count
from marketplace.ledger.services.keys import accept_ledger_state, erase_salt
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all, seal_pending
from marketplace.ledger.services.verification import verify_ledger
from tests.conftest import ApiClients
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM, Happened, superuser

COLUMNS = "kind, subject, about, person_id, organization_id, door, happened_at, payload, digest"


@pytest.mark.parametrize("code", ["NULL", "mac", "digest"])
def test_a_row_inserted_by_sql_is_never_sealed(world: World, code: str) -> None:
    """Without a code, with another entry's, with an invented one: put aside and reported."""
    real = record(Happened(subject="thing:1"), by=SYSTEM)
    fresh = "12345678-0000-4000-8000-000000000001"
    reference = fresh if connection.vendor == "postgresql" else fresh.replace("-", "")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_entry (reference, mac, {COLUMNS}) "
            f"SELECT '{reference}', {code}, {COLUMNS} FROM ledger_entry WHERE id = %s",
            [real.pk],
        )
    forged = Entry.objects.get(reference=fresh)
    assert any(f"Entry {forged.pk} " in fault for fault in verify_ledger().faults)
    seal_all()
    assert seal_pending() == 0
    assert Seal.objects.filter(entry=real).exists()
    assert not Seal.objects.filter(entry=forged).exists()
    assert list(Stray.objects.values_list("entry_id", flat=True)) == [forged.pk]
    assert unsealed_count() == 0
    (fault,) = verify_ledger().faults
    assert fault.startswith(f"Entry {forged.pk} (")
    assert "by no act" in fault


def test_an_entry_altered_before_sealing_is_put_aside(world: World) -> None:
    """Its code no longer fits its line, even where the digest was made to."""
    entry = record(Happened(subject="thing:1"), by=SYSTEM)
    superuser("UPDATE ledger_entry SET subject = 'thing:2' WHERE id = %s", entry.pk)
    seal_all()
    assert Stray.objects.filter(entry=entry).exists()


def test_a_wrong_key_judges_nobody(world: World) -> None:
    """Sealing stops before any entry is put aside for it."""
    seal_all()
    record(Happened(subject="thing:1"), by=SYSTEM)
    with (
        override_settings(KEY_ENCRYPTION_KEY="A" * 43 + "="),
        pytest.raises(Exception, match="open"),
    ):
        seal_all()
    assert not Stray.objects.exists()
    assert seal_all() == 1


@pytest.fixture
def restored(world: World, django_capture_on_commit_callbacks: Any) -> Head:
    """Return the head of a database that was restored to before the last head was signed."""
    seal_all()
    older = Head.objects.latest("tree_size")
    with django_capture_on_commit_callbacks(execute=True):
        record(Happened(subject="thing:1"), by=SYSTEM)
        seal_all()
    kept = last_head.kept_tree()
    assert kept is not None
    assert kept.size == older.tree_size + 1
    for table, column in [
        ("checkpoint", "head_id"),
        ("head", "tree_size"),
        ("salts", "first_leaf + 1"),
        ("seal", "leaf_index + 1"),
    ]:
        superuser(f"DELETE FROM ledger_{table} WHERE {column} > %s", older.tree_size)
    return older


def test_a_restored_database_signs_nothing(restored: Head) -> None:
    """Until an operator decides; and the check says so."""
    with pytest.raises(WrongState, match="restored to an older state"):
        seal_pending()
    assert any("restored to an older state" in fault for fault in verify_ledger().faults)
    with pytest.raises(CommandError, match="restored to an older state"):
        call_command("accept_ledger_state")
    assert Head.objects.latest("tree_size") == restored


def test_an_operator_lets_it_go_on(restored: Head, django_capture_on_commit_callbacks: Any) -> None:
    """By a command, which is an entry of its own."""
    with django_capture_on_commit_callbacks(execute=True):
        call_command("accept_ledger_state", "--give-up")
    assert seal_all() == 2
    entry = Entry.objects.latest("id")
    assert entry.kind == "ledger.state_accepted"
    assert entry.payload["signed_size"] == entry.payload["accepted_size"] + 1
    assert verify_ledger().faults == ()
    call_command("accept_ledger_state")
    with pytest.raises(CommandError, match="Nothing to decide"):
        call_command("accept_ledger_state", "--give-up")


def test_another_tree_of_the_same_size_is_refused(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    """The kept head decides, not its size alone."""
    with django_capture_on_commit_callbacks(execute=True):
        seal_all()
    size = Head.objects.latest("tree_size").tree_size
    superuser("UPDATE ledger_head SET root_hash = %s WHERE tree_size = %s", "0" * 64, size)
    record(Happened(subject="thing:1"), by=SYSTEM)
    with pytest.raises(WrongState, match="altered"):
        seal_pending()


def test_a_damaged_file_is_no_head(world: World) -> None:
    """It neither lets go on nor is overwritten."""
    last_head.replace("nonsense")
    with pytest.raises(WrongState, match="damaged"):
        seal_pending()


def test_the_kept_head_only_grows(world: World) -> None:
    """Whichever of two sealers writes later."""
    while seal_pending(limit=5):
        pass
    first, *_rest, last = Checkpoint.objects.order_by("head_id")
    last_head.keep(last.note)
    last_head.keep(first.note)
    assert last_head.path().read_text() == last.note


def test_an_erased_salt_closes_the_commitment(world: World, api_of: ApiClients) -> None:
    """The log stays whole, the entry readable, and its leaf cannot be opened any more."""
    seal_all()
    entry = Entry.objects.filter(organization_id=world.organization("officer").pk).latest("id")
    path = f"/api/v1/ledger/entries/{entry.reference}/"
    assert api_of("officer").get(path).json()["salt"]
    call_command("erase_ledger_salt", str(entry.reference))
    found = api_of("officer").get(path).json()
    assert (found["salt"], bool(found["line"])) == ("", True)
    assert salt_of(Seal.objects.get(entry=entry)) == b""
    assert verify_ledger().faults == ()
    count = Entry.objects.count()
    erase_salt(entry.reference, by=SYSTEM)
    assert Entry.objects.count() == count
    superuser("UPDATE ledger_entry SET door = 'task' WHERE id = %s", entry.pk)
    assert any(f"Entry {entry.pk} " in fault for fault in verify_ledger().faults)


def test_a_salt_that_nobody_erased_is_missed(world: World) -> None:
    """Taken away in the database."""
    seal_all()
    Salts.objects.all().delete()
    assert all("no act erased it" in fault for fault in verify_ledger().faults)
    assert len(verify_ledger().faults) == Seal.objects.count()


def test_only_an_operator_decides(world: World) -> None:
    """And only about what is there."""
    seal_all()
    reference = Entry.objects.latest("id").reference
    with pytest.raises(NotAllowed):
        erase_salt(reference, by=world.actor("administrator"))
    with pytest.raises(NotAllowed):
        accept_ledger_state(by=world.actor("administrator"))
    with pytest.raises(NotFound):
        erase_salt(world.organization("officer").pk, by=SYSTEM)

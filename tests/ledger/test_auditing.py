"""Audits stay on record: those that an operator asks for, and those of the centre by itself."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Audit, Entry, Head, RunningAudit
from marketplace.ledger.services import verification
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all, seal_pending
from marketplace.ledger.services.verification import (
    Part,
    audit_by_parts,
    check_part,
    keep_audit,
    verify_ledger,
)
from tests.given import money
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM, Happened, superuser

CLOCKWORK = Actor.system(Door.TASK)


def test_the_command_leaves_an_audit(world: World) -> None:
    """As a row and as an entry, which is sealed like every other."""
    seal_all()
    head = Head.objects.latest("tree_size")
    call_command("verify_ledger", stdout=StringIO())
    audit = Audit.objects.get()
    assert (audit.tree_size, audit.root_hash) == (head.tree_size, head.root_hash)
    assert (audit.faults, audit.heads, audit.door) == (0, Head.objects.count(), "command")
    assert audit.entry.payload == {
        "size": audit.tree_size,
        "root": audit.root_hash,
        "heads": audit.heads,
        "faults": 0,
        "milliseconds": audit.milliseconds,
    }
    assert seal_all() == 1
    assert verify_ledger().faults == ()


def test_a_dry_run_leaves_none(world: World) -> None:
    """It only looks."""
    before = Entry.objects.count()
    call_command("verify_ledger", "--dry-run", "--json", stdout=StringIO())
    assert not Audit.objects.exists()
    assert Entry.objects.count() == before


def test_what_was_found_is_counted(world: World) -> None:
    """And cannot be taken back."""
    seal_all()
    entry = Entry.objects.earliest("id")
    superuser("UPDATE ledger_entry SET door = 'task' WHERE id = %s", entry.pk)
    with pytest.raises(CommandError, match="1 fault"):
        call_command("verify_ledger", stdout=StringIO(), stderr=StringIO())
    audit = Audit.objects.get()
    assert audit.faults == 1
    page = Client().get("/ledger/").content.decode()
    assert "The last audit found faults" in page
    for change in (lambda: Audit.objects.update(faults=0), lambda: Audit.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_everybody_may_see_it(world: World) -> None:
    """How far, how it ended, and the entry that tells of it; nothing of what it read."""
    assert "No audit has ended yet" in Client().get("/ledger/audits/").content.decode()
    seal_all()
    audit = keep_audit(verify_ledger(), seconds=1.26, by=SYSTEM)
    page = Client().get("/ledger/audits/").content.decode()
    assert f"/ledger/entries/{audit.entry.reference}/" in page
    assert "No fault" in page
    assert "1.3" in page
    (given,) = Client().get("/api/v1/ledger/audits/").json()["results"]
    assert given["entry"] == str(audit.entry.reference)
    assert (given["faults"], given["seconds"], given["door"]) == (0, 1.26, "command")
    with pytest.raises(NotAllowed):
        keep_audit(verify_ledger(), seconds=0, by=world.actor("auditor"))
    with pytest.raises(NotAllowed):
        audit_by_parts(by=world.actor("auditor"))


def test_one_is_made_a_day(world: World) -> None:
    """The first a day after the log began, then a day after whichever was the last."""
    seal_all()
    assert audit_by_parts(by=CLOCKWORK) is None
    later = clock.now() + timedelta(days=1, seconds=1)
    with clock.stopped_at(later):
        audit = audit_by_parts(by=CLOCKWORK)
        assert audit is not None
        assert (audit.door, audit.faults) == ("task", 0)
        assert audit_by_parts(by=CLOCKWORK) is None
    with clock.stopped_at(later + timedelta(hours=23)):
        assert audit_by_parts(by=CLOCKWORK) is None
        call_command("verify_ledger", stdout=StringIO())
    with clock.stopped_at(later + timedelta(hours=25)):
        assert audit_by_parts(by=CLOCKWORK) is None
    assert not RunningAudit.objects.exists()


def test_the_daily_audit_compares_the_state(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A row altered by hand raises the alarm of every other fault, without anybody asking."""
    account = money.bank_account(world)
    seal_all()
    superuser("UPDATE treasury_bankaccount SET state = 'withdrawn' WHERE state <> %s", "withdrawn")
    later = clock.now() + timedelta(days=2)
    with clock.stopped_at(later):
        audit = audit_by_parts(by=CLOCKWORK)
    assert audit is not None
    assert audit.faults == 1
    assert f"found: bank_account:{account.pk} differs from what entry" in caplog.text
    assert "The last audit found faults" in Client().get("/ledger/").content.decode()
    monkeypatch.setattr(verification, "STATE_MOST", 1)
    with clock.stopped_at(later + timedelta(days=2)):
        bounded = audit_by_parts(by=CLOCKWORK)
    assert bounded is not None
    assert bounded.faults == 0
    assert "run verify_ledger --state by a timer" in caplog.text


@pytest.fixture
def in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    """Make the log several heads long, and parts as small as one; answer how many there are."""
    for number in range(4):
        record(Happened(subject="thing:1", number=number), by=SYSTEM)
        seal_pending()
    monkeypatch.setattr(verification, "check_part", lambda after: check_part(after, leaves=1))
    return Head.objects.count()


def test_a_long_ledger_is_audited_part_by_part(
    in_parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time from where it was, also by another process; what was found is added up."""
    entry = Entry.objects.earliest("id")
    superuser("UPDATE ledger_entry SET door = 'api' WHERE id = %s", entry.pk)
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        turns = [audit_by_parts(by=CLOCKWORK) for _turn in range(in_parts)]
    assert turns[:-1] == [None] * (in_parts - 1)
    audit = turns[-1]
    assert audit is not None
    assert (audit.heads, audit.faults) == (in_parts, 1)
    assert audit.tree_size == Head.objects.latest("tree_size").tree_size


def test_two_loops_make_one_audit(in_parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that another has kept meanwhile is not counted twice."""
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert audit_by_parts(by=CLOCKWORK) is None

        def small(after: int) -> Part:
            return check_part(after, leaves=1)

        def overtaken(after: int) -> Part:
            monkeypatch.setattr(verification, "check_part", small)
            audit_by_parts(by=CLOCKWORK)
            return small(after)

        monkeypatch.setattr(verification, "check_part", overtaken)
        assert audit_by_parts(by=CLOCKWORK) is None
        assert RunningAudit.objects.get().heads == 2


def test_a_head_that_is_gone_starts_it_anew(in_parts: int) -> None:
    """It does not stay where it is for ever."""
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        audit_by_parts(by=CLOCKWORK)
        RunningAudit.objects.update(checked=10_000)
        assert audit_by_parts(by=CLOCKWORK) is None
        assert not RunningAudit.objects.exists()
        for _turn in range(in_parts):
            audit = audit_by_parts(by=CLOCKWORK)
    assert audit is not None
    assert audit.heads == in_parts

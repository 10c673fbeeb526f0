"""Recording, sealing and what verification finds."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from marketplace.accounts.organization.services import suspend_organization
from marketplace.core import append_only, triggers
from marketplace.core.actor import Actor, Door
from marketplace.ledger import merkle
from marketplace.ledger.facts import Fact
from marketplace.ledger.models import Checkpoint, Cosignature, Entry, Head, Mention, Seal
from marketplace.ledger.selectors import entries_about, inclusion_proof, last_head
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all, seal_pending
from marketplace.ledger.services.verification import keep_audit, verify_ledger
from marketplace.ledger.services.witnessing import keep_refused_look
from marketplace.ledger.tiles import store_tiles
from tests.given.world import World

SYSTEM = Actor.system(Door.COMMAND)


class Happened(Fact, kind="tests.happened", label="Something happened"):
    """A fact of these tests."""

    number: int = 0


class Wrong(Fact, kind="tests.wrong", label="Wrong"):
    """A fact with a field that an entry may not hold."""

    share: float = 0.5


def superuser(sql: str, *parameters: str | int) -> None:
    """Change a row behind the triggers' backs, as somebody with the database's own rights can."""
    tables = [table for table in append_only.APPEND_ONLY if table.startswith("ledger_")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, parameters)
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _text in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql, parameters)
        for _name, text in triggers:
            cursor.execute(text)


def execute(statement: str) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def sealed(world: World) -> list[Entry]:
    """Return three sealed entries after those of the world."""
    entries = [
        record(Happened(subject="thing:1", about=("thing:3",), number=n), by=SYSTEM)
        for n in range(3)
    ]
    seal_all()
    return entries


def test_sealing_gives_each_entry_one_leaf(sealed: list[Entry]) -> None:
    """In order, without gaps, under a signed head, and again seals nothing."""
    count = Entry.objects.count()
    assert list(Seal.objects.values_list("leaf_index", flat=True)) == list(range(count))
    found = verify_ledger()
    assert found.faults == ()
    assert found.sealed == found.entries == count
    assert seal_pending() == 0


def test_batches_make_one_tree(world: World) -> None:
    """Sealing in small batches leads to the root of all leaves."""
    while seal_pending(limit=3):
        pass
    head = last_head()
    assert head is not None
    leaves = [bytes.fromhex(leaf) for leaf in Seal.objects.values_list("leaf_hash", flat=True)]
    assert head.root_hash == merkle.root(leaves).hex()
    assert verify_ledger().heads == -(-len(leaves) // 3)


def test_a_proof_is_checked_from_the_entry_alone(sealed: list[Entry]) -> None:
    """The leaf and the proof lead to the signed root."""
    seal = Seal.objects.select_related("entry").get(entry=sealed[1])
    head = last_head()
    assert head is not None
    proof = inclusion_proof(seal, head)
    root = merkle.root_from_inclusion(
        bytes.fromhex(seal.leaf_hash),
        proof.leaf_index,
        proof.tree_size,
        [bytes.fromhex(node) for node in proof.hashes],
    )
    assert root is not None
    assert root.hex() == head.root_hash


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE ledger_entry SET subject = 'thing:2' WHERE id = %s", "Entry {id} "),
        ("UPDATE ledger_entry SET person_id = NULL, door = 'api' WHERE id = %s", "Entry {id} "),
        ("UPDATE ledger_entry SET payload = '{{\"number\": 9}}' WHERE id = %s", "Entry {id} "),
        ("UPDATE ledger_seal SET leaf_hash = repeat('0', 64) WHERE entry_id = %s", "Entry {id} "),
        ("UPDATE ledger_entry SET payload = '{{\"number\": 1e30}}' WHERE id = %s", "Entry {id} "),
        ("UPDATE ledger_entry SET about = 'null' WHERE id = %s", "Entry {id} "),
        ("DELETE FROM ledger_seal WHERE entry_id = %s", "one is missing"),
        ("DELETE FROM ledger_mention WHERE entry_id = %s", "Entry {id} "),
        ("UPDATE ledger_mention SET subject = 'thing:9' WHERE entry_id = %s", "Entry {id} "),
        (
            "INSERT INTO ledger_mention (entry_id, subject) "
            "SELECT id, 'thing:8' FROM ledger_entry WHERE id = %s",
            "Entry {id} ",
        ),
    ],
)
def test_a_tampered_row_is_named(sealed: list[Entry], sql: str, named: str) -> None:
    """Written past the triggers, and found."""
    entry = sealed[1]
    if connection.vendor == "sqlite":
        sql = sql.replace("repeat('0', 64)", "replace(hex(zeroblob(32)), 'x', '')")
    superuser(sql.replace("{{", "{").replace("}}", "}"), entry.pk)
    faults = verify_ledger().faults
    assert any(named.format(id=entry.pk) in fault for fault in faults), faults
    with pytest.raises(CommandError, match="faults"):
        call_command("verify_ledger")


def test_a_rewritten_head_is_named(sealed: list[Entry]) -> None:
    """The root and its signature no longer fit."""
    head = last_head()
    assert head is not None
    superuser(
        "UPDATE ledger_head SET root_hash = %s WHERE tree_size = %s", "0" * 64, head.tree_size
    )
    faults = verify_ledger().faults
    assert any("does not match" in fault for fault in faults)
    assert any("wrong signature" in fault for fault in faults)


def test_a_cut_ledger_is_named(sealed: list[Entry]) -> None:
    """The newest entries taken away with their seals leave a head that covers more."""
    superuser("DELETE FROM ledger_seal WHERE entry_id = %s", sealed[-1].pk)
    assert any("has only" in fault for fault in verify_ledger().faults)


def test_an_entry_altered_before_sealing_is_named(world: World) -> None:
    """The digest taken at recording no longer fits."""
    entry = record(Happened(subject="thing:1"), by=SYSTEM)
    superuser("UPDATE ledger_entry SET subject = 'thing:2' WHERE id = %s", entry.pk)
    assert any("not sealed yet" in fault for fault in verify_ledger().faults)


@pytest.mark.parametrize("table", [name for name in append_only.APPEND_ONLY if "ledger_" in name])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE", "REPLACE"])
def test_the_database_refuses(world: World, sealed: list[Entry], table: str, verb: str) -> None:
    """UPDATE and DELETE everywhere, TRUNCATE on PostgreSQL, REPLACE on SQLite."""
    column = {
        "ledger_seal": "leaf_hash",
        "ledger_head": "root_hash",
        "ledger_tile": "root",
        "ledger_checkpoint": "note",
        "ledger_cosignature": "line",
        "ledger_audit": "root_hash",
        "ledger_witnesscheck": "origin",
    }.get(table, "subject")
    keep_audit(verify_ledger(), seconds=1, by=SYSTEM)
    keep_refused_look("another.example/log", tree_size=None, code="", by=SYSTEM)
    store_tiles(0, 256 * [bytes(32)])
    Cosignature.objects.create(checkpoint=Checkpoint.objects.latest("pk"), witness="w", line="w")
    record(Happened(subject="thing:1", about=("thing:2",)), by=SYSTEM)
    if verb == "UPDATE":
        statement = f"UPDATE {table} SET {column} = 'x'"
    elif verb == "DELETE":
        statement = f"DELETE FROM {table}"
    elif verb == "TRUNCATE":
        if connection.vendor == "sqlite":
            pytest.skip("SQLite knows no TRUNCATE.")
        statement = f"TRUNCATE {table} CASCADE"
    else:
        if connection.vendor == "postgresql":
            pytest.skip("PostgreSQL knows no REPLACE.")
        # Whoever opens the file with another program has not set what ours sets.
        execute("PRAGMA recursive_triggers=OFF")
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()
    if connection.vendor == "postgresql":
        # Deferred checks of this transaction would be a reason of their own to refuse.
        execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == before
    assert before != (0,)


def test_a_missing_trigger_is_found(world: World) -> None:
    """By the check and by the verification; after all migrations none is missing."""
    assert triggers.faults(connection) == []
    assert [error.id for error in run_checks(databases=["default"]) if error.id] == []
    name = next(
        name for table, name in triggers.wanted(connection.vendor) if table == "ledger_entry"
    )
    on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert [error.id for error in run_checks(databases=["default"])] == ["ledger.E001"]
    assert any(name in fault for fault in verify_ledger().faults)


def test_a_fact_holds_plain_values_only(world: World) -> None:
    """A float has more than one spelling, so it is refused before anything is written."""
    before = Entry.objects.count()
    with pytest.raises(TypeError, match=r"tests\.wrong\.share may not hold a float"):
        record(Wrong(subject="thing:1"), by=SYSTEM)
    assert Entry.objects.count() == before


def test_a_timeline_tells_what_concerns_the_subject(world: World) -> None:
    """Its own entries and those that mention it, once each."""
    record(Happened(subject="thing:1", about=("thing:2", "thing:2", "thing:1")), by=SYSTEM)
    record(Happened(subject="thing:3"), by=SYSTEM)
    assert [entry.kind for entry in entries_about("thing:2")] == ["tests.happened"]
    assert [entry.kind for entry in entries_about("thing:1")] == ["tests.happened"]
    assert Mention.objects.filter(subject="thing:2").count() == 1


def test_what_is_rolled_back_leaves_no_entry(world: World) -> None:
    """The entry lives and dies with the act."""
    before = Entry.objects.count()

    @transaction.atomic
    def fail_after_the_act() -> None:
        suspend_organization(
            world.organization("buyer").pk, reason="Fees", by=world.actor("administrator")
        )
        raise RuntimeError("the rest of the transaction")

    with pytest.raises(RuntimeError, match="the rest"):
        fail_after_the_act()
    assert Entry.objects.count() == before


def test_the_api_proves_an_entry(sealed: list[Entry]) -> None:
    """What a stranger reads suffices to reach the signed root."""
    answer = Client().get(f"/api/v1/ledger/entries/{sealed[0].reference}/").json()
    root = merkle.root_from_inclusion(
        bytes.fromhex(answer["entry"]["leaf_hash"]),
        answer["proof"]["leaf_index"],
        answer["proof"]["tree_size"],
        [bytes.fromhex(node) for node in answer["proof"]["hashes"]],
    )
    assert root is not None
    assert root.hex() == answer["head"]["root_hash"]
    assert Head.objects.filter(root_hash=root.hex()).exists()
    assert "subject" not in answer["entry"]


class Told(Fact, kind="tests.told", label="Somebody was told", in_timelines=False):
    """A fact that only follows from another."""


def test_what_only_follows_stays_out_of_timelines(world: World) -> None:
    """It is in the ledger all the same."""
    record(Happened(subject="thing:1"), by=SYSTEM)
    entry = record(Told(subject="notice:1", about=("thing:1",)), by=SYSTEM)
    assert [each.kind for each in entries_about("thing:1")] == ["tests.happened"]
    assert Entry.objects.filter(pk=entry.pk).exists()

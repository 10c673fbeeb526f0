"""A sealed ledger tampered with at random, each time found; the whole campaign runs five hundred.

The check has the last signed head outside the database, and a witness has what it cosigned: without
that file, what was rolled back as a whole is found by the witness alone.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from marketplace.ledger import last_head
from marketplace.ledger.models import Checkpoint, Entry
from marketplace.ledger.services.sealing import seal_pending
from marketplace.ledger.services.verification import verify_ledger
from marketplace.ledger.verifier import verify
from tests.given.world import World
from tests.ledger.tampering import WAYS, change_entry, roll_back
from tests.ledger.test_sealing import superuser
from tests.ledger.test_verifying import fetched, trust


def seal_in_batches(capture: Any) -> None:
    """Seal the world's entries in several heads, the last of which is kept outside."""
    with capture(execute=True):
        while seal_pending(limit=7):
            pass
    kept = last_head.kept_tree()
    assert kept is not None
    assert kept.size == Entry.objects.count()


def tampered(rounds: int, seed: int) -> None:
    """Tamper once a round, look, and take it back; all ways take their turn."""
    chance = random.Random(seed)
    for number in range(rounds):
        way = WAYS[number % len(WAYS)]
        with transaction.atomic():
            way(chance)
            faults = verify_ledger().faults
            transaction.set_rollback(True)
        assert faults, (number, way)
    assert verify_ledger().faults == ()


def test_tampering_is_found(world: World, django_capture_on_commit_callbacks: Any) -> None:
    """Each way twice."""
    seal_in_batches(django_capture_on_commit_callbacks)
    tampered(2 * len(WAYS), seed=1)


def test_an_altered_entry_is_named(world: World, django_capture_on_commit_callbacks: Any) -> None:
    """So that it can be compared with a backup."""
    seal_in_batches(django_capture_on_commit_callbacks)
    entry = Entry.objects.filter(organization_id__isnull=False).latest("id")
    superuser("UPDATE ledger_entry SET door = 'task' WHERE id = %s", entry.pk)
    assert any(f"Entry {entry.pk} " in fault for fault in verify_ledger().faults)


@pytest.mark.parametrize("seed", range(3))
def test_a_witness_finds_what_was_rolled_back(
    world: World, django_capture_on_commit_callbacks: Any, seed: int
) -> None:
    """Even where the file of the last head was rolled back with the database."""
    seal_in_batches(django_capture_on_commit_callbacks)
    witnessed, believed = fetched("checkpoint"), trust()
    with transaction.atomic():
        roll_back(random.Random(seed))
        last_head.replace(Checkpoint.objects.latest("head_id").note)
        assert verify_ledger().faults == ()
        with pytest.raises(verify.Refused, match="shrunk"):
            verify.check_log(fetched, witnessed, trust=believed)
        # A rewritten past under a new head of the same size has another root.
        entry = Entry.objects.filter(seal=None).earliest("id")
        superuser("UPDATE ledger_mention SET subject = 'x' WHERE entry_id = %s", entry.pk)
        while seal_pending():
            pass
        with pytest.raises(verify.Refused, match="does not go on"):
            verify.check_log(fetched, witnessed, trust=believed)
        transaction.set_rollback(True)
    assert Client().get("/log/checkpoint").content == witnessed


@pytest.mark.campaign
def test_five_hundred_tamperings_are_found(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    """Whatever is done, and wherever."""
    seal_in_batches(django_capture_on_commit_callbacks)
    tampered(500, seed=2)


def test_tampering_is_no_accident(world: World, django_capture_on_commit_callbacks: Any) -> None:
    """Every way changes something: untouched, the ledger is whole."""
    seal_in_batches(django_capture_on_commit_callbacks)
    assert verify_ledger().faults == ()
    change_entry(random.Random(3))
    assert verify_ledger().faults

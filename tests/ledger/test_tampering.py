"""Sealed rows altered at random, each found and named; the whole campaign runs five hundred."""

from __future__ import annotations

import random

import pytest
from django.db import transaction

from marketplace.ledger.models import Entry
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.services.verification import verify_ledger
from tests.given.world import World
from tests.ledger.test_sealing import superuser

ALTERATIONS = {
    "kind": "'x' || kind",
    "subject": "'x' || subject",
    "door": "'task'",
    "payload": "'{\"altered\": true}'",
    "about": "'[\"dataset:altered\"]'",
    "organization_id": "NULL",
}


def tampered(rounds: int, seed: int) -> None:
    """Alter one column of one sealed entry a round, look, and take it back."""
    chance = random.Random(seed)
    entries = list(Entry.objects.exclude(organization_id=None))
    for _round in range(rounds):
        entry, column = chance.choice(entries), chance.choice(sorted(ALTERATIONS))
        with transaction.atomic():
            superuser(
                f"UPDATE ledger_entry SET {column} = {ALTERATIONS[column]} WHERE id = %s", entry.pk
            )
            faults = verify_ledger().faults
            transaction.set_rollback(True)
        assert any(f"Entry {entry.pk} " in fault for fault in faults), (column, entry, faults)


def test_alterations_are_named(world: World) -> None:
    """Ten of them."""
    seal_all()
    tampered(10, seed=1)


@pytest.mark.campaign
def test_five_hundred_alterations_are_named(world: World) -> None:
    """Whatever is altered, and wherever."""
    seal_all()
    tampered(500, seed=2)

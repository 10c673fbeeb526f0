"""Where the sealer looks: no longer among what is sealed, and never past what may still turn up."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.ledger.selectors import unsealed_count
from marketplace.ledger.services import sealing as module
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import Horizon, seal_all
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM, Happened


@pytest.mark.postgres
def test_what_commits_late_is_sealed(
    committed_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry with an earlier number than many that were sealed long before."""
    monkeypatch.setattr(module, "DOUBT_SECONDS", 0)
    seal_all()
    recorded, over = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            record(Happened(subject="thing:1"), by=SYSTEM)
            recorded.set()
            over.wait()
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    recorded.wait()
    horizon = Horizon()
    for number in range(5):
        record(Happened(subject="thing:2", number=number), by=SYSTEM)
        assert horizon.seal() == 1
    over.set()
    slow.join()
    assert horizon.seal() == 1
    assert unsealed_count() == 0


def test_a_second_look_is_short(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked through is passed; new entries are found behind it."""
    monkeypatch.setattr(module, "DOUBT_SECONDS", 0)
    seal_all()
    horizon = Horizon()
    assert horizon.seal() == 0
    if connection.vendor == "sqlite":
        with CaptureQueriesContext(connection) as queries:
            assert horizon.seal() == 0
        assert len(queries) == 1
    record(Happened(subject="thing:1"), by=SYSTEM)
    assert horizon.seal() == 1
    monkeypatch.setattr(module, "WHOLE_SECONDS", -1)
    assert horizon.seal() == 0

"""What one act records keeps its order, whenever the act ends while another process seals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from marketplace.ledger.models import Seal
from marketplace.ledger.services import sealing
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all, seal_round
from marketplace.ledger.services.verification import verify_ledger
from tests.ledger.test_sealing import SYSTEM, Happened

PATIENCE = 120


class SlowAct:
    """An act in a thread that records, waits, records again, and ends when it is told to."""

    def __init__(self) -> None:
        self.entries: list[int] = []
        self._steps = [threading.Event() for _step in range(3)]
        self._done = [threading.Event() for _step in range(3)]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def step(self, number: int) -> None:
        """Let it do its next step, and wait until it has."""
        self._steps[number].set()
        assert self._done[number].wait(PATIENCE)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                for number in range(2):
                    assert self._steps[number].wait(PATIENCE)
                    fact = Happened(subject="slow:1", number=number)
                    self.entries.append(record(fact, by=SYSTEM).pk)
                    self._done[number].set()
                assert self._steps[2].wait(PATIENCE)
        finally:
            connection.close()
        self._done[2].set()


@pytest.mark.postgres
def test_an_act_that_ends_while_pages_are_read_keeps_its_order(
    committed_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its second entry lies on a page of row numbers that is read after it has ended."""
    monkeypatch.setattr(sealing, "BATCH", 3)
    seal_all()
    act = SlowAct()
    act.step(0)
    with transaction.atomic():
        others = [record(Happened(subject="quick:1"), by=SYSTEM).pk for _entry in range(9)]
    act.step(1)
    seal_all()
    assert act.entries[0] < others[0] < others[-1] < act.entries[1]
    ended: list[str] = []

    def ending(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        answer = execute(sql, *given)
        # Of the page on which its first entry would lie.
        is_that_page = 'FROM "ledger_seal"' in sql and max(given[0]) >= others[0]
        if is_that_page and not ended:
            ended.append(sql)
            act.step(2)
        return answer

    with connection.execute_wrapper(ending):
        seal_round()
    assert ended
    seal_all()
    leaves = dict(Seal.objects.values_list("entry_id", "leaf_index"))
    assert leaves[others[-1]] < leaves[act.entries[0]] < leaves[act.entries[1]]
    assert verify_ledger().faults == ()


def test_a_round_seals_what_waits_in_batches(
    committed_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the row numbers, each once."""
    monkeypatch.setattr(sealing, "BATCH", 3)
    seal_all()
    with transaction.atomic():
        entries = [record(Happened(subject="thing:1"), by=SYSTEM).pk for _entry in range(10)]
    assert seal_round() == 10
    assert seal_round() == 0
    sealed = Seal.objects.filter(entry_id__in=entries).order_by("leaf_index")
    assert list(sealed.values_list("entry_id", flat=True)) == entries

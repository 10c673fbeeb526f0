"""What a watchdog is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.pipeline.selectors import PATIENCE
from tests.given.pipeline import newcomer
from tests.given.world import World


def test_working_centre_is_well(world: World, client: Client) -> None:
    """A fresh entry is no reason to worry; the answer is kept nowhere."""
    # What the world is made of may have waited for longer than a minute.
    call_command("run_pipeline", "--once")
    newcomer()
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert "no-cache" in answer["Cache-Control"]


def test_entry_that_waits_shows_a_loop_that_does_not_run(world: World, client: Client) -> None:
    """Until the loop has sealed it."""
    newcomer()
    newest = Entry.objects.latest("happened_at").happened_at
    with clock.stopped_at(newest + PATIENCE + timedelta(seconds=1)):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"status": "behind"})
    call_command("run_pipeline", "--once")
    assert client.get("/health/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent(method: str, db: None, client: Client) -> None:
    """It only answers."""
    assert getattr(client, method)("/health/").status_code == 405

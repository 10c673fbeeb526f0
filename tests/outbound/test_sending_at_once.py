"""Workers at the same time send each message once."""

from __future__ import annotations

import pytest

from marketplace.outbound.message.models import Message
from marketplace.outbound.message.services import send_due_messages
from tests.given.receivers import WORKER, receiving, registered, told
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def test_workers_at_once_send_each_message_once() -> None:
    """Four of them, to two endpoints of two organizations."""
    world = World()
    with receiving() as one, receiving() as other:
        registered(world, address=one.address)
        registered(world, "stranger", address=other.address)
        for number in range(8):
            told(world, f"buyer {number}")
            told(world, f"stranger {number}", person="stranger")
        at_once(4, lambda _number: send_due_messages(by=WORKER))
    for receiver in (one, other):
        ids = [each.id for each in receiver.all()]
        assert len(ids) == len(set(ids)) == 8
    assert Message.objects.filter(state="delivered").count() == 16

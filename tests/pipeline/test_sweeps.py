"""What the loop asks workers for again: whatever is lost, and never more than they can work off."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import redis
from django.core.management import call_command
from pytest_django import Settings

from marketplace.annotation.quality.execution import compare_labels
from marketplace.annotation.quality.models import LabelComparison
from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.pipeline.broker import SWEPT_MOST, has_room
from marketplace.pipeline.due import (
    CLOCKWORK,
    LOOK_SECONDS,
    LOST_AFTER,
    ask_lost_comparisons,
    ask_senders,
    is_asked_for,
)
from tests.given import annotation as labelling
from tests.given import delivery
from tests.given.receivers import registered
from tests.given.world import World

LABELS = "annotation.compare_labels"


def asked(valkey: redis.Redis) -> list[str]:
    """Return the names of the tasks that wait, and take them away."""
    tasks = [json.loads(each)["headers"]["task"] for each in valkey.lrange("celery", 0, -1)]
    valkey.flushall()
    return tasks


def test_senders_are_asked_for_no_more_than_there_is_room_for(
    world: World, valkey: redis.Redis
) -> None:
    """However long the workers are away or hold long work, the queue stays short."""
    registered(world, "buyer", address="https://buyer.example.org/")
    delivery.granted(world)
    call_command("run_pipeline", "--once")
    valkey.flushall()
    for _second in range(3 * SWEPT_MOST):
        ask_senders(by=CLOCKWORK)
    assert not has_room()
    assert valkey.llen("celery") == SWEPT_MOST
    valkey.flushall()
    ask_senders(by=CLOCKWORK)
    assert asked(valkey) == ["outbound.send_messages"]


def test_nothing_is_asked_for_without_a_broker(settings: Settings) -> None:
    settings.BROKER_URL = ""
    assert not has_room()
    settings.BROKER_URL = "redis+socket:///nowhere/at/all"
    assert not has_room()


def test_labels_whose_comparison_was_lost_are_compared(world: World, valkey: redis.Redis) -> None:
    """Half a minute later, and then no more."""
    project = labelling.accepted(world).annotator.project
    call_command("run_pipeline", "--once")
    assert LABELS in asked(valkey)
    counted = Entry.objects.filter(kind="annotation.batch_inspected").latest("happened_at")
    with clock.stopped_at(counted.happened_at + LOST_AFTER - timedelta(seconds=1)):
        ask_lost_comparisons(by=CLOCKWORK)
        assert LABELS not in asked(valkey)
    with clock.stopped_at(counted.happened_at + LOST_AFTER + timedelta(seconds=1)):
        ask_lost_comparisons(by=CLOCKWORK)
        assert asked(valkey).count(LABELS) == 1
        compare_labels(project.pk)
    assert LabelComparison.objects.filter(project=project).exists()
    with clock.stopped_at(counted.happened_at + 2 * LOST_AFTER):
        ask_lost_comparisons(by=CLOCKWORK)
        assert LABELS not in asked(valkey)


@pytest.mark.parametrize(("hours", "times"), [(1, 7), (24, 12)], ids=["an hour", "a day"])
def test_what_is_never_done_is_asked_for_ever_more_seldom(hours: int, times: int) -> None:
    """At ages that double from half a minute on."""
    since = clock.now()
    turns = range(0, hours * 3600, LOOK_SECONDS)
    found = [turn for turn in turns if is_asked_for(since, since + timedelta(seconds=turn))]
    assert found == [30 * 2**number for number in range(times)]
    assert not is_asked_for(None, since)

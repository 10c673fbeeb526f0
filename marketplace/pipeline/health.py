"""Whether each part of the centre works: asked within bounds of time, told without a name.

A stranger reads which part does not work, and an operator what it is (`manage.py health`).
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery.exceptions import OperationalError
from django.conf import settings
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from marketplace.catalog.version.readers import readers
from marketplace.core import clock
from marketplace.pipeline import selectors
from marketplace.pipeline.broker import queue_length
from marketplace.pipeline.models import Part
from marketplace.vault.places import vault_folder

PATIENCE = timedelta(minutes=1)
"""How long an entry may wait for its seal, and its reactions after that."""
SILENCE = timedelta(seconds=90)
"""After how long without a sign of life a part is taken for dead; it gives one every 15 s."""
CLOCKS_DIFFER = timedelta(seconds=10)
"""How far the clocks of two machines may be apart. A sign of a later time tells nothing."""
PUT_ASIDE = timedelta(hours=1)
"""How long a reaction may be put aside. One that only waits for the broker is back much sooner."""


@dataclass(frozen=True)
class Check:
    """One part: whether it works, and in a sentence for the operator what was found."""

    name: str
    is_ok: bool
    found: str


def checked() -> list[Check]:
    """Look at every part. Without a database nothing is known of what is kept there."""
    checks = [_database(), _broker(), _disk(), _readers()]
    asked: tuple[Callable[[], Check], ...] = (_loop, _sealing, _reactions, _worker, _queue)
    if not checks[0].is_ok:
        return [*checks, *(Check(ask.__name__[1:], False, "No database.") for ask in asked)]
    return [*checks, *(ask() for ask in asked)]


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check("database", False, f"The database does not answer: {error}")
    return Check("database", True, "The database answers.")


def _broker() -> Check:
    if not settings.BROKER_URL:
        return Check("broker", False, "Set BROKER_URL.")
    try:
        waiting = queue_length()
    except (OperationalError, RedisError, OSError) as error:
        return Check("broker", False, f"The broker does not answer: {type(error).__name__}.")
    most = settings.CENTRE["QUEUE_MOST"]
    found = f"{waiting} tasks wait for a worker; up to {most} are usual."
    return Check("broker", waiting <= most, found)


def _disk() -> Check:
    least = settings.CENTRE["FREE_BYTES_LEAST"]
    places = {settings.VAR_DIR, vault_folder()}
    free = min(shutil.disk_usage(place).free for place in places)
    found = f"{free // 2**20} MiB are free below VAR_DIR; {least // 2**20} MiB must be."
    return Check("disk", free >= least, found)


def _readers() -> Check:
    found = readers()
    return Check("readers", not found.refuse, found.found)


def _loop() -> Check:
    return _alive("loop", selectors.last_beat(Part.LOOP))


def _sealing() -> Check:
    return _not_older("sealing", selectors.oldest_unsealed(), PATIENCE, "entry without a seal")


def _reactions() -> Check:
    late = _not_older(
        "reactions", selectors.oldest_unanswered(), PATIENCE, "entry without its reactions"
    )
    if not late.is_ok:
        return late
    return _not_older(
        "reactions", selectors.oldest_set_aside(), PUT_ASIDE, "reaction that was put aside"
    )


def _worker() -> Check:
    if selectors.is_work_in_hand(clock.now()):
        return Check("worker", True, "A worker holds long work.")
    return _alive("worker", selectors.last_beat(Part.WORKER))


def _queue() -> Check:
    patience = timedelta(minutes=settings.CENTRE["QUEUE_MINUTES"])
    return _not_older("queue", selectors.oldest_queued(), patience, "run without a worker")


def _alive(name: str, seen: datetime | None) -> Check:
    if seen is None:
        return Check(name, False, "It has never shown that it works.")
    silent = clock.now() - seen
    if silent < -CLOCKS_DIFFER:
        found = f"Last seen at a time to come, {seen:%Y-%m-%d %H:%M:%S %Z}. Set the clocks right."
        return Check(name, False, found)
    return Check(name, silent <= SILENCE, f"Last seen at {seen:%Y-%m-%d %H:%M:%S %Z}.")


def _not_older(name: str, oldest: datetime | None, patience: timedelta, what: str) -> Check:
    if oldest is None:
        return Check(name, True, f"No {what} waits.")
    found = f"The oldest {what} waits since {oldest:%Y-%m-%d %H:%M:%S %Z}."
    return Check(name, clock.now() - oldest <= patience, found)

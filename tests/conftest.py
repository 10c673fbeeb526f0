"""Fixtures of every test."""

from __future__ import annotations

from typing import TypeVar

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from marketplace.accounts.setting.selectors import announced_now
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.ledger import last_head
from tests.given import codes
from tests.given.client import Program
from tests.given.world import PEOPLE, World, session_of
from tests.plugins.fresh import (
    at_once,
    committed_database,
    django_db_setup,
    empty_database,
)

__all__ = ["at_once", "committed_database", "django_db_setup", "empty_database"]

AnyClient = TypeVar("AnyClient", bound=Client)


@pytest.fixture
def world(db: None) -> World:
    """Return the people of the tests."""
    return World()


@pytest.fixture
def page_of(world: World) -> PageClients:
    """Return signed-in page clients by person; the cache knows what is announced."""
    announced_now()
    return PageClients(world)


@pytest.fixture
def api_of(world: World) -> ApiClients:
    """Return signed-in API clients by person."""
    return ApiClients(world)


@pytest.fixture(autouse=True)
def _fresh_start() -> None:
    """Take away what the test before may have left: cached answers, its language, its last head.

    Every test has a database of its own, which the head of another would call a restored one. From
    here on the clock of one-time codes stands still.
    """
    for cache in caches.all(initialized_only=True):
        cache.clear()
    last_head.replace(None)
    codes.stand_still()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _renewed_from_within(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no thread renew a lease that nobody but the test's own connection sees.

    It would not find it, and call the work of a busy machine lost. The work's own reports go on.
    """
    if "db" in request.fixturenames:
        monkeypatch.setattr(Heartbeat, "_watch", lambda _heartbeat: None)


class PageClients:
    """Makes page clients, which share their middleware: building it costs as much as a request."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.handler = Client().handler

    def __call__(self, person: str) -> Client:
        """Return a client signed in as the person; "" is a visitor."""
        client = Client()
        client.handler = self.handler
        return signed_in(client, person)


class ApiClients:
    """Makes API clients, which share their middleware too."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.handler = Program().handler

    def __call__(self, person: str) -> Program:
        """Return a client signed in as the person; "" is a visitor."""
        client = Program()
        client.handler = self.handler
        return signed_in(client, person)


def signed_in(client: AnyClient, person: str) -> AnyClient:
    """Return the client, signed in as the person; "" leaves it a visitor's.

    People of the world have a session already; whoever came in a test signs in.
    """
    if person in PEOPLE:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
    elif person:
        client.force_login(
            World.person(person), backend="django.contrib.auth.backends.ModelBackend"
        )
    return client

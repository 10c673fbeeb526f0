"""Fixtures of every test."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient

from marketplace.ledger import last_head
from tests.given.world import World
from tests.plugins.fresh import committed_database, django_db_setup, empty_database

__all__ = ["committed_database", "django_db_setup", "empty_database"]

# A machine that is busy with something else fails no property.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.fixture
def world(db: None) -> World:
    """Answer the people of the tests."""
    return World()


@pytest.fixture
def page_of(world: World) -> PageClients:
    """Answer signed-in page clients by person."""
    return PageClients(world)


@pytest.fixture
def api_of(world: World) -> ApiClients:
    """Answer signed-in API clients by person."""
    return ApiClients(world)


@pytest.fixture(autouse=True)
def _fresh_start() -> None:
    """Take away what the test before may have left: cached answers, its language, its last head.

    Every test has a database of its own, which the head of another would call a restored one.
    """
    for cache in caches.all(initialized_only=True):
        cache.clear()
    last_head.replace(None)
    translation.activate(settings.LANGUAGE_CODE)


class PageClients:
    """Makes page clients."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, person: str) -> Client:
        """Answer a client signed in as the person; "" is a visitor."""
        client = Client()
        if person:
            client.force_login(
                self.world.person(person), backend="django.contrib.auth.backends.ModelBackend"
            )
        return client


class ApiClients:
    """Makes API clients."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, person: str) -> APIClient:
        """Answer a client signed in as the person; "" is a visitor."""
        client = APIClient()
        if person:
            client.force_login(
                self.world.person(person), backend="django.contrib.auth.backends.ModelBackend"
            )
        return client

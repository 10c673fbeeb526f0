"""A database that holds the world, and a fresh copy of it for tests that commit.

Append-only tables refuse TRUNCATE, so nothing can be flushed: the copy is made from a template.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from tests.given.world import build_world


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Build the world once, and keep a template of the database that holds it."""
    with django_db_blocker.unblock():
        build_world()
        connections.close_all()
        _copy(_name(), _template())


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let a test commit, from several threads or processes; afterwards restore the template."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()
            _copy(_template(), _name())


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _template() -> str:
    return f"{_name()}_template"


def _copy(source: str, target: str) -> None:
    if connection.vendor == "sqlite":
        for suffix in ("-wal", "-shm"):
            Path(target + suffix).unlink(missing_ok=True)
        shutil.copyfile(source, target)
        return
    database = settings.DATABASES["default"]
    with psycopg.connect(
        host=str(database["HOST"]),
        port=str(database["PORT"]),
        user=str(database["USER"]),
        password=str(database["PASSWORD"]),
        dbname="postgres",
        autocommit=True,
    ) as maintenance:
        maintenance.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target))
        )
        maintenance.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(target), sql.Identifier(source)
            )
        )

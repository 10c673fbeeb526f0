"""A database that holds the world, and a fresh copy of it for tests that commit.

Append-only tables refuse TRUNCATE, so nothing can be flushed: the copy is made from a template.
"""

from __future__ import annotations

import copy
import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.models import Field
from django.test.utils import setup_databases, teardown_databases
from psycopg import sql

from marketplace.ledger import last_head
from tests.given.shared_shelf import share
from tests.given.shelf import alone, mark_world
from tests.given.world import build_world, sign_everybody_in
from tests.plugins.copies import (
    copy_database,
    copy_file,
    drop_database,
    maintenance,
    own_name,
    read_dump,
    write_dump,
)
from tests.plugins.databases import OWN_SERVER, shared_folder

ROOT = Path(__file__).resolve().parents[2]
MIGRATED = ROOT / "build" / "test-databases"
"""Migrated databases with nothing in them, as a file of SQLite and as a dump of PostgreSQL:
migrating takes longer than most test files.

The locks there let one process at a time migrate a database of either kind.
"""

IMPORTED = re.compile(r"^(?:from|import) (marketplace[\w.]*)(?: import (\w+))?", re.MULTILINE)


@pytest.fixture(scope="session")
def django_db_setup(
    pytestconfig: pytest.Config,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Build the world once, and keep a template of the database that holds it.

    Django's plugin would set up no database for a session whose tests all commit.
    """
    with django_db_blocker.unblock():
        made = _migrated_database()
        connections.close_all()
        copy_database(own_name(), _empty())
        _build_world_for_all(shared_folder(pytestconfig))
        mark_world()
        connections.close_all()
        copy_database(own_name(), _template())
    yield
    with django_db_blocker.unblock():
        drop_database(_template())
        drop_database(_empty())
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let a test commit, from several threads or processes; afterwards restore the template."""
    with django_db_blocker.unblock():
        connections.close_all()
        try:
            yield
        finally:
            connections.close_all()
            copy_database(_template(), own_name())


@pytest.fixture
def at_once(committed_database: None) -> Iterator[None]:
    """Let the threads of a test commit; before they start, its builders take from the shelf."""
    with alone():
        yield


@pytest.fixture(scope="module")
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Take the world away from the tests of a module, which share what they commit.

    The tables are there, and nothing is in them but what migrations put.
    """
    with django_db_blocker.unblock():
        try:
            connections.close_all()
            copy_database(_empty(), own_name())
            # Fixtures of a module come before those that see to this for each test.
            last_head.replace(None)
            yield
        finally:
            connections.close_all()
            copy_database(_template(), own_name())
            last_head.replace(None)


def copy_migrated(target: Path) -> None:
    """Copy the migrated SQLite database, which a session on SQLite has kept, to a file."""
    copy_file(str(_migrated_file()), str(target))


def _migrated_database() -> Any:
    """Set the database up; migrate once for all processes, but on a server of somebody else's."""
    given: dict[str, Any] = {"verbosity": 0, "interactive": False, "aliases": {"default": None}}
    if connection.vendor != "sqlite" and OWN_SERVER not in os.environ:
        return setup_databases(**given)
    MIGRATED.mkdir(parents=True, exist_ok=True)
    with (MIGRATED / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = _kept_for_all()
        if not _exists(kept):
            _restore(kept)
        if _exists(kept):
            copy_database(kept, _name_for_tests())
            return setup_databases(**given, keepdb=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Field, "clone", quick_clone)
            made = setup_databases(**given)
        connections.close_all()
        _keep(kept)
        return made


def _build_world_for_all(folder: Path) -> None:
    """Build the world once for a session: what one process builds in it, all have.

    On a server of somebody else's each process builds its own.
    """
    if connection.vendor != "sqlite" and OWN_SERVER not in os.environ:
        _build_world()
        return
    world = str(folder / "world.sqlite3") if connection.vendor == "sqlite" else "world"
    with (folder / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _exists(world):
            copy_database(world, own_name())
        else:
            _build_world()
            connections.close_all()
            copy_database(own_name(), world)
    share(folder / "shelf")


def _build_world() -> None:
    build_world()
    sign_everybody_in()


def quick_clone(field: Field) -> Field:
    """Copy a field of a migration's state, in place of making it anew from what describes it.

    Migrations clone each field of each model some hundred times, which is half of their time.
    """
    twin = copy.deepcopy(field)
    twin.__dict__.pop("related_model", None)
    # Columns are made in this order.
    if twin.auto_created:
        twin.creation_counter, Field.auto_creation_counter = (
            Field.auto_creation_counter,
            Field.auto_creation_counter - 1,
        )
    else:
        twin.creation_counter, Field.creation_counter = (
            Field.creation_counter,
            Field.creation_counter + 1,
        )
    return twin


def _name_for_tests() -> str:
    """Return what Django will name the database that it sets up."""
    named = connection.settings_dict
    return str(named["TEST"]["NAME"] or f"{TEST_DATABASE_PREFIX}{named['NAME']}")


def _kept_for_all() -> str:
    """Return where the migrated database is: in a file for good, or on a server for its time."""
    return str(_migrated_file()) if connection.vendor == "sqlite" else "migrated"


def _migrated_file() -> Path:
    suffix = "sqlite3" if connection.vendor == "sqlite" else "sql"
    return MIGRATED / f"{_digest_of_migrations()}.{suffix}"


def _exists(name: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with maintenance() as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _keep(name: str) -> None:
    """Keep the migrated database for the others, under its name only when it is whole."""
    kept = _migrated_file()
    new = kept.with_name(f"{kept.name}.new")
    for old in (*MIGRATED.glob(f"*{kept.suffix}"), *MIGRATED.glob(f"*{kept.suffix}.new")):
        old.unlink()
    if connection.vendor == "sqlite":
        copy_database(own_name(), str(new))
    else:
        copy_database(own_name(), name)
        write_dump(new, name)
    new.rename(kept)


def _restore(name: str) -> None:
    """Take the migrated database of an earlier session over to this session's server."""
    if connection.vendor == "sqlite" or not _migrated_file().exists():
        return
    with maintenance() as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{name}_new")))
    database = settings.DATABASES["default"]
    where = {"host": str(database["HOST"]), "user": str(database["USER"])}
    read_dump(_migrated_file(), **where, database=f"{name}_new")
    with maintenance() as server:
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(f"{name}_new"), sql.Identifier(name)
            )
        )


def _digest_of_migrations() -> str:
    """Return a digest of all migrations, and of the modules of ours that they import."""
    files = {*ROOT.glob("marketplace/**/migrations/*.py"), ROOT / "requirements.txt"}
    for file in list(files):
        for module, name in IMPORTED.findall(file.read_text(encoding="utf-8")):
            path = ROOT / module.replace(".", "/")
            files |= {path.with_suffix(".py"), path / f"{name}.py"}
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _template() -> str:
    return f"{own_name()}_template"


def _empty() -> str:
    return f"{own_name()}_empty"

"""A database that holds the world, and a fresh copy of it for tests that commit.

Append-only tables refuse TRUNCATE, so nothing can be flushed: the copy is made from a template.
"""

from __future__ import annotations

import copy
import fcntl
import hashlib
import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.models import Field
from django.test.utils import setup_databases, teardown_databases
from psycopg import sql

from marketplace.ledger import last_head
from tests.given.shelf import alone, mark_world
from tests.given.world import build_world, sign_everybody_in
from tests.plugins.databases import OWN_SERVER
from tests.plugins.postgres import programs

ROOT = Path(__file__).resolve().parents[2]
MIGRATED = ROOT / "build" / "test-databases"
"""Migrated databases with nothing in them, as a file of SQLite and as a dump of PostgreSQL:
migrating takes longer than most test files.

The locks there let one process at a time migrate a database of either kind.
"""

IMPORTED = re.compile(r"^(?:from|import) (marketplace[\w.]*)(?: import (\w+))?", re.MULTILINE)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Build the world once, and keep a template of the database that holds it.

    Django's plugin would set up no database for a session whose tests all commit.
    """
    with django_db_blocker.unblock():
        made = _migrated_database()
        connections.close_all()
        _copy(_name(), _empty())
        build_world()
        sign_everybody_in()
        mark_world()
        connections.close_all()
        _copy(_name(), _template())
    yield
    with django_db_blocker.unblock():
        _drop(_template())
        _drop(_empty())
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
            _copy(_template(), _name())


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
            _copy(_empty(), _name())
            # Fixtures of a module come before those that see to this for each test.
            last_head.replace(None)
            yield
        finally:
            connections.close_all()
            _copy(_template(), _name())
            last_head.replace(None)


def copy_migrated(target: Path) -> None:
    """Copy the migrated SQLite database, which a session on SQLite has kept, to a file."""
    _copy_file(str(_migrated_file()), str(target))


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
            _copy(kept, _name_for_tests())
            return setup_databases(**given, keepdb=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Field, "clone", quick_clone)
            made = setup_databases(**given)
        connections.close_all()
        _keep(kept)
        return made


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
    """Answer what Django will name the database that it sets up."""
    named = connection.settings_dict
    return str(named["TEST"]["NAME"] or f"{TEST_DATABASE_PREFIX}{named['NAME']}")


def _kept_for_all() -> str:
    """Answer where the migrated database is: in a file for good, or on a server for its time."""
    return str(_migrated_file()) if connection.vendor == "sqlite" else "migrated"


def _migrated_file() -> Path:
    suffix = "sqlite3" if connection.vendor == "sqlite" else "sql"
    return MIGRATED / f"{_digest_of_migrations()}.{suffix}"


def _exists(name: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with _maintenance() as maintenance:
        found = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _keep(name: str) -> None:
    """Keep the migrated database for the others, under its name only when it is whole."""
    kept = _migrated_file()
    new = kept.with_name(f"{kept.name}.new")
    for old in (*MIGRATED.glob(f"*{kept.suffix}"), *MIGRATED.glob(f"*{kept.suffix}.new")):
        old.unlink()
    if connection.vendor == "sqlite":
        _copy(_name(), str(new))
    else:
        _copy(_name(), name)
        write_dump(new, name)
    new.rename(kept)


def _restore(name: str) -> None:
    """Take the migrated database of an earlier session over to this session's server."""
    if connection.vendor == "sqlite" or not _migrated_file().exists():
        return
    with _maintenance() as maintenance:
        maintenance.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{name}_new")))
    database = settings.DATABASES["default"]
    where = {"host": str(database["HOST"]), "user": str(database["USER"])}
    read_dump(_migrated_file(), **where, database=f"{name}_new")
    with _maintenance() as maintenance:
        maintenance.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(f"{name}_new"), sql.Identifier(name)
            )
        )


def write_dump(file: Path, database: str = "") -> None:
    """Write a database of the tests' PostgreSQL to a file; "" is that of the test that runs."""
    own = settings.DATABASES["default"]
    where = (f"--host={own['HOST']}", f"--username={own['USER']}", database or _name())
    subprocess.run([programs() / "pg_dump", "--no-owner", f"--file={file}", *where], check=True)


def read_dump(file: Path, *, host: str, user: str, database: str) -> None:
    """Fill an empty PostgreSQL database with what was written to a file."""
    subprocess.run(
        [
            *(str(programs() / "psql"), "--no-psqlrc", "--quiet", "--single-transaction"),
            *("--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--file={file}"),
            *(f"--host={host}", f"--username={user}", database),
        ],
        check=True,
    )


def _digest_of_migrations() -> str:
    """Answer a digest of all migrations, and of the modules of ours that they import."""
    files = {*ROOT.glob("marketplace/**/migrations/*.py"), ROOT / "requirements.txt"}
    for file in list(files):
        for module, name in IMPORTED.findall(file.read_text(encoding="utf-8")):
            path = ROOT / module.replace(".", "/")
            files |= {path.with_suffix(".py"), path / f"{name}.py"}
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _template() -> str:
    return f"{_name()}_template"


def _empty() -> str:
    return f"{_name()}_empty"


def _copy(source: str, target: str) -> None:
    if connection.vendor == "sqlite":
        _copy_file(source, target)
        return
    _drop(target)
    with _maintenance() as maintenance:
        maintenance.execute(
            # Copied file by file: by the log, as PostgreSQL does it else, takes twice as long.
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(target), sql.Identifier(source)
            )
        )


def _copy_file(source: str, target: str) -> None:
    """Copy page by page under SQLite's own locks, since another process may hold the file open."""
    # To open what is not there would make it, empty.
    there = f"{Path(source).absolute().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(there, uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")
        origin.backup(copy)


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        Path(name).unlink(missing_ok=True)
        return
    with _maintenance() as maintenance:
        maintenance.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _maintenance() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=str(database["HOST"]),
        port=str(database["PORT"]),
        user=str(database["USER"]),
        password=str(database["PASSWORD"]),
        dbname="postgres",
        autocommit=True,
    )

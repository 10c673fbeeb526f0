"""Copy the databases of tests, files of SQLite or those of a PostgreSQL server, and write dumps."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests.plugins.postgres import programs


def write_dump(file: Path, database: str = "") -> None:
    """Write a database of the tests' PostgreSQL to a file; "" is that of the test that runs."""
    own = settings.DATABASES["default"]
    where = (f"--host={own['HOST']}", f"--username={own['USER']}", database or own_name())
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


def own_name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def copy_database(source: str, target: str) -> None:
    if connection.vendor == "sqlite":
        copy_file(source, target)
        return
    drop_database(target)
    with maintenance() as server:
        server.execute(
            # Copied file by file: by the log, as PostgreSQL does it else, takes twice as long.
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(target), sql.Identifier(source)
            )
        )


def copy_file(source: str, target: str) -> None:
    """Copy page by page under SQLite's own locks, since another process may hold the file open."""
    # To open what is not there would make it, empty.
    there = f"{Path(source).absolute().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(there, uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")
        origin.backup(copy)


def drop_database(name: str) -> None:
    if connection.vendor == "sqlite":
        Path(name).unlink(missing_ok=True)
        return
    with maintenance() as server:
        server.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def maintenance() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=str(database["HOST"]),
        port=str(database["PORT"]),
        user=str(database["USER"]),
        password=str(database["PASSWORD"]),
        dbname="postgres",
        autocommit=True,
    )

"""What a database raises that is away or busy, and is no fault of whoever asks it."""

import sqlite3
from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError

DATABASE_AWAY: Final = (InterfaceError, OperationalError)
"""It restarts, refuses connections, or gives up a lock: the same may be tried again."""

GAVE_UP: Final = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.QueryCanceled,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
"""PostgreSQL works, and gave up this one question since others are in its way."""
WHOLE_CODE: Final = 0xFF
"""The part of a code of SQLite that names the kind of error."""


def is_database_away(error: BaseException | None) -> bool:
    """Return whether the database did not do what it was asked, or this was made of that."""
    return any(isinstance(each, DATABASE_AWAY) for each in _made_of(error))


def is_database_busy(error: BaseException | None) -> bool:
    """Return whether the database gave up since others hold what was asked for too long."""
    return any(isinstance(each, GAVE_UP) or _is_locked(each) for each in _made_of(error))


def _is_locked(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return isinstance(error, sqlite3.OperationalError) and (
        code & WHOLE_CODE in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    )


def _made_of(error: BaseException | None) -> list[BaseException]:
    found = []
    while error is not None:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found

"""Take away what rolled-back tests leave in the tables of PostgreSQL.

Each test rolls back, and its rows stay as dead ones that every later scan of a table reads.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

SELDOM = 20
"""After so many tests of a worker that asked the database."""
MANY = 100
"""Dead rows of a table that are worth the work."""

_asked = [0]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Vacuum once in a while, when a test has rolled back."""
    yield
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    with item.config.stash[blocking_manager_key].unblock():
        if connection.in_atomic_block:
            return
        _asked[0] += 1
        if _asked[0] % SELDOM:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(relname) FROM pg_stat_user_tables WHERE n_dead_tup > %s",
                [MANY],
            )
            tables = [name for (name,) in cursor.fetchall()]
            if tables:
                cursor.execute(f"VACUUM (TRUNCATE TRUE) {', '.join(tables)}")

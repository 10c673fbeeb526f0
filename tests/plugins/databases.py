"""Choose folder, database and broker address before Django reads its settings.

`pytest --database=postgres` (or `DATABASE=postgres` in the environment) uses the server that
`DATABASE_URL` names, else one of its own from the embedded binaries. `--database=sqlite` uses
SQLite whatever `DATABASE_URL` says. Without either, `DATABASE_URL` decides, and SQLite where it
is unset. `--only-with-database` leaves out what another database cannot change: what asks for none,
and what is marked `any_database`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from marketplace.desk.supervisor.sockets import embedded_broker_url
from tests.plugins.postgres import EmbeddedPostgres

GIVES_DATABASE = {"db", "transactional_db", "django_db_setup"}
FOLDER = pytest.StashKey[Path]()
OWN_SERVER = "TEST_SERVER_IS_OWN"
"""The variable by which the workers of xdist know that the server goes with the session."""
SERVER = pytest.StashKey[EmbeddedPostgres]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`."""
    parser.addoption(
        "--database",
        choices=("", "sqlite", "postgres"),
        default=os.environ.get("DATABASE", ""),
        help="the database to test on; default: DATABASE_URL, else SQLite",
    )
    parser.addoption(
        "--only-with-database",
        action="store_true",
        help="leave out the tests that no database changes: a run on another has shown them",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Set the environment from which the test settings read; Django's plugin comes after."""
    folder = Path(tempfile.mkdtemp(prefix="centre-test-"))
    early_config.stash[FOLDER] = folder
    os.environ["TEST_VAR_DIR"] = str(folder)
    # Nobody listens there until a test asks for `valkey`, and no test meets a broker in use.
    os.environ["BROKER_URL"] = embedded_broker_url(folder)
    chosen = early_config.known_args_namespace.database
    given = os.environ.get("DATABASE_URL", "")
    if chosen == "sqlite" or not given:
        os.environ.pop("DATABASE_URL", None)
    if chosen == "postgres" and not given.startswith(("postgres", "psql", "pgsql")):
        # The workers of xdist inherit the address, so only their controller comes here.
        server = EmbeddedPostgres()
        early_config.stash[SERVER] = server
        os.environ["DATABASE_URL"] = server.start()
        os.environ[OWN_SERVER] = "1"
    try:
        return (yield)
    except BaseException:
        # What fails this early never comes to `pytest_unconfigure`.
        pytest_unconfigure(early_config)
        raise


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what the tests wrote."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


def pytest_report_header() -> str:
    """Say which database is tested."""
    url = os.environ.get("DATABASE_URL", "")
    kind = "PostgreSQL" if url.startswith(("postgres", "psql", "pgsql")) else "SQLite"
    return f"database: {kind}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on SQLite, what only PostgreSQL shows; and what no database changes, if told."""
    if config.option.only_with_database:
        without = [item for item in items if not _depends_on_a_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _depends_on_a_database(item)]
    if "PostgreSQL" in pytest_report_header():
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="only PostgreSQL shows this"))


def _depends_on_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_database"):
        return False
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    return not GIVES_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))

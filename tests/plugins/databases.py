"""Choose folder, database and broker address before Django reads its settings.

Tests run on PostgreSQL: on the server that `DATABASE_URL` names, else on one of their own from the
embedded binaries. `pytest --database=sqlite` (or `DATABASE=sqlite` in the environment) runs them on
SQLite; with `-m sqlite` just those that could end otherwise there, which `ON_SQLITE` lists by name.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from marketplace.embedded.sockets import embedded_broker_url
from tests.plugins.folders import use_memory
from tests.plugins.postgres import EmbeddedPostgres

ON_SQLITE = {
    "tests/campaigns/test_held_rows.py": "holds the whole database, where PostgreSQL holds a row",
    "tests/demo/test_guides.py": "the demo that was told is read from it",
    "tests/demo/test_guide_words.py": "the demo that was told is read from it",
    "tests/demo/test_story.py": "the demo plays on it",
    "tests/demo/test_story_command.py": "the demo plays on it",
    "tests/demo/test_story_world.py": "the demo plays on it",
    "tests/demo/test_tutorial_commands.py": "the demo that was told is read from it",
    "tests/embedded/test_supervisor.py": "the demo's processes share it",
    "tests/given/test_shelf.py": "rows come back as it keeps them",
    "tests/ledger/test_horizon.py": "asks it otherwise what has committed",
    "tests/ledger/test_operating.py": "polls, where PostgreSQL notifies",
    "tests/ledger/test_sealing.py": "triggers, and another statement that numbers the leaves",
    "tests/ledger/test_tampering.py": "who tampers takes its triggers away otherwise",
    "tests/pipeline/test_loop.py": "polls, where PostgreSQL notifies",
    "tests/pipeline/test_recovery.py": "one writer at a time, who may be killed",
    "tests/trading/books/test_books.py": "triggers move its balances",
    "tests/trading/treasury/test_closing.py": "locks the whole database in place of a table",
    "tests/trading/orders/test_orders.py": "acts lock no single rows",
    "tests/trading/listings/test_searching.py": "has no trigrams: searched in another way",
    "tests/vault/test_files.py": "files and rows go together",
    "tests/web/test_idempotency.py": "another error tells that a key is taken",
}
"""What could end otherwise on SQLite, and why; the browser's tests all run on it too."""
ONLY_ON_SQLITE = {
    *(path for path in ON_SQLITE if path.startswith(("tests/demo/", "tests/embedded/"))),
    "tests/pipeline/test_recovery.py",
}
"""The demo plays its story there; on PostgreSQL programs tell theirs in `tests/journeys/`.

Where a worker is killed there, `tests/preparation/test_killed_worker.py` kills one on PostgreSQL.
"""
AS_WRITTEN = {"join_collapse_limit": "1", "from_collapse_limit": "1"}
"""Joins are planned as they are written: with the few rows of a test, the search for a better order
takes longer than the query. Benchmarks plan as a centre does."""
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
        help="the database to test on; default: DATABASE_URL's PostgreSQL or an embedded one",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Set the environment from which the test settings read; Django's plugin comes after."""
    use_memory()
    folder = Path(tempfile.mkdtemp(prefix="centre-test-"))
    early_config.stash[FOLDER] = folder
    os.environ["TEST_VAR_DIR"] = str(folder)
    # Nobody listens there until a test asks for `valkey`, and no test meets a broker in use.
    os.environ["BROKER_URL"] = embedded_broker_url(folder)
    chosen = early_config.known_args_namespace.database
    given = os.environ.get("DATABASE_URL", "")
    if chosen == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif not given.startswith(("postgres", "psql", "pgsql")):
        # The workers of xdist inherit the address, so only their controller comes here.
        server = EmbeddedPostgres(settings=AS_WRITTEN)
        early_config.stash[SERVER] = server
        os.environ["DATABASE_URL"] = server.start()
        os.environ[OWN_SERVER] = "1"
    try:
        return (yield)
    except BaseException:
        # What fails this early never comes to `pytest_unconfigure`.
        pytest_unconfigure(early_config)
        raise


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist where its controller writes."""
    node.workerinput["folder"] = str(node.config.stash[FOLDER])


def shared_folder(config: pytest.Config) -> Path:
    """Return the folder that all processes of a session have; each writes in another one too."""
    return Path(getattr(config, "workerinput", {}).get("folder", config.stash[FOLDER]))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what the tests wrote."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


def pytest_report_header() -> str:
    """Say which database is tested."""
    return f"database: {'PostgreSQL' if is_postgres() else 'SQLite'}"


def is_postgres() -> bool:
    """Tell which database is tested."""
    return os.environ.get("DATABASE_URL", "").startswith(("postgres", "psql", "pgsql"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is shown on SQLite; leave out what only the other database shows."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        if _file_of(item) in ON_SQLITE:
            item.add_marker(pytest.mark.sqlite)
        (left_out if is_of_the_other(item) else kept).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def is_of_the_other(item: pytest.Item) -> bool:
    """Tell whether only the database that is not tested shows what a test is about."""
    if is_postgres():
        return _file_of(item) in ONLY_ON_SQLITE
    return item.get_closest_marker("postgres") is not None


def _file_of(item: pytest.Item) -> str:
    return item.path.relative_to(item.config.rootpath).as_posix()


if __name__ == "__main__":
    # For `make tests-sqlite`, which collects these and the browser's.
    print(*ON_SQLITE)

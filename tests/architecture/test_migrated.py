"""The database that tests migrate in less time is the one that everybody migrates."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.models import Field
if sys.argv[1] == "quick":
    from tests.plugins.fresh import quick_clone
    Field.clone = quick_clone
call_command("migrate", verbosity=0)
with connection.cursor() as cursor:
    for row in cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name"):
        print(row)
"""


def migrated(how: str, folder: Path) -> str:
    """Migrate an empty SQLite database; return all that it is made of."""
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE, how],
        cwd=ROOT,
        env={
            **kept,
            "TEST_VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.campaign
def test_it_is_the_same(tmp_path: Path) -> None:
    """Each table, column, index and trigger, in their order."""
    by_django = migrated("as Django does", tmp_path / "django")
    assert by_django.count("\n") > 100
    assert migrated("quick", tmp_path / "quick") == by_django

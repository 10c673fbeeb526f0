"""What the demo keeps on a machine that others use too."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from marketplace.settings._env import BASE_DIR

USES = """
import django
django.setup()
from django.core.mail import send_mail
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE kept (line int)")
    send_mail("An invitation", "A link", None, ["new@example.org"])
"""


def test_mails_and_database_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    """However open the shell makes files, and where an earlier version left them open."""
    var = tmp_path / "var"
    (var / "mails").mkdir(parents=True)
    for path in (var, var / "mails"):
        path.chmod(0o755)
    (var / "centre.sqlite3").touch(0o644)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "EMAIL_URL", "BROKER_URL", "CENTRE_DOMAIN")
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings.dev", "VAR_DIR": str(var)}
    for _time in range(2):
        before = os.umask(0o022)
        try:
            ran = subprocess.run(
                [sys.executable, "-c", USES.replace("kept", f"kept_{_time}")],
                cwd=BASE_DIR,
                env=environment,
                check=False,
                capture_output=True,
                text=True,
            )
        finally:
            os.umask(before)
        assert ran.returncode == 0, ran.stderr
    assert len(list((var / "mails").iterdir())) == 2
    opened = [var / "mails", *var.glob("centre.sqlite3*")]
    assert len(opened) >= 2
    assert {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in opened} == {
        path.name: 0 for path in opened
    }

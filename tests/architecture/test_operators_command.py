"""`centre` and `manage.py`: neither guesses which centre is meant."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CENTRE = ROOT / "docs" / "how-to" / "production" / "centre"
KEYS = {
    "SECRET_KEY": "only-for-this-test-" + "0" * 40,
    "KEY_ENCRYPTION_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ALLOWED_HOSTS": "centre.example.org",
    "CENTRE_DOMAIN": "centre.example.org",
    "BROKER_URL": "redis://127.0.0.1:1/0",
}


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of this process's environment but where programs are."""
    return subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _centre(*words: str, settings: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"CENTRE_CODE": str(ROOT), "CENTRE_USER": getpass.getuser(), **environment}
    return _run("sh", str(CENTRE), *words, CENTRE_ENV_FILE=str(settings), **given)


@pytest.mark.parametrize("words", [[], ["migrate"], ["found_centre", "--name", "A"]])
def test_bare_manage_refuses(words: list[str], tmp_path: Path) -> None:
    """On a host without settings in the shell nothing is made; the sentence names both ways."""
    shutil.copy(ROOT / "manage.py", tmp_path)
    ended = _run(sys.executable, str(tmp_path / "manage.py"), *words)
    assert ended.returncode == 1
    assert "Which centre is meant? Nothing was done." in ended.stderr
    assert "centre NAME" in ended.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "manage.py"]


def test_the_file_says_which_centre(tmp_path: Path) -> None:
    """Settings come from the file alone; what the shell around names is not heard."""
    told = KEYS | {"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgres:///made_up"}
    file = tmp_path / "centre.env"
    file.write_text("".join(f'{name}="{value}"\n' for name, value in told.items()))
    leaks = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.dev", "VAR_DIR": "/elsewhere"}
    shown = _centre("diffsettings", settings=file, **leaks)
    assert shown.returncode == 0, shown.stderr
    assert f"VAR_DIR = PosixPath('{tmp_path}')" in shown.stdout
    assert "SECURE_SSL_REDIRECT = True" in shown.stdout
    assert "made_up" in shown.stdout


@pytest.mark.parametrize("missing", ["DATABASE_URL", "VAR_DIR", "CENTRE_DOMAIN", "SECRET_KEY"])
def test_half_a_file_is_refused(missing: str, tmp_path: Path) -> None:
    """No default stands in for what the file leaves out."""
    told = KEYS | {"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgres:///made_up"}
    del told[missing]
    file = tmp_path / "centre.env"
    file.write_text("".join(f'{name}="{value}"\n' for name, value in told.items()))
    refused = _centre("diffsettings", settings=file, **{missing: "/of/the/shell"})
    assert refused.returncode != 0
    assert f"Set {missing} in the environment." in refused.stderr


def test_centre_refuses_to_guess(tmp_path: Path) -> None:
    """Without a command, a file, an installed centre or a user it says which, and runs nothing."""
    file = tmp_path / "centre.env"
    assert "Name a command" in _centre(settings=file).stderr
    none = _centre("migrate", settings=file)
    assert none.returncode == 1
    assert f"There is no file {file}" in none.stderr
    file.touch()
    nowhere = _centre("migrate", settings=file, CENTRE_CODE=str(tmp_path))
    assert f"There is no installed centre in {tmp_path}" in nowhere.stderr
    nobody = _centre("migrate", settings=file, CENTRE_USER="nobody-of-that-name")
    assert nobody.returncode == 1
    assert "nobody-of-that-name" in nobody.stderr


def test_only_the_owner_of_the_tables_migrates(tmp_path: Path) -> None:
    """Where the host has such a user; everything else is done as the centre's."""
    somebody = tmp_path / "id"
    somebody.write_text(
        '#!/bin/sh\ncase "$*" in -un) echo somebody;; -u) echo 1000;; '
        '*) exec /usr/bin/id "$@";; esac\n'
    )
    somebody.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    for words, owner, user in (
        ("migrate", "nobody", "nobody"),
        ("check", "nobody", "daemon"),
        ("migrate", "nobody-of-that-name", "daemon"),
    ):
        told = _centre(
            words, settings=tmp_path / "none", PATH=path, CENTRE_USER="daemon", CENTRE_OWNER=owner
        )
        assert f"Run this as root or as {user}; you are somebody." in told.stderr

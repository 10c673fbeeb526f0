"""Plaintext lies in private folders that end with their process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from celery.signals import worker_init
from django.core.management import call_command
from pytest_django import Settings

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.pipeline.bell import Bell
from marketplace.pipeline.loop import Loop
from marketplace.vault.incoming import encrypt_stream
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import clear_abandoned, incoming_folder, vault_folder, work_root
from marketplace.vault.services import (
    SHORTEST_AGE,
    clear_abandoned_work_folders,
    decrypt_into,
    store_stream,
    sweep_vault,
    work_folder,
)
from tests.given.world import World

HOLDER = """
import sys
from pathlib import Path
from marketplace.vault.places import held_file, held_folder

with held_folder(Path(sys.argv[1])) as folder:
    (folder / "plain.csv").write_text("secret")
    file, descriptor = held_file(Path(sys.argv[1]))
    print(folder, file, flush=True)
    sys.stdin.read()
"""


def stored(world: World) -> StoredFile:
    """Return a stored file."""
    return store_stream(
        [b"name\nLi Si\n"],
        name="people.csv",
        purpose=Purpose.SOURCE,
        organization_id=world.organization("officer").pk,
        content_type="text/csv",
        by=Actor.system(Door.TASK),
    )


def test_decrypts_into_a_private_folder_that_goes_away(world: World) -> None:
    with work_folder() as folder:
        path = decrypt_into(stored(world), folder)
        assert path.read_bytes() == b"name\nLi Si\n"
        assert path.suffix == ".csv"
        assert folder.parent == work_root()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o777 == 0o600
    assert not folder.exists()


def test_the_folder_goes_away_after_an_error() -> None:
    folders: list[Path] = []

    def fail() -> None:
        with work_folder() as folder:
            folders.append(folder)
            (folder / "plain.csv").write_text("secret")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not folders[0].exists()


def test_what_this_process_holds_is_not_cleared() -> None:
    clear_abandoned(incoming_folder())  # What processes left that tests before have killed.
    incoming = encrypt_stream([b"half"])
    with work_folder() as folder:
        assert clear_abandoned_work_folders() == 0
        assert clear_abandoned(incoming_folder()) == []
        assert folder.exists()
    assert incoming.path.exists()


def test_what_a_killed_process_held_is_cleared_at_the_next_start(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    folder, file = (Path(word) for word in holder.stdout.readline().split())
    assert clear_abandoned(tmp_path) == []
    assert (folder / "plain.csv").exists()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert clear_abandoned(tmp_path, dry_run=True) == [folder, file]
    assert (folder / "plain.csv").exists()
    assert clear_abandoned(tmp_path) == [folder, file]
    assert not folder.exists()
    assert not file.exists()
    holder.stdin.close()
    holder.stdout.close()


def left_behind() -> Path:
    """Return a work folder that no living process holds."""
    folder = work_root() / "left-behind"
    folder.mkdir()
    (folder / "plain.csv").write_text("secret")
    return folder


def test_the_next_work_clears_what_a_crash_left() -> None:
    folder = left_behind()
    with work_folder():
        assert not folder.exists()


def test_a_starting_worker_clears_what_a_crash_left() -> None:
    folder = left_behind()
    worker_init.send(sender=None)
    assert not folder.exists()


@pytest.mark.django_db
def test_plaintext_of_a_killed_upload_goes_soon() -> None:
    """The loop clears it although nobody uploads again, and leaves what is being worked on."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(work_root())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin
    assert holder.stdout
    folder = Path(holder.stdout.readline().split()[0])
    half = encrypt_stream([b"half of a file"])
    with closing(Bell()) as bell, work_folder() as used:
        Loop(bell).turn()
        assert folder.exists()
        holder.kill()
        holder.wait()
        Loop(bell).turn()
        assert used.exists()
    assert not folder.exists()
    assert half.path.exists()
    half.discard()
    holder.stdin.close()
    holder.stdout.close()


def test_unregistered_bytes_are_swept_once_they_are_old(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    kept = vault_folder() / stored(world).path
    orphan = vault_folder() / "ab" / "abcd"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"ciphertext without a row")
    # Disks keep the time of the machine, whatever the tests' clock says.
    for path in (orphan, kept):
        os.utime(path, (time.time(), time.time()))
    assert sweep_vault().unregistered_files == 0
    with clock.stopped_at(clock.now() + SHORTEST_AGE + timedelta(minutes=1)):
        assert sweep_vault(dry_run=True).unregistered_files == 1
        assert orphan.exists()
        assert sweep_vault().unregistered_files == 1
    assert not orphan.exists()
    assert kept.exists()


def test_the_command_says_what_went(
    world: World,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.VAR_DIR = tmp_path
    left = incoming_folder() / "left-behind"
    left.write_bytes(b"")
    call_command("sweep_vault", "--dry-run")
    assert "1 half-received files" in capsys.readouterr().out
    assert left.exists()
    call_command("sweep_vault")
    assert "1 half-received files" in capsys.readouterr().out
    assert not left.exists()

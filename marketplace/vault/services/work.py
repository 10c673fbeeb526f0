"""Private folders in which files are decrypted while a program needs them plain."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from marketplace.vault.models import StoredFile
from marketplace.vault.places import clear_abandoned, held_folder, work_root
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.services.files import open_stored

COPY_BYTES = 1024 * 1024


@contextmanager
def work_folder() -> Iterator[Path]:
    """Make a folder that only this user may open; at the end it is removed with its files.

    What dead processes left is removed first, so that no crash leaves plaintext for long.
    """
    clear_abandoned_work_folders()
    with held_folder(work_root()) as folder:
        yield folder


def clear_abandoned_work_folders() -> int:
    """Remove the work folders whose process is dead; return how many there were."""
    return len(clear_abandoned(work_root()))


def decrypt_into(file: StoredFile, folder: Path) -> Path:
    """Write a file in plain into a work folder; answer where.

    Raises:
        WrongState: the file was removed, or is missing or damaged.
        DamagedFile: a chunk in its middle is damaged.
    """
    path = folder / f"{file.pk.hex}{PurePosixPath(file.name).suffix}"
    with open_stored(file) as stored:
        write_plain(stored, path)
    return path


def write_plain(stored: SeekableDecrypted, path: Path) -> None:
    """Copy what is decrypted into a new file of a work folder."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as plain:
        shutil.copyfileobj(stored, plain, COPY_BYTES)

"""Where the vault keeps its files, and how a process holds what it is working on."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings

GATE = ".gate"


def vault_folder() -> Path:
    """Return the folder of the stored files; ciphertext only."""
    return _private(Path(settings.VAR_DIR) / "vault")


def incoming_folder() -> Path:
    """Return the folder of files that are being encrypted; on the same disk as the vault."""
    return _private(vault_folder() / "incoming")


def work_root() -> Path:
    """Return the folder of the private work folders: the only place where plaintext may lie."""
    return _private(Path(settings.VAR_DIR) / "work")


def held_file(root: Path) -> tuple[Path, int]:
    """Create an empty file that this process holds; return it and its descriptor.

    The hold is an exclusive `flock`, which the system drops when the process dies, however it
    dies: unlike a process id, it can never belong to somebody else.
    """
    path = root / uuid4().hex
    with _gate(root):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return path, descriptor


@contextmanager
def held_folder(root: Path) -> Iterator[Path]:
    """Make a folder that this process holds, and remove it with all it contains at the end."""
    path = root / uuid4().hex
    with _gate(root):
        path.mkdir(mode=0o700)
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        yield path
    finally:
        try:
            shutil.rmtree(path)
        finally:
            os.close(descriptor)


def clear_abandoned(root: Path, *, dry_run: bool = False) -> list[Path]:
    """Remove what no living process holds; return what that was, oldest first."""
    with _gate(root):
        abandoned = [path for path in root.iterdir() if path.name != GATE and not _is_held(path)]
        abandoned.sort(key=lambda path: path.stat().st_mtime)
        for path in () if dry_run else abandoned:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    return abandoned


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        # Its owner ended between the listing and now.
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def _gate(root: Path) -> Iterator[None]:
    """Keep creating and clearing apart: a thing exists for a moment before it is held."""
    descriptor = os.open(root / GATE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder

"""Files and folders that their owner alone reads."""

import os
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Make a folder, or close one that is there to everybody else; return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close(path, 0o700)
    return path


def private_file(path: Path) -> Path:
    """Make an empty file, or close one that is there to everybody else; return it."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        _close(path, 0o600)
    return path


def _close(path: Path, mode: int) -> None:
    if path.stat().st_uid == os.getuid() and path.stat().st_mode & 0o077:
        path.chmod(mode)

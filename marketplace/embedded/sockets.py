"""Where Unix sockets lie: their whole path may have 107 bytes, which a deep folder exceeds."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_PATH = 107


def socket_path(folder: Path, name: str) -> Path:
    """Return a path for a socket: in the folder, or where that is too long, in a private one.

    The same folder always gets the same answer, so that separate processes agree. Both folders
    are made, for their owner alone.

    Raises:
        PermissionError: somebody else owns the private folder.
    """
    preferred = folder.absolute() / name
    if len(os.fsencode(preferred)) <= LONGEST_PATH:
        preferred.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return preferred
    digest = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    private = _short_temporary_folder() / f"centre-{os.getuid()}-{digest}"
    private.mkdir(mode=0o700, exist_ok=True)
    status = private.lstat()
    if private.is_symlink() or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{private} is not a private folder of yours. Remove it.")
    return private / name


def broker_socket(var: Path) -> Path:
    """Return where the Valkey that the centre runs itself listens."""
    return socket_path(var / "run", "valkey.sock")


def embedded_broker_url(var: Path) -> str:
    """Return the address of that Valkey for Celery."""
    return f"redis+socket://{broker_socket(var)}"


def _short_temporary_folder() -> Path:
    folder = Path(tempfile.gettempdir())
    return folder if len(os.fsencode(folder)) <= 48 else Path("/tmp")

"""Tell what a killed run has left behind from what a running one still writes.

A run locks what it makes, and the system gives the lock back when the process ends, however it
ends. So what bears our name and can be locked belongs to nobody.
"""

import fcntl
import os
from pathlib import Path


def locked_file(path: Path, mode: int = 0o600) -> int:
    """Create a file that must not exist, and answer the handle that locks it.

    Closing the handle gives the lock back.
    """
    # Under its name it is never seen without its lock.
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, mode)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.rename(fresh, path)
    except BaseException:
        os.close(handle)
        fresh.unlink(missing_ok=True)
        raise
    return handle


def is_abandoned(path: Path) -> bool:
    """Return whether a file of ours has lost the process that made it."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True

"""Where tests write: in memory, where there is room, since making files is half of a database."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Free bytes that a run may need; containers often have less, and write to disk then."""


def use_memory() -> None:
    """Let this process and those that it starts write their temporary files into memory.

    Whoever names a folder by TMPDIR has chosen.
    """
    if "TMPDIR" not in os.environ and _is_fit():
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def _is_fit() -> bool:
    if not (IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK)):
        return False
    # A copy of PostgreSQL's programs may have to run from there.
    runs_programs = not os.statvfs(IN_MEMORY).f_flag & os.ST_NOEXEC
    return runs_programs and shutil.disk_usage(IN_MEMORY).free >= ROOM

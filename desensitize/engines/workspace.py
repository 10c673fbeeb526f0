"""The private folder of a run, removed with it even when the run is killed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desensitize.engines.leftovers import is_abandoned, locked_file

PREFIX = "desensitize-"
LOCK = ".lock"


@contextmanager
def workspace(parent: Path | None = None) -> Iterator[Path]:
    """Hand out an empty folder under `parent`, by default the system's folder for such things.

    It is removed when the block ends. Folders that killed runs have left there are removed first.
    """
    place = Path(tempfile.gettempdir()) if parent is None else parent
    for folder in place.glob(f"{PREFIX}*"):
        if is_abandoned(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=place, prefix=PREFIX))
    try:
        handle = locked_file(folder / LOCK)
        try:
            yield folder
        finally:
            os.close(handle)
    finally:
        shutil.rmtree(folder, ignore_errors=True)

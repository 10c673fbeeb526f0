"""Put a finished file under its final name, or nothing at all."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from desensitize.engines.leftovers import is_abandoned, locked_file
from desensitize.tables.disk import disk_refusal, write_refusal

ENDING = ".partial"


@contextmanager
def published(target: Path) -> Iterator[Path]:
    """Hand out a temporary path in the target's folder; publish it when the block ends well.

    The file and its folder are flushed to disk before the rename is taken for done. On any error
    the temporary file is removed and what stood under `target` before stays. A killed run cannot
    remove its own; the next one to the same target does.

    Raises:
        TableError: `write-failed`.
    """
    # The digest bounds the length: a long name stays within what the system allows.
    stem = f".desensitize-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}-"
    temporary = target.with_name(f"{stem}{secrets.token_hex(8)}{ENDING}")
    try:
        for left in target.parent.glob(f"{stem}*{ENDING}"):
            if is_abandoned(left):
                left.unlink(missing_ok=True)
        # Who may read the result is for the umask to say, as with any file.
        handle = locked_file(temporary, 0o666)
        try:
            yield temporary
            os.fsync(handle)
            os.replace(temporary, target)
        finally:
            os.close(handle)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or error from error
    except OSError as error:
        raise write_refusal(error) from error
    finally:
        temporary.unlink(missing_ok=True)

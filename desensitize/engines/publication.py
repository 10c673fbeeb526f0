"""Put a finished file under its final name, or nothing at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from desensitize.errors import TableError
from desensitize.tables.disk import disk_refusal


@contextmanager
def published(target: Path) -> Iterator[Path]:
    """Hand out a temporary path in the target's folder; publish it when the block ends well.

    The file and its folder are flushed to disk before the rename is taken for done. On any error
    the temporary file is removed and what stood under `target` before stays.

    Raises:
        TableError: `write_failed`.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(temporary, target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or error from error
    except OSError as error:
        raise TableError("write_failed", reason=error.strerror or "input/output error") from error
    finally:
        temporary.unlink(missing_ok=True)

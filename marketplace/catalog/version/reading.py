"""Make a clean table of a stranger's file, in a child process that is closed off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from desensitize.errors import TableError
from desensitize.tables import Limits, Reading, TableInfo, convert_in_child
from marketplace.catalog.version.adapters import refusal_of
from marketplace.vault.incoming import Incoming
from marketplace.vault.services import write_plain

LONGEST_READING_SECONDS = 100.0
"""Below the time after which the web server gives a request up."""


@dataclass(frozen=True)
class CleanTable:
    """A table that was read and written anew, and what it was made of.

    `mark` is where a drawing of new and changed rows ended, empty for all others. `says_same` where
    the newest table, come again, says that nothing changed since; a file that a person sends again
    does not. `reading` is how it was read, where an officer has said so. `figures` are what was
    examined of it for the form of its feed, empty where none was open.
    """

    path: Path
    info: TableInfo
    upload_sha256: str
    name: str
    mark: Mapping[str, Any] = field(default_factory=dict)
    says_same: bool = False
    reading: Reading | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


def clean_table(incoming: Incoming, *, name: str, folder: Path, sheet: str = "") -> CleanTable:
    """Decrypt an upload into a work folder and let a child process write it as clean Parquet there.

    Raises:
        Invalid: the file is no table that can be read; the code says why.
    """
    source, target = folder / "upload", folder / "table.parquet"
    with incoming.opened() as encrypted:
        write_plain(encrypted, source)
    try:
        info = read_table(source, target, name=name, limits=limits(), sheet=sheet)
    except TableError as error:
        field = "sheet" if error.code == "unknown-sheet" else "upload"
        raise refusal_of(error, field=field) from error
    finally:
        source.unlink()
    return CleanTable(target, info, incoming.sha256, name)


def limits() -> Limits:
    """Return what one uploaded table may cost here."""
    return Limits(
        max_bytes=settings.CENTRE["UPLOAD_MAX_BYTES"],
        max_rows=settings.CENTRE["UPLOAD_MAX_ROWS"],
        max_columns=settings.CENTRE["UPLOAD_MAX_COLUMNS"],
        max_seconds=LONGEST_READING_SECONDS,
    )


def read_table(
    source: Path, target: Path, *, name: str, limits: Limits, sheet: str = ""
) -> TableInfo:
    """Let a child process write a stranger's file as clean Parquet, isolated where it must be.

    Raises:
        TableError: the file is no table that can be read; the code says why.
    """
    return convert_in_child(
        source,
        target,
        filename=name,
        limits=limits,
        sheet=sheet,
        must_be_isolated=settings.CENTRE["ISOLATED_READERS"],
    )

"""Look into a file in a child process, and keep what was seen of it encrypted.

What was seen shows values, so that it is opened for who sent the file alone.
"""

import json
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from desensitize.errors import TableError
from desensitize.tables import Reading, Survey, survey_in_child
from desensitize.tables.building import built
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.version.adapters import refusal_of
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.reading import limits
from marketplace.core import Actor, Scope
from marketplace.vault.incoming import Incoming, encrypt_stream
from marketplace.vault.models import StoredFile
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.services import open_stored, write_plain


def look(
    encrypted: SeekableDecrypted,
    *,
    name: str,
    folder: Path,
    reading: Reading | None = None,
    before: DatasetVersion | None = None,
) -> Survey:
    """Return what is seen of a file, whose table stands in the folder then, where it makes one.

    `before` is the version whose reading is followed where `reading` leaves it open.

    Raises:
        Invalid: the file is no table however it is read, or the reading is none.
    """
    source = folder / "upload"
    write_plain(encrypted, source)
    former = before.reading if before else {}
    try:
        return survey_in_child(
            source,
            table_in(folder),
            filename=name,
            limits=limits(),
            reading=reading,
            former=built(Reading, former) if former else None,
            must_be_isolated=settings.CENTRE["ISOLATED_READERS"],
        )
    except TableError as error:
        raise refusal_of(error, field=FIELDS.get(error.code, "upload")) from error
    finally:
        source.unlink()


FIELDS = {"unknown-sheet": "sheet", "reading-unfit": ""}


def table_in(folder: Path) -> Path:
    """Return where the table of a file that is looked at is written."""
    return folder / "table.parquet"


def encrypted(seen: Survey) -> Incoming:
    """Encrypt what was seen of a file, to be kept or discarded."""
    return encrypt_stream([json.dumps(asdict(seen), ensure_ascii=False).encode()])


def seen_of(intake: Intake, by: Actor) -> Survey | None:
    """Return what was seen of a file, for who sent it; None for all others, and once it is gone.

    A program that only reads is told no values: they are raw.
    """
    only_reads = by.scopes is not None and Scope.TRADE not in by.scopes
    if intake.sent_by_id != by.person_id or only_reads or intake.seen.removed_at is not None:
        return None
    return survey_of(intake.seen)


def survey_of(file: StoredFile) -> Survey:
    """Return what was kept of a look."""
    with open_stored(file) as stored:
        return built(Survey, json.loads(stored.read()))


def reading_of(intake: Intake) -> Reading:
    return built(Reading, intake.reading)

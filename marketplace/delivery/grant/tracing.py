"""Tell whose copy a leaked file is: by its digest, else by the pseudonyms in it.

Its bytes are a stranger's, so they are parsed where those of an upload are.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import polars as pl
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from desensitize.errors import TableError
from desensitize.tables import Limits
from desensitize.tables.kinds import COMPRESSIONS, KINDS
from marketplace.catalog.version.adapters import refusal_of
from marketplace.catalog.version.reading import read_table
from marketplace.core import Invalid
from marketplace.delivery.grant.bought import asked_for
from marketplace.delivery.grant.selectors import grants_with_digest
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.selectors import marked_copies
from marketplace.vault.services import open_stored, work_folder

PIECE_BYTES = 1024 * 1024
MOST_VALUES = 1000
LEAST_SHARE = 0.5
LIMITS = Limits(
    max_bytes=64 * 1024**3, max_rows=2**40, max_memory_bytes=4 * 1024**3, max_seconds=3_600.0
)
"""A copy may be larger as text than any upload, and the operator can wait for it."""


@dataclass(frozen=True)
class Trace:
    """A buyer whose copy a file may be. `share` of the file's pseudonyms are this buyer's alone."""

    asked_for: str
    recipient_id: UUID
    recipient: str
    share: float
    by_digest: bool = False


def trace(path: Path) -> list[Trace]:
    """Return whose copy a table is, the surest first; nobody where none fits.

    A digest names every buyer of these very bytes. Pseudonyms name one buyer, whose key made them,
    even in a file that was changed, cut or saved in another form.

    Raises:
        Invalid: the file cannot be read.
    """
    try:
        digest = _digest(path)
        found = [
            Trace(asked_for(one.order_id), one.organization_id, one.organization.name, 1, True)
            for one in grants_with_digest(digest)
        ]
        if found:
            return found
        with work_folder() as folder:
            leaked = _texts(path, folder)
    except OSError as error:
        raise Invalid(_("This file cannot be read.")) from error
    except TableError as error:
        raise refusal_of(error) from error
    traces = [
        Trace(copy.asked_for, copy.recipient_id, copy.recipient.name, share)
        for copy in marked_copies()
        if (share := _share(leaked, copy)) >= LEAST_SHARE
    ]
    return sorted(traces, key=lambda one: -one.share)


def _share(leaked: list[set[str]], copy: Copy) -> float:
    """Return the largest share of a column's values that are pseudonyms of a copy."""
    if copy.file is None:
        return 0.0
    with open_stored(copy.file) as file:
        table = pq.read_table(file, columns=copy.marked_columns)
    marks: set[str] = set()
    for name in copy.marked_columns:
        marks |= {value for value in table[name].unique().to_pylist() if value is not None}
    return max((len(values & marks) / len(values) for values in leaked if values), default=0.0)


def _texts(path: Path, folder: Path) -> list[set[str]]:
    """Read some distinct values of each column as text, whatever type the file gives them."""
    table = folder / "leaked.parquet"
    read_table(path, table, name=_kind_name(path), limits=LIMITS)
    return [
        set(column.drop_nulls().unique(maintain_order=True).head(MOST_VALUES).to_list())
        for column in pl.read_parquet(table).cast(pl.String).get_columns()
    ]


def _kind_name(path: Path) -> str:
    """Return a name that says what the file is; the ending of a leaked one may say nothing."""
    with path.open("rb") as file:
        if file.read(4) == b"PAR1":
            return "leaked.parquet"
    is_known = path.suffix.lower() in {*KINDS, *COMPRESSIONS}
    return path.name if is_known else "leaked.csv"


def _digest(path: Path) -> str:
    counted = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            counted.update(piece)
    return counted.hexdigest()

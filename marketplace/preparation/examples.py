"""A few values of one column, cut short, by which a second person judges what it is.

Of that column alone, so that no two values of a person stand beside each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from desensitize.detectors import DETECTORS
from desensitize.detectors.cleaning import as_text, cleaned
from marketplace.catalog.models import DatasetVersion
from marketplace.core.errors import Refusal
from marketplace.preparation.models import Relabelling
from marketplace.preparation.source import BATCH_ROWS, MOST_SHOWN_ROWS
from marketplace.vault.services.files import open_stored

MOST_ROWS = 1_000_000
LONGEST = 16
NUMBER = re.compile(r"(\d{3})(\d{2,})")
MAILBOX = re.compile(r"(\S)[^\s@]*@")


@dataclass(frozen=True)
class Examples:
    """Values that show what was found, cut short; `problem` says why there are none."""

    values: tuple[str, ...]
    problem: str = ""


def examples_of(row: Relabelling, version: DatasetVersion) -> Examples:
    """Return up to five different values of a relabelled column, those that were found first.

    Where values say nothing, because the header spoke or they lie too far down, they are the first
    ones. The caller has checked that the actor confirms the column or may see the source.
    """
    if version.raw_destroyed_at is not None:
        return Examples((), _("The raw data was destroyed, so that no values can be shown."))
    found, first = _Different(), _Different()
    detector = DETECTORS.get(row.kind or str(row.evidence_parameters.get("kind", "")))
    read = 0
    try:
        with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
            for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=[row.column]):
                values = cleaned(as_text(pl.DataFrame(batch).to_series())).drop_nulls()
                first.add(values)
                read += batch.num_rows
                if detector is not None:
                    found.add(values.filter(detector.found_within(values)))
                if detector is None or found.is_full or read >= MOST_ROWS:
                    break
    except Refusal as refusal:
        return Examples((), refusal.sentence)
    return Examples(found.shown or first.shown)


def cut_short(value: str) -> str:
    """Return so much of a value as tells what it is, and not whose: numbers lose their ends."""
    hidden = NUMBER.sub(lambda run: run[1] + "•" * len(run[2]), value)
    hidden = MAILBOX.sub(r"\1•••@", hidden)
    return hidden if len(hidden) <= LONGEST else hidden[: LONGEST - 1] + "…"


class _Different:
    """The first different values that were seen."""

    def __init__(self) -> None:
        self._values: dict[str, None] = {}

    def add(self, values: pl.Series) -> None:
        for value in values.unique(maintain_order=True).head(2 * MOST_SHOWN_ROWS).to_list():
            if not self.is_full:
                self._values[cut_short(value)] = None

    @property
    def is_full(self) -> bool:
        return len(self._values) >= MOST_SHOWN_ROWS

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(self._values)

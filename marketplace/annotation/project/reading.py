"""Read rows of a project's version: the columns shown, from the masked bytes, and nothing else."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import IOBase

import pyarrow as pa
from django.core.cache import cache

from marketplace.annotation.project.models import LabellingProject
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import Question, page_of
from marketplace.catalog.version.selectors import columns_of
from marketplace.vault.services import open_stored


@dataclass(frozen=True)
class Cell:
    """A column of an item as annotators read it: its name, what it is called, and the text."""

    column: str
    label: str
    text: str


KEPT_ROWS, LONGEST_KEPT, KEPT_SECONDS = 64, 64 * 1024, 600
"""So many rows are read at once and kept for the next looks, where they are no longer in signs."""


def cells_of(project: LabellingProject, row: int) -> tuple[Cell, ...]:
    """Read what annotators are shown of a row. The caller has checked that it may be shown.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    before = (row - 1) // KEPT_ROWS * KEPT_ROWS
    return _cells(project, _texts_after(project, before)[row - 1 - before], _labels(project))


def _texts_after(project: LabellingProject, row: int) -> list[tuple[str, ...]]:
    """Return the columns shown of some masked rows after one.

    A batch is labelled row by row, and to find one in a file costs as much as to find those beside
    it. Each process keeps what it read in its memory, for some minutes; the file itself is opened
    each time, so that nothing is shown of one that was removed.
    """
    columns = tuple(project.columns)
    shown = hashlib.sha256(json.dumps(columns).encode()).hexdigest()
    key = f"rows:{project.version.file_id}:{shown}:{row}"
    with open_stored(project.version.file) as file:
        texts: list[tuple[str, ...]] | None = cache.get(key)
        if texts is None:
            table = _rows_between(file, columns, row, row + KEPT_ROWS)
            found = (table.column(name).to_pylist() for name in columns)
            texts = [tuple(map(_text, values)) for values in zip(*found, strict=True)]
            if sum(len(text) for each in texts for text in each) <= LONGEST_KEPT:
                cache.set(key, texts, KEPT_SECONDS)
    return texts


def cells_of_rows(project: LabellingProject, rows: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
    """Read what annotators are shown of some rows, in the order given, as `cells_of` does.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    labels = _labels(project)
    table = columns_shown(project, rows)
    values = (table.column(name).to_pylist() for name in project.columns)
    for row in zip(*values, strict=True):
        yield _cells(project, tuple(map(_text, row)), labels)


def columns_shown(
    project: LabellingProject, rows: Sequence[int], version: DatasetVersion | None = None
) -> pa.Table:
    """Read the columns shown of some rows, from the masked bytes, in the order given.

    They are those of the project's version, where no other one is named.
    """
    columns, last = tuple(project.columns), max(rows, default=0)
    with open_stored((version or project.version).file) as file:
        table = _rows_between(file, columns, 0, last)
    return table.take(pa.array([row - 1 for row in rows], pa.int64()))


def _rows_between(file: IOBase, columns: tuple[str, ...], after: int, last: int) -> pa.Table:
    """Return the rows after one and up to another, or to the end of the file."""
    found = []
    while after < last:
        page = page_of(file, Question(columns, after=after, limit=last - after), Projection())
        found.append(page.table)
        after += len(page.table)
        if page.next_after is None:
            break
    return pa.concat_tables(found)


def _labels(project: LabellingProject) -> dict[str, str]:
    columns = columns_of(project.version).filter(name__in=project.columns)
    return dict(columns.values_list("name", "label"))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _cells(
    project: LabellingProject, texts: tuple[str, ...], labels: Mapping[str, str]
) -> tuple[Cell, ...]:
    return tuple(
        Cell(name, labels.get(name) or name, text)
        for name, text in zip(project.columns, texts, strict=True)
    )


@dataclass(frozen=True)
class WholeText:
    """An item as one text, as other programs take it, and where in it each column begins."""

    text: str
    starts: Mapping[str, int]

    def column_at(self, start: int, end: int, texts: Mapping[str, str]) -> str | None:
        """Return in which column's text a piece lies; None where in none."""
        return next(
            (
                name
                for name, first in self.starts.items()
                if first <= start and end <= first + len(texts[name])
            ),
            None,
        )


def whole_text(cells: Sequence[Cell]) -> WholeText:
    """Return an item as one text: the text of a single column, else one line a column."""
    if len(cells) == 1:
        return WholeText(cells[0].text, {cells[0].column: 0})
    starts, text = {}, ""
    for cell in cells:
        text += f"{cell.label}: " if not text else f"\n{cell.label}: "
        starts[cell.column] = len(text)
        text += cell.text
    return WholeText(text, starts)


def texts_of(cells: tuple[Cell, ...]) -> dict[str, str]:
    """Return the texts of an item by column."""
    return {cell.column: cell.text for cell in cells}

"""Read rows of a project's version: the columns shown, from the masked bytes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

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


def cells_of(project: LabellingProject, row: int) -> tuple[Cell, ...]:
    """Read what annotators are shown of a row. The caller has checked that it may be shown.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    question = Question(columns=tuple(project.columns), after=row - 1, limit=1)
    with open_stored(project.version.file) as file:
        table = page_of(file, question, Projection()).table
    return _cells(project, table.to_pylist()[0], _labels(project))


def cells_of_rows(project: LabellingProject, rows: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
    """Read what annotators are shown of some rows, in the order given, as `cells_of` does.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    labels = _labels(project)
    table = columns_shown(project, rows)
    values = [table.column(name).to_pylist() for name in project.columns]
    for row in zip(*values, strict=True):
        yield _cells(project, dict(zip(project.columns, row, strict=True)), labels)


def columns_shown(
    project: LabellingProject, rows: Sequence[int], version: DatasetVersion | None = None
) -> pa.Table:
    """Read the columns shown of some rows, from the masked bytes, in the order given.

    They are those of the project's version, where no other one is named.
    """
    found, after, last = [], 0, max(rows, default=0)
    columns = tuple(project.columns)
    with open_stored((version or project.version).file) as file:
        while after < last:
            page = page_of(
                file, Question(columns=columns, after=after, limit=last - after), Projection()
            )
            found.append(page.table)
            after += len(page.table)
            if page.next_after is None:
                break
    return pa.concat_tables(found).take(pa.array([row - 1 for row in rows], pa.int64()))


def _labels(project: LabellingProject) -> dict[str, str]:
    return {column.name: column.label for column in columns_of(project.version)}


def _cells(
    project: LabellingProject, values: Mapping[str, object], labels: Mapping[str, str]
) -> tuple[Cell, ...]:
    return tuple(
        Cell(name, labels.get(name) or name, "" if values[name] is None else str(values[name]))
        for name in project.columns
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

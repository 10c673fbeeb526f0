"""Read rows of a project's version: the columns shown, from the masked bytes, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.annotation.project.models import LabellingProject
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
    labels = {column.name: column.label for column in columns_of(project.version)}
    values = table.to_pylist()[0]
    return tuple(
        Cell(name, labels.get(name) or name, "" if values[name] is None else str(values[name]))
        for name in project.columns
    )


def texts_of(cells: tuple[Cell, ...]) -> dict[str, str]:
    """Return the texts of an item by column."""
    return {cell.column: cell.text for cell in cells}

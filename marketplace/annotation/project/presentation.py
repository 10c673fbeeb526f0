"""How labels read."""

from collections.abc import Mapping
from typing import Any

from marketplace.annotation.kinds.kind import Answer, Scheme
from marketplace.annotation.project.reading import Cell, texts_of


def worded(scheme: Scheme, answer: Mapping[str, Any] | None, cells: tuple[Cell, ...]) -> str:
    """Return an answer in the words of its scheme; "" where there is none."""
    if answer is None:
        return ""
    labels = {cell.column: cell.label for cell in cells}
    return scheme.kind.worded(scheme, Answer.from_json(answer), texts_of(cells), labels)

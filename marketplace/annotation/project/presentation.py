"""How labels read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from marketplace.annotation.project.reading import Cell, texts_of
from marketplace.annotation.project.scheme import Answer, Scheme, written_pieces


def worded(scheme: Scheme, answer: Mapping[str, Any] | None, cells: tuple[Cell, ...]) -> str:
    """Return an answer in the words of its scheme; "" where there is none."""
    if answer is None:
        return ""
    said = Answer.from_json(answer)
    if scheme.has_spans:
        return written_pieces(said, texts_of(cells))
    if scheme.is_free:
        return said.text
    if scheme.has_fields:
        names = {cell.column: cell.label for cell in cells}
        lines = [f"{names.get(name, name)}: {text}" for name, text in (said.fields or {}).items()]
        return "\n".join(lines) or _("Nothing to correct")
    return ", ".join(scheme.label_of(code) for code in said.classes)

"""Propose what the columns of a file are: from the header, from what was said, from a library.

What is proposed is shown beside the values, with where it comes from. Where two sources disagree
nothing is proposed: a wrong unit that is filled in is worse than an empty one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from desensitize.tables import Survey
from desensitize.tables.reading import TITLE
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.element.library import element_of
from marketplace.catalog.element.units import is_amount, money_above, unit_in
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.seeing import reading_of
from marketplace.catalog.version.annotations import LONGEST
from marketplace.catalog.version.comparing import Values
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.selectors import said_before

MEANS_NOTHING = re.compile(
    r"[A-Za-z]{1,2}_?[0-9]*|(?:col|column|field|var|unnamed)[_ ]*[0-9]*|第[0-9]+列|[0-9]+",
    re.IGNORECASE,
)
NUMBERS = frozenset({"integer", "decimal", "float"})


@dataclass(frozen=True)
class Proposal:
    """What is proposed of a column, where it comes from, and what to look at."""

    label: str
    unit: str = ""
    meaning: str = ""
    code_list: str = ""
    source: str = ""
    warning: str = ""


def proposals_of(intake: Intake, seen: Survey) -> list[Proposal]:
    """Return what is proposed for each column of a file, as it is read.

    A column that seems to be renamed is proposed to be what was said of it under its former name.
    """
    dataset, names = intake.dataset, reading_of(intake).names
    renamed = Values.of(intake.differs).renamed
    types = {column.name: column.dtype for column in seen.info.columns} if seen.info else {}
    titles = [cell for row in seen.head if row.kind == TITLE for cell in row.cells]
    money = money_above(titles)
    said = said_before(dataset, [*names, *renamed.values()])
    former = {name: said[old] for name, old in renamed.items() if old in said}
    before = {**former, **said}
    return [
        _proposal(dataset, seen, position, name, types.get(name, ""), money, before)
        for position, name in enumerate(names)
    ]


def _proposal(
    dataset: Dataset,
    seen: Survey,
    position: int,
    name: str,
    dtype: str,
    money: str,
    before: Mapping[str, Column],
) -> Proposal:
    label, unit, is_unclear = unit_in(name)
    if not unit and not is_unclear and money and dtype in NUMBERS and is_amount(label):
        unit = money
    known = before.get(name)
    if known is not None:
        return _as_before(known, dtype, unit, is_unclear)
    values = seen.columns[position].values
    element = element_of(label, dataset.theme)
    return Proposal(
        label=_label(label),
        unit=unit,
        meaning=element.meaning if element else "",
        code_list=element.code_list(values) if element else "",
        source=element.source if element and element.source else "",
        warning=_unclear() if is_unclear else "",
    )


def _as_before(known: Column, dtype: str, unit: str, is_unclear: bool) -> Proposal:
    """Propose what was said of a column of this name, but for a unit that the file contradicts."""
    source = _("as in “%(title)s”, version %(number)d") % {
        "title": known.version.dataset.title,
        "number": known.version.number,
    }
    warning = ""
    if is_unclear:
        warning = _unclear()
    elif unit and known.unit and unit != known.unit:
        warning = _("The file says %(now)s; it was %(before)s before. Say which holds.") % {
            "now": unit,
            "before": known.unit,
        }
    return Proposal(
        label=known.label,
        unit="" if warning else known.unit or unit,
        meaning=known.meaning,
        code_list=known.code_list,
        source=source,
        warning=warning,
    )


def _unclear() -> str:
    return _("The header tells of a unit that is not known. Fill it in.")


def _label(text: str) -> str:
    """Return a header as a label: the words of a program's name apart, and nothing changed else.

    A header that says nothing to a reader, such as f3, makes no label.
    """
    if MEANS_NOTHING.fullmatch(text):
        return ""
    words = text
    if text.isascii() and "_" in text:
        words = " ".join(part for part in text.split("_") if part)
    if words.isascii() and words.islower():
        words = words[:1].upper() + words[1:]
    return words[: LONGEST["label"]]

"""Write the table of a labelled set: the columns shown, and the label of each item."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext, gettext_noop, override

from marketplace.annotation.arbitration.selectors import Outcome
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.reading import columns_shown
from marketplace.catalog.version.annotations import LONGEST, ColumnAnnotation
from marketplace.catalog.version.selectors import columns_of

LABEL = "label"


def write_labelled(project: LabellingProject, known: Sequence[Outcome], target: Path) -> int:
    """Write the items whose label is known, in the order of their rows; return how many.

    Raises:
        WrongState: the file of the version was removed or is damaged.
    """
    table = columns_shown(project, [one.item.row for one in known])
    kind = project.scheme.kind
    labels = [kind.cell(one.answer or {}) for one in known]
    named = table.append_column(label_column(project), pa.array(labels, pa.string()))
    pq.write_table(named, target, compression="zstd")
    return len(known)


def label_column(project: LabellingProject) -> str:
    """Return a name for the column of labels that no column shown has."""
    name = LABEL
    while name in project.columns:
        name += "_"
    return name


def explained(project: LabellingProject) -> list[ColumnAnnotation]:
    """Return what the columns of a labelled set are, as the data that was labelled says of its own.

    The column of labels has the classes of the project as its codes.
    """
    known = {column.name: column for column in columns_of(project.version)}
    kept = [
        ColumnAnnotation(
            name,
            known[name].label[: LONGEST["label"]],
            *(known[name].meaning, known[name].unit, known[name].code_list),
            *(known[name].harmed, known[name].degree),
        )
        for name in project.columns
    ]
    scheme = project.scheme
    classes = scheme.kind.cell_codes(scheme)
    labels = ColumnAnnotation(
        label_column(project),
        label=in_both_languages(gettext_noop("Label of the row")),
        meaning=in_both_languages(gettext_noop("What the row was labelled as")),
        code_list="\n".join(f"{one.code} = {one.label}" for one in classes),
    )
    return [*kept, labels]


def in_both_languages(message: str) -> str:
    """Return a word in Chinese and in English, as columns are labelled that both read."""
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(gettext(message))
    return " ".join(said)

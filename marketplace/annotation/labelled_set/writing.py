"""Write the table of a labelled set: the columns shown, and the label of each item."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marketplace.annotation.arbitration.selectors import Outcome
from marketplace.annotation.project.models import LabellingProject
from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import Question, page_of
from marketplace.vault.services import open_stored

LABEL = "label"


def write_labelled(project: LabellingProject, outcomes: Sequence[Outcome], target: Path) -> int:
    """Write the items whose label is known, in the order of their rows; return how many.

    Raises:
        WrongState: the file of the version was removed or is damaged.
    """
    known = [one for one in outcomes if one.is_complete and one.answer is not None]
    table = _columns(project, [one.item.row for one in known])
    labels = [_as_text(project, one.answer or {}) for one in known]
    named = table.append_column(label_column(project), pa.array(labels, pa.string()))
    pq.write_table(named, target, compression="zstd")
    return len(known)


def label_column(project: LabellingProject) -> str:
    """Return a name for the column of labels that no column shown has."""
    name = LABEL
    while name in project.columns:
        name += "_"
    return name


def _columns(project: LabellingProject, rows: Sequence[int]) -> pa.Table:
    """Read the columns shown of some rows, from the masked bytes."""
    found, after = [], 0
    columns = tuple(project.columns)
    with open_stored(project.version.file) as file:
        while after < project.rows:
            question = Question(columns=columns, after=after, limit=project.rows - after)
            page = page_of(file, question, Projection())
            found.append(page.table)
            after += len(page.table)
            if page.next_after is None:
                break
    whole = pa.concat_tables(found)
    return whole.take(pa.array([row - 1 for row in rows], pa.int64()))


def _as_text(project: LabellingProject, answer: dict[str, Any]) -> str:
    """Return a label as it stands in a cell: codes, or spans as JSON."""
    if project.scheme.has_spans:
        return json.dumps(answer["spans"], ensure_ascii=False, sort_keys=True)
    return ";".join(answer["classes"])

"""Write the table of a labelled set: the columns shown, and the label of each item."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marketplace.annotation.arbitration.selectors import Outcome
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.reading import columns_shown

LABEL = "label"


def write_labelled(project: LabellingProject, outcomes: Sequence[Outcome], target: Path) -> int:
    """Write the items whose label is known, in the order of their rows; return how many.

    Raises:
        WrongState: the file of the version was removed or is damaged.
    """
    known = [one for one in outcomes if one.is_complete and one.answer is not None]
    table = columns_shown(project, [one.item.row for one in known])
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


def _as_text(project: LabellingProject, answer: dict[str, Any]) -> str:
    """Return a label as it stands in a cell: codes, an answer, or spans and corrections as JSON."""
    if project.scheme.has_spans:
        return json.dumps(answer["spans"], ensure_ascii=False, sort_keys=True)
    if project.scheme.has_fields:
        return json.dumps(answer["fields"], ensure_ascii=False, sort_keys=True)
    return str(answer["text"]) if project.scheme.is_free else ";".join(answer["classes"])

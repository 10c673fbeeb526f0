"""Make the items of a project that is published."""

import hashlib

from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.selectors import gold_of


def lay_out(project: LabellingProject) -> None:
    """Make the items of a project: gold rows are left out, and a share is labelled by several."""
    gold = set(gold_of(project).values_list("row", flat=True))
    Item.objects.bulk_create(
        [
            Item(project=project, row=row, needed=_needed(project, row))
            for row in range(1, project.rows + 1)
            if row not in gold
        ],
        batch_size=2000,
    )


def _needed(project: LabellingProject, row: int) -> int:
    """Return how many annotators label a row; which are several, nobody can choose."""
    drawn = hashlib.sha256(f"{project.pk}:{row}".encode()).digest()
    is_shared = int.from_bytes(drawn[:8], "big") % 100 < project.overlap_percent
    return project.overlap_count if is_shared else 1

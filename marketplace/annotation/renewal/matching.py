"""Find the items of a project again in a version made anew, by what annotators are shown.

Which row of a masked version is whose nobody can tell, and nobody needs to: of so many rows that
read alike as there are fewer now, so many items are gone.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.reading import columns_shown
from marketplace.catalog.version.models import DatasetVersion

Key = TypeVar("Key", bound=Hashable)


def found_again(
    wanted: Mapping[Key, tuple[str, ...]], rows: Sequence[tuple[str, ...]]
) -> dict[Key, int]:
    """Return for each that is wanted a row that reads alike, counted from 1, each row once."""
    free: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in range(len(rows), 0, -1):
        free[rows[number - 1]].append(number)
    return {key: free[text].pop() for key, text in wanted.items() if free[text]}


def places_in(
    project: LabellingProject, items: Sequence[Item], version: DatasetVersion
) -> dict[UUID, int]:
    """Return by the key of each item that is found again its row in another version.

    Raises:
        WrongState: a file was removed or is damaged.
    """
    before = texts_shown(project, [item.row for item in items], project.version)
    after = texts_shown(project, range(1, version.rows + 1), version)
    return found_again(dict(zip([item.pk for item in items], before, strict=True)), after)


def texts_shown(
    project: LabellingProject, rows: Sequence[int], version: DatasetVersion
) -> list[tuple[str, ...]]:
    """Read what annotators of a project are shown of some rows of a version.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    table = columns_shown(project, rows, version)
    columns = [map(str, table.column(name).to_pylist()) for name in project.columns]
    return list(zip(*columns, strict=True))

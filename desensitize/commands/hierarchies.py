"""Read a folder of hierarchy files."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from desensitize.errors import TableError
from desensitize.privacy import Hierarchy, load_hierarchy


def add_hierarchies(parser: ArgumentParser) -> None:
    """Add the argument that names the folder."""
    parser.add_argument(
        "--hierarchies", type=Path, help="folder of files *_hierarchy_COLUMN.csv in ARX's form"
    )


def given_hierarchies(folder: Path | None, columns: Iterable[str]) -> dict[str, Hierarchy]:
    """Return the hierarchies that the folder has for some columns.

    Raises:
        DesensitizeError: `bad-hierarchy`.
        TableError: `file-missing`: there is no such folder.
    """
    found: dict[str, Hierarchy] = {}
    if folder is None:
        return found
    if not folder.is_dir():
        raise TableError("file-missing")
    for column in columns:
        ending = f"_hierarchy_{column}.csv"
        files = sorted(path for path in folder.glob("*.csv") if path.name.endswith(ending))
        if files:
            found[column] = load_hierarchy(files[0], column)
    return found

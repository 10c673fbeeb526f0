"""What a workbook holds beside the one table that is read from it."""

import re
import zipfile
from pathlib import Path

from desensitize.errors import TableError
from desensitize.tables.kinds import ZIP_START
from desensitize.tables.packing import BROKEN

BLOCK, OVERLAP = 1024**2, 3
SHEET = re.compile(r"(?i)^xl/(?:work|chart|dialog|macro)sheets/[^/]+\.xml$")
CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
BESIDE = {
    r"(?i)^xl/(?:comments|threadedComments)": "it holds comments beside its cells",
    r"(?i)^xl/(?:media|embeddings|activeX|model)/": "it holds pictures or other files",
    r"(?i)^xl/(?:externalLinks|pivotCache|queryTables)": "it holds copies of other tables",
    r"(?i)^(?:customXml/|docProps/custom)": "it holds entries of a program beside its table",
}


def is_workbook(path: Path) -> bool:
    """Return whether a file is a workbook, and not a Parquet file."""
    with path.open("rb") as file:
        return file.read(len(ZIP_START)) == ZIP_START


def workbook_findings(path: Path) -> list[str]:
    """Return what a workbook holds beside the cells of one sheet.

    Raises:
        TableError: `corrupt-workbook`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            found = [
                told
                for form, told in BESIDE.items()
                if any(re.search(form, name) for name in names)
            ]
            filled = sum(_has_cells(archive, name) for name in names if SHEET.search(name))
    except BROKEN as error:
        raise TableError("corrupt-workbook") from error
    return found if filled <= 1 else [f"it holds {filled} sheets with cells", *found]


def _has_cells(archive: zipfile.ZipFile, name: str) -> bool:
    rest = b""
    with archive.open(name) as stream:
        while block := stream.read(BLOCK):
            if CELL.search(rest + block):
                return True
            rest = block[-OVERLAP:]
    return False

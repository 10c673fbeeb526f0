"""The public files that ship with the story, checked before they are read."""

import csv
import hashlib
import io
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "data"

# As written down in data/PROVENANCE.md.
STORED_SHA256: Final = {
    "adult": "0ba58567eec97acaaaf26fe108bdb405c96f0afb09186bf3be965c14385d4780",
    "seattle-weather": "44e8107038298361cb3d0958a686333c5ca931dbd1c9d12d62ab0a43a5b7faf5",
}


class DataDamaged(Exception):
    """A shipped file is not the one that its provenance describes."""


def public_bytes(name: str) -> bytes:
    """Give a shipped CSV file uncompressed; `name` is a key of `STORED_SHA256`.

    Raises:
        DataDamaged: the stored file is not the one that its provenance describes.
    """
    path = _FOLDER / f"{name}.csv.xz"
    stored = path.read_bytes()
    if hashlib.sha256(stored).hexdigest() != STORED_SHA256[name]:
        raise DataDamaged(
            f"The file {path.name} of the demo story is damaged. Restore it from the repository."
        )
    return lzma.decompress(stored, format=lzma.FORMAT_XZ)


def public_rows(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a shipped CSV file from the top, by column name."""
    return csv.DictReader(io.StringIO(public_bytes(name).decode("ascii"), newline=""))

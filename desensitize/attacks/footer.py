"""What the metadata of a Parquet file tells beside its rows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.errors import TableError

PATH = re.compile(r"(?<![\w:/.])(?:file://|~?(?:/[\w.~-]+){2,}|[A-Za-z]:\\\\?\w|\\\\\\\\\w)")
SHORTEST_NAME = 4
FEWEST_NUMBERS, SHARE_OF_ROWS = 100, 0.5
"""An entry with more numbers that differ, or so long a text of no words, may place the rows."""


def metadata_findings(released: Path, source: Path, source_columns: list[str]) -> list[str]:
    """Return what the metadata of a release tells of its source: paths, file and column names.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        metadata = pq.read_metadata(released)
        schema = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise TableError("unreadable-table") from error
    left_out = [name for name in source_columns if name not in schema.names]
    found = []
    for place, text in _texts(metadata, schema):
        if PATH.search(text):
            found.append(f"{place} holds the path of a file")
        elif len(source.stem) >= SHORTEST_NAME and source.name in text:
            found.append(f"{place} holds the name of the source's file")
        if _places_rows(text, metadata.num_rows):
            found.append(f"{place} holds as much as would place the rows")
        for name in left_out:
            if len(name) >= SHORTEST_NAME and f'"{name}"' in text:
                found.append(f"{place} names the column “{name}”, which is not released")
    return found


def _places_rows(text: str, rows: int) -> bool:
    most = max(FEWEST_NUMBERS, int(rows * SHARE_OF_ROWS))
    words = max((len(word) for word in re.findall(r"[A-Za-z0-9+/=_-]+", text)), default=0)
    return words > 2 * most or len(set(re.findall(r"\d+", text))) > most


def _texts(metadata: pq.FileMetaData, schema: pa.Schema) -> Iterator[tuple[str, str]]:
    yield "the name of the writing program", str(metadata.created_by or "")
    for key, value in (metadata.metadata or {}).items():
        # This one is the schema again, which stands below in clear.
        if key != b"ARROW:schema":
            name = key.decode(errors="replace")
            yield f"the entry “{name}”", f"{name} {value.decode(errors='replace')}"
    for field in schema:
        for key, value in (field.metadata or {}).items():
            text = f"{key.decode(errors='replace')} {value.decode(errors='replace')}"
            yield f"an entry of the column “{field.name}”", text

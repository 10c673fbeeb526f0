"""What the metadata of a Parquet file tells beside its rows."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.attacks.values import Values
from desensitize.errors import TableError

PATH = re.compile(r"(?<![\w:/.])(?:file://|~?(?:/[\w.~-]+){2,}|[A-Za-z]:\\\\?\w|\\\\\\\\\w)")
SHORTEST_NAME = 4
FEWEST_NUMBERS, SHARE_OF_ROWS = 100, 0.5
"""An entry with more numbers that differ, or so long a text of no words, may place the rows."""
WORD = re.compile(r"\d{6,}[Xx]?|\w[\w@.-]*\w")
OWN, LONG, SEVERAL, RARE = 0.5, 8, 3, 5
"""One word so long is told of a person where it stands in a column of which so many rows have a
value of their own; else so many words that fewer rows hold each, of a column left out."""
FORM = frozenset(
    {
        "name", "type", "fields", "nullable", "metadata", "columns", "field_name", "pandas_type",
        "numpy_type", "column_indexes", "index_columns", "creator", "library", "version", "kind",
        "start", "stop", "step", "pandas_version", "attributes", "partition_columns",
    }
)  # fmt: skip
"""Keys by which programs describe a table of any columns."""


def metadata_findings(released: Path, source: Path, columns: Mapping[str, Values]) -> list[str]:
    """Return what the metadata of a release tells of its source: paths, names, values of persons.

    `columns` are those of the source.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        metadata = pq.read_metadata(released)
        schema = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise TableError("unreadable-table") from error
    left_out = [name for name in columns if name not in schema.names]
    found = []
    texts = list(_texts(metadata, schema))
    for place, text in texts:
        if PATH.search(text):
            found.append(f"{place} holds the path of a file")
        elif len(source.stem) >= SHORTEST_NAME and source.name in text:
            found.append(f"{place} holds the name of the source's file")
        if _places_rows(text, metadata.num_rows):
            found.append(f"{place} holds as much as would place the rows")
        said = _said(text)
        for name in left_out:
            if len(name) >= SHORTEST_NAME and f'"{name}"' in said:
                found.append(f"{place} names the column “{name}”, which is not released")
    texts += [("the name of a column", name) for name in schema.names if name not in columns]
    return found + list(_values_told(texts, columns, left_out))


def _said(text: str) -> str:
    """Return a text without the keys by which programs describe any table."""
    start = text.find("{")
    try:
        read = json.loads(text[start:]) if start >= 0 else None
    except ValueError:
        return text
    return text if read is None else text[:start] + " ".join(_strings(read))


def _strings(read: Any) -> Iterator[str]:
    if isinstance(read, dict):
        yield from (f'"{key}"' for key in read if key not in FORM)
        read = list(read.values())
    if isinstance(read, list):
        for one in read:
            yield from _strings(one)
    elif isinstance(read, str):
        yield f'"{read}" {read}'


def _values_told(
    texts: list[tuple[str, str]], columns: Mapping[str, Values], left_out: list[str]
) -> Iterator[str]:
    """Say where metadata holds what few persons of the source have."""
    words = {place: set(WORD.findall(text)) for place, text in texts}
    every = pl.Series(sorted(set().union(*words.values())), dtype=pl.String)
    for name, values in columns.items() if len(every) else ():
        counts = values.counts
        is_own = int(counts[counts == 1].sum()) >= OWN * max(1, values.rows)
        if not is_own and name not in left_out:
            continue
        rare = values.texts.filter(pl.Series(counts < RARE))
        held = set(rare.filter(rare.is_in(every.implode())).to_list())
        for place, said in words.items() if held else ():
            told = held & said
            if (name in left_out and len(told) >= SEVERAL) or (
                is_own and any(len(word) >= LONG for word in told)
            ):
                yield f"{place} holds values of the column “{name}”"


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

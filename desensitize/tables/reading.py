"""Say how a table is to be read, and what of it asks for that."""

from dataclasses import dataclass, field

from desensitize.tables.limits import FileForm, TableInfo

REFUSE, FILL, LEAVE_OUT = "", "fill", "leave_out"
RAGGED = (REFUSE, FILL, LEAVE_OUT)
"""What becomes of rows with more or fewer fields than the header: nothing is read; those that are
too short end in empty cells, those that are too long are left out; all are left out."""

HEADER, DATA, TITLE, TOTAL, NOTE, SHORT, LONG, OUT = (
    "header", "data", "title", "total", "note", "short", "long", "out",
)  # fmt: skip
"""What a row is taken for."""
UNNAMED, TWICE, EMPTY, CHANGED = "unnamed", "twice", "empty", "changed"
"""What is odd about a column: its header is empty; is another's too; it has no values; its header
is none that a column can have."""

MOST_ROWS_OUT = 1_000
MOST_NAME_CHARACTERS = 200


@dataclass(frozen=True)
class Reading:
    """Say how a table is read.

    "" and 0 stand for what is found out: `encoding`, `separator`, `sheet`, and `header`, the number
    of the row that names the columns. `headers` is what stands in that row. `names` has a name for
    each column of the file, "" for one that is left out; `days` the form of the days of each, ""
    where they need none. `rows_out` are numbers of rows under the header that are left out; rows of
    the kinds `kept` were proposed to be, and are not. `ragged` is one of `RAGGED`.
    """

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: int = 0
    headers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    rows_out: tuple[int, ...] = ()
    kept: tuple[str, ...] = ()
    ragged: str = REFUSE


@dataclass(frozen=True)
class SeenRow:
    """A row as it stands in the file: its number there, what it is taken for, its first cells."""

    number: int
    kind: str
    cells: tuple[str, ...]
    width: int


@dataclass(frozen=True)
class SeenColumn:
    """A column as it stands in the file: what heads it, what is odd about it, some values."""

    header: str
    oddity: str
    samples: tuple[str, ...]
    values: tuple[str, ...] = ()
    """All of them where they are few, as codes are."""


@dataclass(frozen=True)
class Survey:
    """Tell what was seen of a table, and how it was read, or would be.

    `odd` are rows that are no data, or are ragged, as many as are told; `short` and `long` count
    all that are ragged. `info` is the table that comes of it; where none does, `refusal` has the
    code and `figures` its parameters as text.
    """

    form: FileForm
    sheets: tuple[str, ...]
    reading: Reading
    head: tuple[SeenRow, ...]
    tail: tuple[SeenRow, ...]
    odd: tuple[SeenRow, ...]
    columns: tuple[SeenColumn, ...]
    short: int = 0
    long: int = 0
    info: TableInfo | None = None
    refusal: str = ""
    figures: dict[str, str] = field(default_factory=dict)

"""Look through the rows of a table for its header and for rows that are no data."""

import math
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from desensitize.tables.days import DayForms
from desensitize.tables.header import plain_name
from desensitize.tables.reading import (
    CHANGED,
    DATA,
    EMPTY,
    FILL,
    HEADER,
    LONG,
    MOST_NAME_CHARACTERS,
    MOST_ROWS_OUT,
    NOTE,
    OUT,
    SHORT,
    TITLE,
    TOTAL,
    TWICE,
    UNNAMED,
    Reading,
    SeenColumn,
    SeenRow,
)

Row = tuple[int, Sequence[str]]

LOOKED_AT = 100
"""Rows among which the header is sought."""
LEAST_FILLED = 0.6
"""A header fills this share of the cells that the rows below usually fill."""
TOLD_HEAD, TOLD_TAIL, TOLD_ODD = 12, 6, 100
TOLD_CELLS, TOLD_CHARACTERS = 60, 60
SAMPLES, MOST_CODES, CODE_CHARACTERS = 3, 12, 20
TAIL = 20
"""Rows at the end among which notes are sought."""

TOTALS = re.compile(
    r"(?:(?:本页|本年|全年|全市|全省|全国|全县|全区|全部|各项)?(?:合计|总计|共计|小计|累计|总数)"
    r"|合\s*计|总\s*计|小\s*计"
    r"|(?:grand\s+|sub[\s-]?)?totals?|sum)\s*[:：]?",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"[*＊※#（(]?\s*(?:注|备注|说明|附注|数据来源|资料来源|来源|制表|填表|审核|复核|单位负责人|"
    r"统计负责人|制表人|填报|notes?\b|source\b|remarks?\b|prepared by\b)",
    re.IGNORECASE,
)


@dataclass
class Seen:
    """What was seen of the rows of a table, and the reading that fits it."""

    reading: Reading
    columns: tuple[SeenColumn, ...] = ()
    head: list[SeenRow] = field(default_factory=list)
    tail: list[SeenRow] = field(default_factory=list)
    odd: list[SeenRow] = field(default_factory=list)
    short: int = 0
    long: int = 0


def survey_rows(
    rows: Iterable[Row], given: Reading, *, former: Reading | None = None, width: int = 0
) -> Seen:
    """Return what is seen of rows, given as number and cells, and the whole reading.

    What `given` leaves open is proposed: as the table of before was read, `former`, where the same
    words head the columns. `width` is the number of columns where each row has as many cells;
    without it that of the header.
    """
    stream = iter(rows)
    first = list(_taken(stream, LOOKED_AT))
    header = given.header or _header_of(first)
    return _Looking(given, header, width, former).through(chain(first, stream))


def _taken(rows: Iterator[Row], most: int) -> Iterator[Row]:
    for _, row in zip(range(most), rows, strict=False):
        yield row


def _header_of(rows: Sequence[Row]) -> int:
    """Return the number of the first row that is filled about as the others are."""
    filled = [(number, _filled(cells)) for number, cells in rows]
    counts = sorted(count for _number, count in filled if count)
    if not counts:
        return rows[0][0] if rows else 1
    usual = counts[len(counts) // 2]
    least = max(1, math.ceil(LEAST_FILLED * usual))
    return next(number for number, count in filled if count >= least)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


class _Looking:
    """Goes once through the rows, knowing where the header is."""

    def __init__(self, given: Reading, header: int, width: int, former: Reading | None) -> None:
        self.given, self.header, self.width = given, header, width
        self.former = former
        self.headers: tuple[str, ...] = ()
        self.seen = Seen(given)
        self.last: deque[tuple[int, Sequence[str], str]] = deque(maxlen=TAIL)
        self.totals: list[int] = []
        self.samples: list[list[str]] = []
        self.values: list[Counter[str] | None] = []
        self.filled: list[bool] = []
        self.days: list[DayForms] = []

    def through(self, rows: Iterable[Row]) -> Seen:
        for number, cells in rows:
            if number < self.header:
                if _filled(cells):
                    self._tell(self.seen.head, number, TITLE, cells)
            elif number == self.header:
                self._begin(cells)
                self._tell(self.seen.head, number, HEADER, cells)
            else:
                if not self.headers:
                    # The row of this number is blank.
                    self._begin(())
                self._take(number, cells)
        return self._ended()

    def _begin(self, cells: Sequence[str]) -> None:
        self.width = self.width or len(cells)
        self.headers = tuple((*cells, *[""] * self.width)[: self.width])
        self.samples = [[] for _ in range(self.width)]
        self.values = [Counter() for _ in range(self.width)]
        self.filled = [False] * self.width
        self.days = [DayForms(header) for header in self.headers]

    def _take(self, number: int, cells: Sequence[str]) -> None:
        kind = self._kind(cells)
        if kind in (DATA, SHORT):
            self._learn(cells)
        if kind == TOTAL and len(self.totals) <= MOST_ROWS_OUT:
            self.totals.append(number)
        if kind in (TOTAL, SHORT, LONG):
            self._count(number, kind, 1)
            if len(self.seen.odd) < TOLD_ODD:
                self._tell(self.seen.odd, number, kind, cells)
        if len(self.seen.head) < TOLD_HEAD:
            self._tell(self.seen.head, number, kind, cells)
        self.last.append((number, cells, kind))

    def _count(self, number: int, kind: str, one: int) -> None:
        if number not in self.given.rows_out:
            self.seen.short += one * (kind == SHORT)
            self.seen.long += one * (kind == LONG)

    def _kind(self, cells: Sequence[str]) -> str:
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        if len(first) <= CODE_CHARACTERS and TOTALS.fullmatch(first) and self.width > 1:
            return TOTAL
        if len(cells) < self.width:
            return SHORT
        if any(cell.strip() for cell in cells[self.width :]):
            return LONG
        return DATA

    def _learn(self, cells: Sequence[str]) -> None:
        for position, cell in enumerate(cells[: self.width]):
            text = cell.strip()
            if not text:
                continue
            self.filled[position] = True
            samples, values = self.samples[position], self.values[position]
            if len(samples) < SAMPLES and text not in samples:
                samples.append(text)
            if values is not None:
                values[text] += 1
                if len(values) > MOST_CODES or len(text) > CODE_CHARACTERS:
                    self.values[position] = None
            self.days[position].take(text)

    def _ended(self) -> Seen:
        seen = self.seen
        totals = self.totals if len(self.totals) <= MOST_ROWS_OUT else []
        notes = self._notes()
        seen.odd = [row for row in seen.odd if row.number not in notes]
        for number, cells, kind in self.last:
            if number in notes:
                self._count(number, kind, -1)
                self._tell(seen.odd, number, NOTE, cells)
        told = {row.number for row in seen.head}
        for number, cells, kind in list(self.last)[-TOLD_TAIL:]:
            if number not in told:
                self._tell(seen.tail, number, NOTE if number in notes else kind, cells)
        seen.reading = self._reading(totals, notes)
        seen.columns = self._columns()
        out = set(seen.reading.rows_out)
        for rows in (seen.head, seen.tail):
            rows[:] = [
                replace(row, kind=OUT) if row.number in out and row.kind in (DATA, SHORT, LONG)
                else row for row in rows
            ]  # fmt: skip
        return seen

    def _notes(self) -> set[int]:
        """Return the rows at the end that hold a remark, and no data."""
        found: set[int] = set()
        for number, cells, kind in reversed(self.last):
            if kind == TOTAL:
                continue
            filled = _filled(cells)
            first = next((cell.strip() for cell in cells if cell.strip()), "")
            is_note = (self.width > 2 and filled <= 1) or (
                NOTES.match(first) is not None and filled <= max(1, self.width // 2)
            )
            if is_note and filled:
                found.add(number)
            elif filled:
                break
        return found

    def _reading(self, totals: Sequence[int], notes: Iterable[int]) -> Reading:
        given = replace(self.given, header=self.header, headers=self.headers)
        if given.names:
            return given
        former = self.former
        known = former if former is not None and former.headers == self.headers else None
        kept = known.kept if known else ()
        proposed = {TOTAL: totals, NOTE: notes}
        out = {number for kind, rows in proposed.items() if kind not in kept for number in rows}
        return replace(
            given,
            names=known.names if known else self._names(),
            days=known.days if known else tuple(forms.found() for forms in self.days),
            rows_out=tuple(sorted(out)),
            kept=kept,
            ragged=given.ragged or (known.ragged if known else ""),
        )

    def _names(self) -> tuple[str, ...]:
        """Return a name for each column, "" for those that hold nothing at all."""
        is_chinese = any("一" <= letter <= "鿿" for header in self.headers for letter in header)
        taken: set[str] = set()
        names = []
        for position, header in enumerate(self.headers, start=1):
            plain = visible_name(header)
            if not plain and not self.filled[position - 1]:
                names.append("")
                continue
            stem = name = plain or (f"第{position}列" if is_chinese else f"column_{position}")
            number = 1
            while plain_name(name) in taken:
                number += 1
                name = f"{stem[: MOST_NAME_CHARACTERS - 5]}_{number}"
            taken.add(plain_name(name))
            names.append(name)
        return tuple(names)

    def _columns(self) -> tuple[SeenColumn, ...]:
        counts = Counter(plain_name(visible_name(header)) for header in self.headers)
        columns = []
        for position, header in enumerate(self.headers):
            plain = visible_name(header)
            oddity = ""
            if not self.filled[position]:
                oddity = EMPTY
            elif not plain:
                oddity = UNNAMED
            elif counts[plain_name(plain)] > 1:
                oddity = TWICE
            elif plain != " ".join(header.split()):
                oddity = CHANGED
            values = self.values[position]
            is_code = values and max(values.values()) > 1 and not self.days[position].are_days
            codes = sorted(values or ()) if is_code else []
            columns.append(
                SeenColumn(_told(header), oddity, _all_told(self.samples[position]), tuple(codes))
            )
        return tuple(columns)

    def _tell(self, rows: list[SeenRow], number: int, kind: str, cells: Sequence[str]) -> None:
        rows.append(SeenRow(number, kind, _all_told(cells[:TOLD_CELLS]), len(cells)))


def visible_name(header: str) -> str:
    """Return a header as a name that a column can have: visible characters, on one line."""
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one
        for one in header
        if unicodedata.category(one) not in ("Cf", "Cs", "Cn")
    )
    return " ".join(kept.split())[:MOST_NAME_CHARACTERS].strip()


def _told(cell: str) -> str:
    text = "".join(one if one.isprintable() else " " for one in cell[: TOLD_CHARACTERS + 1])
    return text if len(text) <= TOLD_CHARACTERS else text[: TOLD_CHARACTERS - 1] + "…"


def _all_told(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_told, cells))


def kept_rows(rows: Iterable[Row], reading: Reading, width: int) -> Iterator[list[str]]:
    """Yield the rows under the header as a reading keeps them, each `width` cells long.

    Raises:
        RaggedRow: a row has another number of cells, and the reading does not say what to do.
    """
    out = set(reading.rows_out)
    for number, cells in rows:
        if number <= reading.header or number in out:
            continue
        if any(cell.strip() for cell in cells[width:]):
            if not reading.ragged:
                raise RaggedRow(number, len(cells), width)
            continue
        if len(cells) < width:
            if not reading.ragged:
                raise RaggedRow(number, len(cells), width)
            if reading.ragged != FILL:
                continue
        yield [*cells[:width], *[""] * (width - len(cells))]


class RaggedRow(Exception):
    """A row has another number of cells than the header."""

    def __init__(self, line: int, found: int, expected: int) -> None:
        super().__init__(line, found, expected)
        self.line, self.found, self.expected = line, found, expected

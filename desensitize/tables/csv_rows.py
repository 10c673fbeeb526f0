"""Read the records of a CSV file strictly, and say which line is wrong."""

import csv
from collections.abc import Iterator
from pathlib import Path

from desensitize.errors import TableError

SEPARATORS = ",;\t|"
MAX_RECORD_LINES = 2_000
# A carriage return inside a field, as a lone surrogate: decoded text can never hold one.
HELD_RETURN = "\udc0d"


class CsvRows:
    """Iterate over the records of a CSV file, the header first; `line` is where a record starts.

    Fields keep their exact text. The separator is the one of `, ; tab |` that the header line
    uses most, unless it is given; rows of other lengths than the header may be taken too.

    Raises:
        TableError: `unclosed-quote`, `misplaced-quote`, `cell-too-long` or `ragged-row`.
    """

    def __init__(
        self, path: Path, encoding: str, *, separator: str = "", takes_ragged: bool = False
    ) -> None:
        self._path = path
        self._encoding = encoding
        self._given = separator
        self._takes_ragged = takes_ragged
        self._lines_read = 0
        self._holds_returns = False
        self.line = 1
        self.separator = ","

    def __iter__(self) -> Iterator[list[str]]:
        with self._path.open("rb") as file:
            head = file.readline(1024**2)
        self.separator = self._given or separator_of(head.decode(self._encoding, errors="replace"))
        # Files without any line feed come from old systems that end lines by carriage return.
        only_returns = b"\n" not in head and b"\r" in head
        records = csv.reader(self._lines(only_returns), delimiter=self.separator, strict=True)
        width = 0
        while True:
            self.line = self._lines_read + 1
            try:
                record = next(records, None)
            except csv.Error as error:
                raise self._refusal(str(error)) from error
            if record is None:
                return
            if not record and (width != 1 or self._takes_ragged):
                continue
            record = record or [""]
            width = width or len(record)
            if len(record) != width and not self._takes_ragged:
                raise TableError("ragged-row", line=self.line, found=len(record), expected=width)
            if self._holds_returns:
                record = [field.replace(HELD_RETURN, "\r") for field in record]
            yield record

    def _lines(self, only_returns: bool) -> Iterator[str]:
        newline = "\r" if only_returns else "\n"
        with self._path.open(encoding=self._encoding, newline=newline) as file:
            for line in file:
                self._lines_read += 1
                if self._lines_read - self.line >= MAX_RECORD_LINES:
                    raise TableError("unclosed-quote", line=self.line)
                body = line.removesuffix("\n").removesuffix("\r")
                if "\r" in body:
                    self._holds_returns = True
                    body = body.replace("\r", HELD_RETURN)
                yield body + "\n"

    def _refusal(self, reason: str) -> TableError:
        if "field larger" in reason:
            if self._lines_read == self.line:
                return TableError("cell-too-long", line=self.line, limit=csv.field_size_limit())
            return TableError("unclosed-quote", line=self.line)
        if "unexpected end" in reason:
            return TableError("unclosed-quote", line=self.line)
        if self._lines_read > self.line:
            return TableError("unclosed-quote", line=self.line)
        return TableError("misplaced-quote", line=self.line)


def separator_of(header: str) -> str:
    """Return the one of `, ; tab |` that a header line uses most, outside quotes."""
    outside = "".join(header.split('"')[0::2])
    return max(SEPARATORS, key=outside.count)

"""Find the encoding of a CSV file, or refuse: text is never guessed into nonsense."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desensitize.errors import TableError
from desensitize.tables.foreign import other_asian_encoding

MAX_LINE_BYTES = 16 * 1024**2
LINES_JUDGED = 5_000
LEAST_HANZI = 2
COMMON_SHARE = 0.7
UTF8_MARK = b"\xef\xbb\xbf"


def find_encoding(path: Path) -> str:
    """Return utf-8, utf-8-sig or gb18030 after reading the whole file line by line.

    UTF-8 must hold for every line. GB18030 accepts almost any bytes, so it is believed only when
    most characters read that way are common Chinese ones. A file in which both encodings occur
    is refused with the line at which it changes.

    Raises:
        TableError: `encoding-unknown`, `encoding-mixed`, `encoding-unsupported`, `line-too-long`,
            or `not-a-table` for bytes that no text has.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if _is_unicode(path):
        return "utf-8-sig" if head.startswith(UTF8_MARK) else "utf-8"
    reading = _Reading()
    for line in _lines(path):
        reading.number += 1
        if not line.isascii():
            reading.take(line)
    assert reading.first_foreign is not None
    if head.startswith(UTF8_MARK) or reading.unicode_lines:
        # Either side may be the minority: name the first line that leaves the first encoding.
        if reading.unicode_lines and reading.first_unicode > reading.first_foreign:
            raise TableError("encoding-mixed", line=reading.first_unicode)
        raise TableError("encoding-mixed", line=reading.first_foreign)
    if not reading.is_plausibly_chinese():
        other = other_asian_encoding(path)
        if other:
            raise TableError("encoding-unsupported", encoding=other)
        raise TableError("encoding-unknown", line=reading.first_foreign)
    return "gb18030"


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if file.read(len(UTF8_MARK)) != UTF8_MARK:
            file.seek(0)
        while line := file.readline(MAX_LINE_BYTES + 1):
            yield line


def _is_unicode(path: Path) -> bool:
    is_unicode = True
    for number, line in enumerate(_lines(path), start=1):
        if len(line) > MAX_LINE_BYTES:
            raise TableError("line-too-long", line=number, limit=MAX_LINE_BYTES)
        if b"\0" in line:
            raise TableError("not-a-table", found="binary data")
        if is_unicode and not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                is_unicode = False
    return is_unicode


@dataclass
class _Reading:
    number: int = 0
    first_foreign: int | None = None
    first_unicode: int = 0
    unicode_lines: int = 0
    common: int = 0
    others: int = 0
    judged: int = 0

    def take(self, line: bytes) -> None:
        """Weigh one line that holds more than ASCII."""
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            if self.first_foreign is None:
                self.first_foreign = self.number
            self._judge(line)
            return
        # A few Chinese characters in GB18030 can be valid UTF-8 by chance, but hardly as the
        # three-byte characters that Chinese has there, unless GB18030 reads as rubbish.
        wide = any("\u2e80" <= character <= "\uffef" for character in text)
        if wide and _common_share(line) < COMMON_SHARE:
            self.unicode_lines += 1
            self.first_unicode = self.first_unicode or self.number

    def _judge(self, line: bytes) -> None:
        try:
            text = line.decode("gb18030")
        except UnicodeDecodeError as error:
            if self.unicode_lines:
                raise TableError("encoding-mixed", line=self.number) from error
            raise TableError("encoding-unknown", line=self.number) from error
        if self.judged < LINES_JUDGED:
            self.judged += 1
            for character in text:
                if not character.isascii():
                    if is_common(character):
                        self.common += 1
                    else:
                        self.others += 1

    def is_plausibly_chinese(self) -> bool:
        """Return whether what was read as GB18030 is mostly common Chinese."""
        total = self.common + self.others
        return self.common >= LEAST_HANZI and self.common / total >= COMMON_SHARE


def _common_share(line: bytes) -> float:
    try:
        characters = [one for one in line.decode("gb18030") if not one.isascii()]
    except UnicodeDecodeError:
        return 0.0
    return sum(map(is_common, characters)) / len(characters) if characters else 0.0


def is_common(character: str) -> bool:
    """Return whether a character is everyday Chinese or its punctuation."""
    # GB 2312 orders its 3,755 everyday characters first (rows 16-55), after the punctuation.
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3

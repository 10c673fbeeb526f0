"""Write text of other encodings and line ends as UTF-8 with line feeds."""

import codecs
from pathlib import Path

from desensitize.errors import TableError

BLOCK_BYTES = 1024**2


def ends_lines_by_return(path: Path) -> bool:
    """Return whether a file comes from an old system that ends its lines by carriage return."""
    with path.open("rb") as file:
        head = file.read(BLOCK_BYTES)
    return b"\n" not in head and b"\r" in head


def write_line_feeds(source: Path, target: Path) -> None:
    """Write a line feed for each carriage return; in no encoding read here is it half a letter."""
    with source.open("rb") as old, target.open("wb") as new:
        while block := old.read(BLOCK_BYTES):
            new.write(block.replace(b"\r", b"\n"))


def write_unicode(source: Path, target: Path, encoding: str) -> None:
    """Write text as UTF-8 without a mark.

    Raises:
        TableError: `encoding-unknown` with the line from which the bytes mean nothing.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    is_start = True
    with source.open("rb") as old, target.open("w", encoding="utf-8", newline="") as new:
        while True:
            block = old.read(BLOCK_BYTES)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, errors="ignore")
                raise TableError("encoding-unknown", line=lines + before.count("\n")) from error
            new.write(text.removeprefix("\ufeff") if is_start else text)
            if not block:
                return
            lines += text.count("\n")
            is_start = False

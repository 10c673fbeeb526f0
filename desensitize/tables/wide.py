"""Tell text of two bytes a character from other bytes."""

from pathlib import Path

from desensitize.errors import TableError
from desensitize.tables.encoding import is_common

HEAD_BYTES = 64 * 1024
LEAST_SHARE = 0.7
FULL_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def wide_encoding(path: Path) -> str:
    """Return utf-16-le or utf-16-be, or "" for a file in another encoding.

    Without a mark at its start a file is believed to be UTF-16 when its bytes hold zeros and
    exactly one byte order makes most characters ASCII or everyday Chinese, in lines.

    Raises:
        TableError: `encoding-unsupported` for UTF-32.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(FULL_MARKS):
        raise TableError("encoding-unsupported", encoding="UTF-32")
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return encoding
    if b"\0" not in head:
        return ""
    even = head[: len(head) // 2 * 2]
    plausible = [encoding for encoding in MARKS.values() if _reads_well(even, encoding)]
    return plausible[0] if len(plausible) == 1 else ""


def _reads_well(head: bytes, encoding: str) -> bool:
    text = head.decode(encoding, errors="replace").rstrip("\ufffd")
    if "\n" not in text and "\r" not in text:
        return False
    if any(character < " " and character not in "\t\r\n" for character in text):
        return False
    good = sum(character.isascii() or is_common(character) for character in text)
    return good >= LEAST_SHARE * len(text)

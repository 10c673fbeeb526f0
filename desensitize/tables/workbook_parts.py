"""Look through the parts of a workbook before a parser sees them."""

import re
import zipfile
from pathlib import Path

from desensitize.errors import TableError
from desensitize.tables.limits import Limits
from desensitize.tables.packing import BROKEN, ENCRYPTED_FLAG, most_bytes

BLOCK = 1024**2
OVERLAP = 64
MOST_PARTS = 10_000
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Numbers that were typed in full and have been rounded, as spreadsheets and other writers put them.
ROUNDED = re.compile(
    rb"<v>-?[0-9]\.[0-9]{10,}E\+?(?:1[5-9]|20)</v>"
    rb'|<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="n")?><v>-?[0-9]{16,}</v>'
)


def check_parts(source: Path, limits: Limits) -> None:
    """Inflate every part once, counting what really comes out.

    Raises:
        TableError: `expands-too-much`, `corrupt-workbook`, `unsafe-workbook`, `locked-workbook` or
            `digits-lost`.
    """
    allowed = most_bytes(source, limits)
    inflated = 0
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or len({part.filename for part in parts}) != len(parts):
                raise TableError("corrupt-workbook")
            if any(part.flag_bits & ENCRYPTED_FLAG for part in parts):
                raise TableError("locked-workbook")
            for part in parts:
                inflated += _check(archive, part, allowed - inflated)
    except TableError as error:
        if error.code == "expands-too-much":
            raise TableError("expands-too-much", limit=allowed) from error
        raise
    except BROKEN as error:
        raise TableError("corrupt-workbook") from error


def _check(archive: zipfile.ZipFile, part: zipfile.ZipInfo, allowed: int) -> int:
    is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = "/worksheets/" in part.filename.lower()
    size = 0
    rest = b""
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > allowed:
                raise TableError("expands-too-much", limit=allowed)
            if is_markup:
                seen = rest + block
                # Two bytes a character would hide a declaration.
                if (not rest and seen[:2] in (b"\xff\xfe", b"\xfe\xff")) or b"\0" in seen:
                    raise TableError("unsafe-workbook")
                if DECLARATION.search(seen):
                    raise TableError("unsafe-workbook")
                if is_sheet and ROUNDED.search(seen):
                    raise TableError("digits-lost")
                rest = block[-OVERLAP:]
    return size

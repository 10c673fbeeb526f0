"""Which files show something to a person: their names and their first bytes say the same."""

import re
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from marketplace.core import Invalid
from marketplace.vault.incoming import Incoming

LOOKED_AT = 4096
"""Bytes from the beginning."""
PACKED = (b"PK\x03\x04",)
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".docx": PACKED,
    ".xlsx": PACKED,
    ".ofd": PACKED,
}
"""By what the content of each kind begins."""
TEXTS = (".txt", ".csv")
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
MARKUP = re.compile(rb"\s*<(?:[!?a-z])", re.IGNORECASE)
KINDS = (*BEGINNINGS, *TEXTS)


def check_paper(incoming: Incoming, name: str) -> None:
    """Refuse a file that no reader of papers expects, or that is not what its name says.

    Raises:
        Invalid: its kind is none of those (`paper-kind`), or its content another (`paper-differs`).
    """
    kind = PurePosixPath(name.lower()).suffix
    if kind not in KINDS:
        sentence = _("Send a file of one of these kinds: %(kinds)s.") % {
            "kinds": ", ".join(each.removeprefix(".").upper() for each in KINDS)
        }
        raise Invalid(sentence, code="paper-kind", fields={"upload": [sentence]})
    with incoming.opened() as opened:
        first = opened.read(LOOKED_AT) or b""
    if not (_is_text(first) if kind in TEXTS else first.startswith(BEGINNINGS[kind])):
        sentence = _("This is no %(kind)s file, whatever its name says. Save it as one, or as PDF.")
        told = sentence % {"kind": kind.removeprefix(".").upper()}
        raise Invalid(told, code="paper-differs", fields={"upload": [told]})


def _is_text(first: bytes) -> bool:
    """Return whether these are bytes of a text, and of no page or picture that would be drawn."""
    known = {beginning for each in BEGINNINGS.values() for beginning in each}
    return not (NO_TEXT.search(first) or MARKUP.match(first) or first.startswith(tuple(known)))

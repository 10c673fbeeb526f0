"""The mailboxes of the story's people: a folder that the mail of the demo is written to."""

import email
import re
from email.policy import default
from email.utils import getaddresses
from pathlib import Path

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
"""What Django writes behind each message of a file."""


def letter_to(address: str, folder: Path) -> str:
    """Return the text of the last letter to an address, "" for none."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    for path in reversed(files):
        for raw in reversed(path.read_bytes().split(SEPARATOR)):
            message = email.message_from_bytes(raw.strip(), policy=default)
            if address in {to for _name, to in getaddresses([str(message["To"] or "")])}:
                return str(message.get_content())
    return ""


def link_in(letter: str, before: str) -> str:
    """Return what stands in a letter behind a part of an address, up to the next slash; or ""."""
    found = re.search(re.escape(before) + r"(\S+?)/", letter)
    return found[1] if found else ""

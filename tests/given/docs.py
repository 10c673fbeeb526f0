"""The programs that stand in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

DOCS = Path(__file__).resolve().parents[2] / "docs"
PROGRAM = re.compile(r"^ *```python\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def programs_of(page: str) -> list[str]:
    """Return the Python programs of a page, in their order."""
    return [dedent(text) for text in PROGRAM.findall((DOCS / page).read_text(encoding="utf-8"))]


TO_RUN = re.compile(r"^ *```(sh|python)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def runnable_of(page: str, heading: str) -> list[tuple[str, str]]:
    """Return the shell commands and Python programs of a section, each with its language."""
    return runnable_in((DOCS / page).read_text(encoding="utf-8"), heading)


def runnable_in(text: str, heading: str) -> list[tuple[str, str]]:
    """Return those of a section of a text."""
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"There is no section {heading}"
    return [(block[1], dedent(block[2])) for block in TO_RUN.finditer(found[1])]


FENCED = re.compile(r"^```(toml|json|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w-]+\.(?:toml|json))`[^`]*\Z")


def files_of(page: str) -> dict[str, str]:
    """Return the TOML and JSON files of a page; the text just before each names it in backticks."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for block in FENCED.finditer(text):
        named = NAMED.search(text[: block.start()])
        if block[1] != "console" and named:
            found[named[1]] = block[2]
    return found


def commands_of(page: str) -> list[tuple[str, str]]:
    """Return the commands of a page's console blocks, each with what it is said to print."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = [block[2] for block in FENCED.finditer(text) if block[1] == "console"]
    found = []
    for block in blocks:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command.strip(), printed.rstrip()))
    return found

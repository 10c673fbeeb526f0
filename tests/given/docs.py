"""The programs that stand in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

DOCS = Path(__file__).resolve().parents[2] / "docs"
PROGRAM = re.compile(r"^ *```python\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def programs_of(page: str) -> list[str]:
    """Answer the Python programs of a page, in their order."""
    return [dedent(text) for text in PROGRAM.findall((DOCS / page).read_text(encoding="utf-8"))]

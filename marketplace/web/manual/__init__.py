"""The manual of the API, which its description begins with and its pages show.

One file a language. Commands stand in blocks of `sh`; a test runs them as they stand there.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

from marketplace.web.problems import table

FOLDER = Path(__file__).parent
USUAL = "en"
COMMANDS = re.compile(r"^```sh\n.*?^```$", re.MULTILINE | re.DOTALL)
"""They are the same in each language, so that they stand in one file."""


@dataclass(frozen=True)
class Words:
    """What groups and operations are called in a language that is not that of the code."""

    groups: dict[str, str]
    operations: dict[str, tuple[str, str]]
    """Of each operation what it is called, and what it does."""


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """Return the words of a language; none for that of the code."""
    path = FOLDER / f"{language}.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    operations = {
        name: (summary, about) for name, (summary, about) in told.get("operations", {}).items()
    }
    return Words(told.get("groups", {}), operations)


@lru_cache(maxsize=8)
def manual_of(language: str) -> str:
    """Return the manual in a language, as Markdown."""
    name = f"{language}.md" if (FOLDER / f"{language}.md").exists() else f"{USUAL}.md"
    usual = (FOLDER / f"{USUAL}.md").read_text(encoding="utf-8")
    facts = {
        "commands": COMMANDS.findall(usual),
        "problems": table(),
        "body_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "stranger_bytes": settings.CENTRE["STRANGER_MAX_BYTES"],
        "upload_bytes": settings.CENTRE["UPLOAD_MAX_BYTES"],
        "upload_rows": settings.CENTRE["UPLOAD_MAX_ROWS"],
        "stranger_requests": settings.CENTRE["STRANGER_REQUESTS_PER_MINUTE"],
        "grant_requests": settings.CENTRE["GRANT_REQUESTS_PER_MINUTE"],
    }
    written = Engine(dirs=[str(FOLDER)], autoescape=False).get_template(name)
    return written.render(Context(facts, autoescape=False))

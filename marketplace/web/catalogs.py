"""Read, update, write, compile and check the translations of an app."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

from marketplace.web.extraction import Found

LANGUAGE = "zh_Hans"
HEADERS = [
    ("Language", LANGUAGE),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}|</?[a-z]\w*")
"""What a translation must carry over: names to fill in, and tags."""


class AppCatalog(Catalog):
    """A catalog whose header holds no date, person or tool: only messages change its file."""

    mime_headers = property(lambda self: HEADERS, lambda self, headers: None)

    def __init__(self) -> None:
        super().__init__(locale=LANGUAGE, fuzzy=False, header_comment="#")


def catalog_path(app: str, root: Path) -> Path:
    """Return where the translations of an app lie; the compiled ones lie beside them, as `.mo`."""
    return root / "marketplace" / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read_catalog(path: Path) -> AppCatalog:
    """Read translations; a file that is not there holds none."""
    catalog = AppCatalog()
    if path.exists():
        with path.open(encoding="utf-8") as file:
            PoFileParser(catalog).parse(file)
    return catalog


def update_catalog(catalog: AppCatalog, found: Iterable[Found]) -> AppCatalog:
    """Return a catalog of the messages found, with the translations that there are already."""
    updated = AppCatalog()
    for one in sorted(found):
        known = catalog.get(one.id, one.context or None)
        string = _strings(known)[0] if known else ""
        updated.add(
            (one.id, one.plural) if one.plural else one.id,
            (string,) if one.plural else string,
            flags=known.flags if known else (),
            user_comments=known.user_comments if known else (),
            context=one.context or None,
        )
    return updated


def write_catalog(catalog: AppCatalog, path: Path) -> None:
    """Write translations, sorted, without places in the code, which change with every line."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, no_location=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().strip() + b"\n")


def compiled(catalog: AppCatalog) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def faults_of(app: str, catalog: AppCatalog, found: set[Found], binary: Path) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the translations of an app."""
    wanted = {(one.id, one.context): one for one in found}
    present = {(_id(message), message.context or ""): message for message in _messages(catalog)}
    for key in sorted(wanted.keys() - present.keys()):
        yield f"{app}: {key[0]!r} is not in the catalog. Run: manage.py translations --extract"
    for key in sorted(present.keys() - wanted.keys()):
        yield f"{app}: {key[0]!r} is no longer used. Run: manage.py translations --extract"
    for message in catalog.obsolete.values():
        yield f"{app}: {_id(message)!r} is obsolete. Run: manage.py translations --extract"
    for key in sorted(wanted.keys() & present.keys()):
        yield from (f"{app}: {key[0]!r} {fault}" for fault in _faults(present[key], wanted[key]))
    if not binary.exists() and not present:
        return
    if not binary.exists() or binary.read_bytes() != compiled(catalog):
        yield f"{app}: the .mo file is not up to date. Run: manage.py translations --compile"


def _faults(message: Message, wanted: Found) -> Iterator[str]:
    has_plural = bool(message.pluralizable)
    if has_plural != bool(wanted.plural) or (has_plural and message.id[1] != wanted.plural):
        yield "has another plural in the code. Run: manage.py translations --extract"
        return
    strings = _strings(message)
    if not all(strings):
        yield "is not translated."
        return
    if message.fuzzy:
        yield "is marked fuzzy. Check the translation and remove the mark."
    # Chinese has one form for all numbers, so it must fit the plural.
    expected = Counter(PLACEHOLDER.findall(wanted.plural or wanted.id))
    for string in strings:
        actual = Counter(PLACEHOLDER.findall(string))
        if actual != expected:
            different = sorted((expected - actual) + (actual - expected))
            yield f"and its translation differ in {', '.join(different)}."


def _messages(catalog: AppCatalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _id(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)

"""Find the messages to translate, app by app, in Python code and templates."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ARGUMENTS = {
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
"""What the leading arguments of Django's functions mean."""

TEMPLATE_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

VERIFIER = Path("marketplace", "ledger", "verifier", "verify.py")
SAID = {"Refused": ("id",), "say": ("id",), "doubt": ("id",)}
"""What the verifier says its sentences by: it is one file without Django, whose marks it lacks."""

LIBRARIES = {"preparation": Path("desensitize")}
"""The app that shows what a library says, and translates it."""
MARKED = {"mark_text": ("id",), "mark_plural": ("id", "plural")}
"""The marks of `desensitize.words`."""

NO_CATALOG = frozenset({"core", "settings"})
"""Folders that Django loads no catalog from; what they say is translated in `web`."""

HOME = "web"
"""The app that translates what belongs to no other."""


class NotExtractable(Exception):
    """A message that no catalog can hold; the sentence names the place and the remedy."""


@dataclass(frozen=True, order=True)
class Found:
    """A message: what stands in the code, its plural and its context ("" where it has none)."""

    id: str
    plural: str = ""
    context: str = ""


def apps_of(root: Path) -> list[str]:
    """Return the names of the apps below `root/marketplace` that can have a catalog."""
    packages = (path.parent.name for path in (root / "marketplace").glob("*/__init__.py"))
    return sorted(set(packages) - NO_CATALOG)


def messages_of(app: str, root: Path) -> set[Found]:
    """Return the messages of an app.

    Raises:
        NotExtractable: a message is put together while the program runs, or a page is broken.
    """
    found: set[Found] = set()
    for path in _python_files(app, root):
        found.update(_in_python(path, root))
    for path in _templates(app, root):
        found.update(_in_template(path, root))
    return found


def _python_files(app: str, root: Path) -> Iterator[Path]:
    code = root / "marketplace"
    folders = [code / app, *(root / LIBRARIES[one] for one in LIBRARIES if one == app)]
    if app == HOME:
        yield from sorted(code.glob("*.py"))
        folders += [code / name for name in sorted(NO_CATALOG)]
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _templates(app: str, root: Path) -> Iterator[Path]:
    templates = root / "templates"
    folders = [templates / app]
    if app == HOME:
        # Whatever folder is no app's: partials, and the pages of libraries in our own look.
        yield from sorted(path for path in templates.glob("*.*") if path.is_file())
        apps = set(apps_of(root))
        folders += sorted(
            path for path in templates.glob("*") if path.is_dir() and path.name not in apps
        )
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*.*") if path.is_file())


def _in_python(path: Path, root: Path) -> Iterator[Found]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    place = path.relative_to(root)
    own = SAID if place == VERIFIER else MARKED if place.parts[0] != "marketplace" else {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            arguments = ARGUMENTS.get(names.get(node.func.id, "")) or own.get(node.func.id)
        elif isinstance(node.func, ast.Attribute):
            arguments = ARGUMENTS.get(node.func.attr) or own.get(node.func.attr)
        else:
            arguments = None
        if arguments is None or len(node.args) < len(arguments):
            continue
        given = node.args[: len(arguments)]
        if any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.IfExp) for part in given):
            raise NotExtractable(
                f"{place}:{node.lineno}: a message must be one literal; put"
                " what changes into it as %(name)s, or translate each of the alternatives."
            )
        texts = [part.value for part in given if isinstance(part, ast.Constant)]
        if len(texts) == len(arguments) and all(isinstance(text, str) for text in texts):
            yield Found(**dict(zip(arguments, map(str, texts), strict=True)))


def _in_template(path: Path, root: Path) -> Iterator[Found]:
    place = str(path.relative_to(root))
    try:
        page = templatize(path.read_text(encoding="utf-8"), place)
    except SyntaxError as error:
        raise NotExtractable(f"{place}: {error}") from error
    # Within parentheses the indentation of the page means nothing to Python's tokenizer.
    source = BytesIO(f"(\n{page}\n)".encode())
    options = {"encoding": "utf-8"}
    for _line, message, _comments, context in extract(
        "python", source, TEMPLATE_KEYWORDS, options=options
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Found(singular, plural, context or "")

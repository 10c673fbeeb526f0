"""The lists of mutants, read from `lists/*.toml`."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = Path(__file__).parent / "lists"
DATABASES = ("", "sqlite", "postgres")


class ListError(Exception):
    """A list says something that does not hold of the tree."""


@dataclass(frozen=True)
class Mutant:
    """One fault: a text that stands once in a file, what replaces it, and the tests that find it.

    `tests` are files or node ids. `database` is "" where any shows the fault.
    """

    name: str
    group: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    database: str = ""

    @property
    def is_browsed(self) -> bool:
        """Return whether its tests drive a browser."""
        return self.tests[0].startswith("tests/browser/")

    @property
    def way(self) -> tuple[str, bool]:
        """Return with which others its tests can run in one session."""
        return self.database, self.is_browsed

    def mutated(self, text: str) -> str:
        """Return the file's text with the fault in it.

        Raises:
            ListError: the text to replace does not stand there just once.
        """
        count = text.count(self.old)
        if count != 1:
            raise ListError(f"{self.name}: the text to replace stands {count} times in {self.file}")
        return text.replace(self.old, self.new)


def mutants(*words: str) -> list[Mutant]:
    """Return the mutants whose group, file or name contains one of the words; without words all."""
    found = [mutant for path in sorted(LISTS.glob("*.toml")) for mutant in _read(path)]
    return [
        mutant
        for mutant in found
        if not words or any(word in f"{mutant.group} {mutant.file} {mutant.name}" for word in words)
    ]


def _read(path: Path) -> list[Mutant]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    return [Mutant(**{**row, "group": path.stem, "tests": tuple(row["tests"])}) for row in rows]


@cache
def definitions_of(file: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes at the top of a file of the tree, by name."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return {node.name: node for node in found}


def draws(test: ast.FunctionDef | ast.ClassDef) -> bool:
    """Return whether a test leaves something to chance, and so may miss a mutant in one run."""
    marks = any("mark.drawn" in ast.unparse(mark) for mark in test.decorator_list)
    return marks or (
        isinstance(test, ast.FunctionDef)
        and "chance" in {argument.arg for argument in test.args.args}
    )

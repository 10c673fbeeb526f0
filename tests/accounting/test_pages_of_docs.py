"""The accounting pages of the docs hold: their examples run, and every kind and code is told."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

import marketplace.accounting
from marketplace.accounting.standards.cases import KINDS
from tests.given.docs import DOCS, commands_of, files_of

PAGE = "how-to/book-a-data-asset.md"
RULES = DOCS / "reference" / "accounting-rules.md"
SOURCES = sorted((Path(marketplace.accounting.__file__).parent / "standards").rglob("*.py"))


def test_the_worked_examples_print_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command of the page, with the files of the page."""
    for name, text in files_of(PAGE).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = commands_of(PAGE)
    assert len(commands) == 2
    for command, printed in commands:
        words = command.split()
        assert words[:2] == ["centre", "account"]
        out = StringIO()
        call_command(*words[1:], stdout=out)
        assert out.getvalue().rstrip() == printed


def test_every_kind_of_case_has_a_row() -> None:
    """And each row is a kind."""
    rows = re.findall(r"^\| `([a-z_]+)` \|", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rows) == {kind.name for kind in KINDS}


def test_every_refusal_is_told() -> None:
    """By its code, and no other."""
    used = {
        code
        for path in SOURCES
        for code in re.findall(r'RuleRefused\(\s*"([A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    refusals = RULES.read_text(encoding="utf-8").partition("## Refusals")[2]
    told = set(re.findall(r"`([A-Z_]{6,})`", refusals))
    assert told == used

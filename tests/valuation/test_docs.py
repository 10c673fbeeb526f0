"""The reference pages of the methods: each has one, and its worked examples run as they stand."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.given.docs import DOCS, commands_of, files_of
from valuation import METHODS
from valuation.cli import main

FOLDER = DOCS / "reference" / "valuation"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in FOLDER.glob("*.md"))
HEADINGS = ("## Inputs", "## Source", "## Worked example", "## When not to use it")


@pytest.mark.parametrize("page", PAGES)
def test_examples_run_as_they_stand(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command prints what the page says, from the files that the page gives."""
    monkeypatch.chdir(tmp_path)
    for name, content in files_of(page).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    commands = commands_of(page)
    assert commands
    for command, printed in commands:
        words = shlex.split(command)
        assert words[:3] == ["python", "-m", "valuation"]
        main(words[3:])
        told = capsys.readouterr()
        assert (told.out + told.err).rstrip() == printed, command


@pytest.mark.parametrize("name", METHODS)
def test_method_has_a_page(name: str) -> None:
    """With its formula, units, source, an example and when not to use it."""
    method = METHODS[name]
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {method.title}\n")
    assert [heading for heading in HEADINGS if f"\n{heading}\n" not in text] == []
    assert f"]({name}.md)" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"python -m valuation {name} " in text

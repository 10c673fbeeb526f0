"""The docs say what the code does."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import CommandError, get_commands, load_command_class

import desensitize.cli
import valuation.cli
from desensitize.detectors import Detector, detector_of
from desensitize.masks import Mask
from marketplace.desk.reference import FOLDER, PAGES, pages
from marketplace.web.guides.reading import CHINESE, ENGLISH, FOLDERS
from marketplace.web.guides.shelf import SLUGS
from tests.given.docs import programs_of
from tests.given.pictured import FIGURES, MOST_BYTES, PICTURES, digest_of, kept_figures

pytestmark = pytest.mark.house
ROOT = Path(__file__).parent.parent.parent
DOCS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
SETTINGS = ROOT / "marketplace" / "settings"
MOST_PICTURES = 12
GUIDES = (
    *("tutorial.md", "how-to/api-quickstart.md"),
    *(
        f"{FOLDERS[language]}/{slug}.md"
        for language in (ENGLISH, CHINESE)
        for slug in sorted(SLUGS)
    ),
)
"""The pages that tell where to click; in bold stand the words of our pages."""
ENDS = "…:：。. "
OTHER_LANGUAGE = "简体中文"
"""What an English page calls the other language."""
TYPED = re.compile(r"^```(?:sh|console)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
"""What a page has its reader type into a shell."""
TOOLS = {"desensitize": desensitize.cli.build_parser(), "valuation": valuation.cli.build_parser()}
TOOL = rf"(?=(?:{'|'.join(TOOLS)})(?: |$))"
PROGRAM = re.compile(
    rf"(?:\bmanage\.py |(?:^|\$ )centre |-m {TOOL}|(?:^|\$ ){TOOL})([a-z_]+) ?(.*)"
)
"""A command of the centre, or one of the two programs that run without it."""
OTHER_SPELLING = re.compile(
    r"\b(?:\w*(?:ganis|ymis|eralis|ensitis|aris|ognis|ortis|ardis|ectoris|alis)"
    r"(?:e[ds]?|ing|ation)|colors?|behaviors?|centers?)\b"
)


written = cache(pages)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_reference_page_is_current(name: str) -> None:
    """`manage.py reference` writes them."""
    is_current = (FOLDER / name).read_text(encoding="utf-8") == written()[name]
    assert is_current, (
        f"docs/reference/{name} and the code differ. Run: "
        ".venv/bin/python manage.py reference --settings=marketplace.settings.dev"
    )


def test_every_setting_is_explained() -> None:
    """Each variable that the settings read has a row, and each row is read."""
    text = "".join(path.read_text() for path in SETTINGS.glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)) - {"TEST_VAR_DIR"}
    table = (FOLDER / "settings.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert read == rows
    assert {f"CENTRE_{name}" for name in settings.CENTRE} <= rows


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a page has its file, and every anchor its heading."""
    links = re.findall(r"\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)", _prose(path))
    assert [link for link, _ in links if not (path.parent / link).exists()] == []
    anchors = [(path.parent / link if link else path, anchor) for link, anchor in links if anchor]
    assert [anchor for target, anchor in anchors if anchor not in _anchors(_prose(target))] == []


def _prose(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def _anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_listed() -> None:
    """The index leads to every page of the docs."""
    index = ROOT / "docs" / "index.md"
    linked = {
        (index.parent / link).resolve()
        for link in re.findall(r"\]\(([^)#\s]+)", index.read_text(encoding="utf-8"))
    }
    inside = [path for path in DOCS if path.is_relative_to(index.parent) and path != index]
    below = {path for path in inside if (path.parent / "README.md") in linked}
    assert [path for path in inside if path not in linked | below] == []


def test_every_picture_is_made_and_shown() -> None:
    """Photographs of pages come from the script; each picture stands on a page and is small."""
    images = {path.name: path for path in FIGURES.parent.iterdir() if path != FIGURES}
    shown = {
        Path(link).name
        for path in DOCS
        for link in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    }
    assert set(images) == shown
    photographs = {name for name in images if not name.endswith(".svg")}
    assert photographs == {f"{picture.name}.png" for picture in PICTURES}
    assert len(photographs) <= MOST_PICTURES
    assert [name for name, path in images.items() if path.stat().st_size > MOST_BYTES] == []


def test_figures_are_kept_beside_each_picture() -> None:
    """Of this very picture: `make docs-images` takes both at once."""
    kept = kept_figures()
    digests = {
        picture.name: digest_of(FIGURES.parent / f"{picture.name}.png") for picture in PICTURES
    }
    assert {name: shown.sha256 for name, shown in kept.items()} == digests
    assert sum(len(shown.figures) for shown in kept.values()) > 50


@cache
def _said(language: str) -> frozenset[str]:
    """Return what our pages say in a language, without the dots and colons at its end."""
    found: set[str] = set()
    for catalog in ROOT.glob("marketplace/*/locale/zh_Hans/LC_MESSAGES/django.po"):
        with catalog.open("rb") as file:
            for message in read_po(file):
                said = message.id if language == ENGLISH else message.string
                found.update(map(str, said if isinstance(said, tuple | list) else [said]))
    return frozenset(one.strip(ENDS) for one in found)


def _not_said(text: str, language: str) -> list[str]:
    """Return the words in bold that no page of ours has."""
    bold = re.findall(r"\*\*([^*]+)\*\*", re.sub(r"`[^`]*`", "", text))
    words = {" ".join(part.split()).strip(ENDS) for part in bold}
    return sorted(words - _said(language) - {OTHER_LANGUAGE})


@pytest.mark.parametrize("guide", GUIDES)
def test_bold_words_of_a_guide_stand_on_a_page(guide: str) -> None:
    """What a guide tells to press or to open is there under that name, in its own language."""
    language = CHINESE if f"{FOLDERS[CHINESE]}/" in guide else ENGLISH
    text = _prose(ROOT / "docs" / guide)
    assert _not_said(text, language) == []
    wrong = f"{text} **Have all of it done**"
    assert _not_said(wrong, language) == ["Have all of it done"], "A wrong word is found."


def test_spelling_is_oxford_english() -> None:
    """`-ize` and `colour`, in prose as in code."""
    found = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in DOCS
        for word in OTHER_SPELLING.findall(_prose(path))
    }
    assert found == set()


def test_make_targets_of_the_readme_exist() -> None:
    """Every `make …` in the README is a target."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_commands_of_the_docs_exist() -> None:
    """Every `manage.py …` and `centre …` is a command, and every `make …` in code a target."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
        commands |= set(re.findall(r"`centre ([a-z_]+)", text))
        for block in TYPED.findall(text):
            commands |= set(re.findall(r"^(?:\$ )?centre ([a-z_]+)", block, re.MULTILINE))
        assert commands <= set(get_commands()), path
        assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets, path


def _programs(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the programs that are called in lines, each with what is typed behind its name."""
    for line in lines:
        for found in PROGRAM.finditer(line):
            typed = re.split(r" [|>&] | && |; ", found[2])[0]
            yield found[1], shlex.split(typed, comments=True)


def _parser_of(program: str) -> ArgumentParser:
    """Return what reads the command line of a program."""
    if program in TOOLS:
        return TOOLS[program]
    command = load_command_class(get_commands()[program], program)
    return command.create_parser("centre", program)


def _options(parser: ArgumentParser) -> set[str]:
    """Return the options of a program and of its subcommands."""
    found = {option for action in parser._actions for option in action.option_strings}
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            found |= {option for part in action.choices.values() for option in _options(part)}
    return found


def _is_taken(program: str, typed: list[str]) -> bool:
    """Say whether a program takes what is typed behind its name."""
    try:
        _parser_of(program).parse_args(typed)
    except CommandError:
        return False
    except SystemExit as ended:
        return not ended.code
    return True


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_of_the_docs_are_taken_with_their_options(path: Path) -> None:
    """Each program's own parser reads what is typed, and has the options that sentences name."""
    text = path.read_text(encoding="utf-8")
    blocks = "\n".join(TYPED.findall(text)).replace("\\\n", " ").splitlines()
    typed = [(program, words) for program, words in _programs(blocks) if "COMMAND" not in words]
    assert [one for one in typed if not _is_taken(*one)] == []
    sentences = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", _prose(path))]
    for program, words in _programs(sentences):
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert options <= _options(_parser_of(program)), (program, words)


def test_a_command_with_an_option_that_is_gone_is_found() -> None:
    assert _is_taken("verify_ledger", ["--state"])
    assert not _is_taken("verify_ledger", ["--with-everything"])
    assert "--qi" in _options(_parser_of("desensitize"))
    assert dict(_programs(["$ centre account costs.toml --profile ifrs > x"])) == {
        "account": ["costs.toml", "--profile", "ifrs"]
    }


def test_what_a_guide_has_typed_names_its_centre() -> None:
    """A line with `manage.py` names its settings; operators type `centre`, which knows them."""
    typed = {
        f"{path.relative_to(ROOT)}: {line}"
        for path in DOCS
        for block in TYPED.findall(path.read_text(encoding="utf-8"))
        for line in block.splitlines()
        if "manage.py" in line and "manage.py demo" not in line
    }
    assert {line for line in typed if "--settings=" not in line} == set()


def test_mask_of_the_how_to_is_one() -> None:
    """The class and the test that the page gives hold together as they stand there."""
    mask, example = programs_of("how-to/add-a-mask.md")
    names: dict[str, Any] = {}
    exec(mask, names)
    assert issubclass(names["RoundTo"], Mask)

    def applied(name: str, values: pl.Series, **options: object) -> list[Any]:
        assert name == names["RoundTo"].description.name
        return list(names["RoundTo"](options).apply(values))

    tests: dict[str, Any] = {"pl": pl, "applied": applied}
    exec(example, tests)
    tests["test_numbers_are_rounded_to_a_step"]()


def test_detector_of_the_how_to_is_one() -> None:
    """The detector and the test that the page gives hold together as they stand there."""
    detector, example = programs_of("how-to/add-a-detector.md")
    names: dict[str, Any] = {}
    exec(detector, names)
    added = names["DETECTOR"]
    assert isinstance(added, Detector)

    def found(kind: str) -> Detector:
        return added if kind == added.kind else detector_of(kind)

    tests: dict[str, Any] = {"pl": pl, "detector_of": found}
    exec(example, tests)
    tests["test_vehicle_numbers_need_their_check_digit"]()

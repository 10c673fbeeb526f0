"""The tutorial and the pictures of the docs, held against the demo that was told.

What depends on all rows of the survey is compared with the whole demo, where one was told, as
`.ci/run` does before the tests. All else is compared with the one that the tests of a session tell.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from marketplace.demo.story.cast import EVERYBODY
from marketplace.demo.story.ferries import FERRIES
from marketplace.demo.story.programme import STORY
from marketplace.demo.story.scoring import DECLARED
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.tour import TOUR
from marketplace.learning.measurement.models import Measurement
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.web.guides.reading import CHINESE, ENGLISH, FOLDERS
from marketplace.web.navigation import MENU
from tests.accounting.test_pages_of_docs import PAGE as RUN
from tests.given.docs import DOCS, TO_RUN
from tests.given.pictured import PICTURES, Picture, Shown, kept_figures, stale_figures
from tests.given.told import ROOT
from tests.given.walked import Page, client_of, open_page

README = (ROOT / "README.md").read_text(encoding="utf-8")
TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHAPTER = re.compile(r"^\| (\d+)–(\d+) \| ([^|]+) \|", re.MULTILINE)
PRINTED = re.compile(r"^ +\d+  .+$", re.MULTILINE)
ADDRESS = re.compile(r"`([\w-]+)@(?:example\.org)?`")
FIGURE = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w]|\.\d)")
OF_DEMO = re.compile(r"\bdemo\b|@example\.org|演示", re.IGNORECASE)
VARIES = "…"
"""What the guides write for what is another in each telling."""
NO_FIGURES = re.compile(r"`[^`]*`|\]\([^)]*\)|<http[^>]*>|RFC \d+|^\| \d+–\d+ ", re.MULTILINE)
"""Where figures are names, of addresses, standards and steps."""
TOLD_ELSEWHERE = {"17.64", "0.36", f"{DECLARED['epsilon']}"}
"""What the reader's own trade brings to the seller and to the centre; the ε of the scored model."""


@pytest.fixture(scope="module")
def lines(whole: Stage) -> list[str]:
    """Return what the whole demo prints for each step, without time and entry."""
    steps = [step for chapter in STORY for step in chapter.steps]
    return [
        f"{number:>4}  {step.title}: {the(step.look(whole)).what}"
        for number, step in enumerate(steps, 1)
    ]


def chapters() -> list[tuple[int, int, str]]:
    """Return from which step to which each chapter goes; the months of the year are one."""
    found: list[tuple[int, int, str]] = []
    last = 0
    for chapter in STORY:
        title = str(chapter.title).partition(": month ")[0]
        first, last = last + 1, last + len(chapter.steps)
        if found and found[-1][2] == title:
            first = found.pop()[0]
        found.append((first, last, title))
    return found


def test_the_tutorial_counts_the_steps_of_each_chapter() -> None:
    told = [
        (int(first), int(last), title.partition(", month ")[0])
        for first, last, title in CHAPTER.findall(TUTORIAL)
    ]
    assert told == chapters()


def test_the_tutorial_names_every_sign_in() -> None:
    """How many there are, and which of them are printed."""
    listed = TUTORIAL.partition("sign-ins are in `var/demo-sign-ins.json`")
    count = listed[0].rpartition("All ")[2].strip()
    printed, *others = re.findall(r"^- .+$", listed[2].partition("\n## ")[0], re.MULTILINE)
    assert int(count) == len(EVERYBODY)
    named = [f"{name}@example.org" for line in (printed, *others) for name in ADDRESS.findall(line)]
    assert sorted(named) == sorted(part.email for part in EVERYBODY)
    toured = {part.email for part, _seen in TOUR}
    assert {f"{name}@example.org" for name in ADDRESS.findall(printed)} == toured
    assert f"the {len(toured)} that were printed" in printed


def unlike(printed: str, told: list[str]) -> bool:
    """Say whether a printed line is none of those that were told; `…` stands for anything."""
    form = ".*".join(re.escape(part) for part in printed.strip().split(VARIES))
    return not any(re.fullmatch(form, line.strip()) for line in told)


def test_lines_that_the_tutorial_prints_are_told(lines: list[str]) -> None:
    printed = [
        line
        for kind, text in FENCED.findall(TUTORIAL)
        if not kind
        for line in PRINTED.findall(text)
    ]
    assert printed
    told = [f"{line} (0.1 s; ledger 0)" for line in lines]
    assert [line for line in printed if unlike(line, told)] == []
    wrong = printed[0].replace("1111 rows", "22 rows")
    assert unlike(wrong, told), "A wrong figure is found."


def page_of_picture(picture: Picture) -> Page:
    """Go the way of a picture."""
    people = {part.email.partition("@")[0]: part for part in EVERYBODY}
    client = client_of(people[picture.person] if picture.person else None)
    place, *links = picture.way
    page = open_page(client, "/desk/" if picture.person else "/")
    page = open_page(client, page.way(place, exactly=True))
    for words in links:
        page = open_page(client, page.way(words))
    # What a program is told to ask is named by the address that the page was opened at.
    page.nodes = [
        said.replace("//testserver/", f"//{settings.CENTRE_DOMAIN}/") for said in page.nodes
    ]
    return page


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_figures_of_a_picture_are_those_of_the_demo(picture: Picture, whole: Stage) -> None:
    """A picture that was taken of another telling has others: `make docs-images` takes it anew."""
    page, shown = page_of_picture(picture), kept_figures()[picture.name]
    assert stale_figures(shown, page.nodes, picture.varies) == []
    older = Shown(shown.sha256, [*shown.figures, "48,820 rows"])
    assert stale_figures(older, page.nodes, picture.varies) == ["48,820 rows"], (
        "A stale figure is found."
    )


@pytest.fixture(scope="module")
def figures(lines: list[str], whole: Stage) -> set[str]:
    """Return the figures that the story tells, or a page that a picture shows."""
    texts = [*lines, *(text for picture in PICTURES for text in page_of_picture(picture).nodes)]
    return {*figures_of("\n".join(texts)), *TOLD_ELSEWHERE}


def figures_of(text: str) -> set[str]:
    """Return the figures of a text, without the commas in them."""
    return {figure.replace(",", "") for figure in FIGURE.findall(text)}


def test_figures_of_the_tutorial_are_those_of_the_demo(figures: set[str]) -> None:
    """Each stands in a line of the story or on a page that a picture shows."""
    said = figures_of(NO_FIGURES.sub("", FENCED.sub("", TUTORIAL)))
    assert sorted(said - figures) == []


def said_of_the_demo(text: str) -> set[str]:
    """Return the figures of the sentences in which a guide speaks of the demo or of its people."""
    sentences = re.split(r"(?<=[.。]) |(?<=。)|\n+", FENCED.sub("", text))
    told = " ".join(sentence for sentence in sentences if OF_DEMO.search(sentence))
    return figures_of(NO_FIGURES.sub("", told))


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_figures_that_a_guide_says_of_the_demo_are_told(language: str, figures: set[str]) -> None:
    """All others are of rules or of examples, which run as they stand."""
    guides = sorted((DOCS / FOLDERS[language]).glob("*.md"))
    said = {guide.name: said_of_the_demo(guide.read_text(encoding="utf-8")) for guide in guides}
    assert {name: found - figures for name, found in said.items() if found - figures} == {}
    wrong = "On the demo 987,654 rows are left out. 演示中有 987,654 行。"
    assert said_of_the_demo(wrong) - figures == {"987654"}, "A wrong figure is found."


def test_what_guides_print_is_printed_by_a_test() -> None:
    """Commands with their output are those of the page whose commands run, in both languages."""
    printing = {
        path.stem
        for language in (ENGLISH, CHINESE)
        for path in (DOCS / FOLDERS[language]).glob("*.md")
        if "```console" in path.read_text(encoding="utf-8")
    }
    assert printing == {Path(RUN).stem}


def test_places_that_the_tour_names_are_in_the_menu() -> None:
    """The README's table says the same as the command."""
    rows = re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \|$", README, re.MULTILINE)
    toured = {(part.email, str(seen)) for part, seen in TOUR}
    assert {(email, seen.replace("*", "")) for email, seen in rows} == toured
    named = {word for _email, seen in rows for word in re.findall(r"\*([^*]+)\*", seen)}
    assert named
    assert named <= {str(place.label) for part in MENU for place in part.places}


def asked_for(guide: str) -> set[str]:
    """Return the columns that the programs of a guide ask for, in both languages the same."""
    said = (DOCS / f"how-to/{guide}.md").read_text(encoding="utf-8")
    programs = "".join(text for _language, text in TO_RUN.findall(said))
    quoted = re.findall(r'"column": "(\w+)"|"by": \["(\w+)"\]', programs)
    sent = re.findall(r"(?:features|target|column)=(\w+)|where=\[\"(\w+)\"", programs)
    return {column for pair in (*quoted, *sent) for column in pair if column}


def test_columns_that_guides_ask_for_are_those_of_the_demo(whole: Stage) -> None:
    """Of the sandbox, of the measurement and of the rows by the API that its buyers have."""
    measured = Measurement.objects.get().declared
    assert asked_for("measure-before-you-buy") == {
        measured.target,
        *(feature.name for feature in measured.features),
    }
    declaration = Sandbox.objects.get().declaration
    open_columns = {*declaration["numbers"], *declaration["categories"]}
    assert asked_for("ask-a-sandbox") == open_columns
    assert asked_for("use-what-you-bought") <= {one.name for one in FERRIES.annotations}

"""The words in bold of the guides stand on the pages that the guides name, in both languages.

The pages are those of the whole demo: its people go through them once, in English. Where a word is
found, the page is opened in Chinese, too, for the words of the Chinese guides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import getfile, unwrap
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils.translation import override

from marketplace.accounts.roles import Role
from marketplace.demo.story.cast import (
    ADMINISTRATOR,
    ANNOTATOR,
    AUDITOR,
    BUREAU_FINANCE,
    BUYER,
    EVERYBODY,
    OFFICER,
    PLATFORM_OFFICER,
    RESEARCHER,
    REVIEWER,
    TREASURER,
    Part,
)
from marketplace.demo.story.stage import Stage
from marketplace.web.guides.reading import CHINESE, CODES, ENGLISH
from marketplace.web.guides.shelf import PAGES, SLUGS
from tests.given.access import views_by_route
from tests.given.bold import MENU, MENU_WORDS, NOBODY, Section, names_in, plain, sections_in
from tests.given.told import ROOT
from tests.given.walked import client_of, page_at, route_of, walk

READERS: Mapping[Part, Mapping[str, int]] = {
    OFFICER: {"listing_detail": 3, "labelling_detail": 3, "order_detail": 2},
    PLATFORM_OFFICER: {"listing_detail": 3, "order_detail": 2},
    BUYER: {"grant_detail": 9, "listing_public": 4, "order_detail": 2, "organization_detail": 12},
    RESEARCHER: {"grant_detail": 9, "listing_public": 4, "order_detail": 2},
    REVIEWER: {},
    TREASURER: {},
    BUREAU_FINANCE: {},
    ADMINISTRATOR: {"organization_detail": 12},
    ANNOTATOR: {},
    AUDITOR: {},
}
"""Who goes through all pages, each role; of the kinds named here they open so many, else one."""
UNHELPED = ("front", "account_tokens", "batch_list", "batch_detail", "mfa_index")
"""Pages that words stand on, and that no guide explains by name."""
OTHER_LANGUAGE = {"简体中文"}
UNSHOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "No application and no organization is in that state.": {
        "organization_detail": ("Verify", "Reinstate"),
        "invitation_accept": ("Join",),
    },
    "Nothing was put aside.": {
        "pipeline": ("Try all again",),
        "dataset_detail": ("Take its columns as a change",),
    },
    "No request of a person and no report that somebody was found is open.": {
        "person_request_detail": ("The identity is proved",),
        "reidentification_detail": (
            *("Propose the outcome", "Confirm the outcome", "Examine it anew"),
        ),
        "deletion_state": ("State the deletion",),
    },
    "No draft of such a listing waits, and none is on hold.": {
        "listing_detail": ("Declare the sandbox", "Write the report", "Resume the listing"),
        "preparation_detail": ("Earlier releases of the same people", "Try both together"),
    },
    "Nothing of the kind waits for a reviewer.": {
        "claim_review": (
            *("Accept the claim", "Ask for what is missing", "Terminate the claim"),
            *("Start the review", "Open the public notice", "Waive the notice"),
            *("Confirm and certify", "Take more time"),
        ),
        "objection_detail": ("Decide", "Refer to a court or arbitrator"),
        "appraisal_review": ("Approve and sign",),
        "roles_review": ("Confirm the columns",),
        "notice_list": ("Relabelled columns",),
        "certificate_detail": ("Unfreeze",),
        "dispute_detail": ("Appeal",),
    },
    "No dispute and no complaint waits for an answer of its sides.": {
        "dispute_detail": (*("Do not agree", "Take the mediation over", "Record the appeal"),),
        "order_detail": ("Answer the objection",),
    },
    "No money waits for a second word.": {
        "desk": ("Confirm a payment", "Book a line of the bank's own"),
        "bank_item_detail": ("Book", "Reverse", "Reverse the booking"),
        "bank_account_detail": (
            *("The transfer came from this account", "I saw it at the bank too"),
            "Put it in force now",
        ),
        "bank_statement": (
            *("Confirm", "Other money", "Take back"),
            *("The same line", "Another line"),
        ),
        "batch_list": ("Make a batch",),
        "recognition_detail": ("Decide anew",),
    },
    "No contract waits for a second person.": {
        "contract_detail": ("Ask for approval",),
        "approval_detail": ("Approve", "Refuse"),
    },
    "No project of labels is being planned, and no batch is done.": {
        "labelling_open": (
            *("Columns that annotators are shown", "Gold items of a batch, in percent"),
            "Share of the first gold items that must be right, in percent",
            "Share that several annotators label, in percent",
        ),
        "labelling_detail": (
            *("Open it to annotators", "Set money aside", "Go on over a version made anew"),
        ),
        "likely_errors": ("Put it to a decision",),
        "item_batch": ("Label it in Label Studio", "Take the labels in", "Hand the batch in"),
    },
    "Nothing is being measured or trained, and nothing of it failed.": {
        "measurement_detail": ("Cancel the measurement", "Measure again"),
        "training_run_detail": ("Cancel the training run",),
        "model_detail": ("Offer the model", "Train again without the rows"),
        "version_dictionary": ("Being measured",),
    },
    "The officers' data is prepared, and the policies that are open generalize no number.": {
        "policy_confirm": ("Forget the draft and begin anew", "comes as"),
        "preparation_detail": ("Decide what happens to each column", "Start desensitizing"),
        "hierarchy_edit": ("Start from the code list", "Start from the values again"),
        "tradeoff_detail": ("Adopt",),
        "risk_report_detail": ("Adopt this treatment",),
        "dataset_lineage": ("Name bought data as an origin",),
    },
    "Files and feeds of the officers wait for nothing.": {
        "intake_detail": ("Take the table",),
        "dataset_products": ("Put it live", "Declare the key"),
    },
    "No webhook is registered.": {
        "endpoint_detail": ("Send a message to try it", "Replace the secret"),
    },
    "No writing of a copy broke, and nobody of the readers holds such a delivery.": {
        "grant_detail": ("Save the profile file",),
        "order_grant": ("Write it again",),
        "grant_report": ("The signed document", "Print or save as PDF"),
    },
}
"""Words that no page of the demo shows, each by the page that would, and why it does not."""
MOST_UNSHOWN = 87
"""So many words at the most: what the demo comes to show is taken out of the list."""
TEMPLATE = re.compile(r"""["']([\w/{}.]+\.html)["']""")
"""A template that code or another template names; what is filled in stands in braces."""
OF_MODE = "{% include mode.partial %}"
"""How the page of a delivery names the template of its mode."""
FILLED_IN = re.compile(r"\{[\w.]+\}")


@dataclass(frozen=True)
class Place:
    """A page that somebody opened; `role` is theirs."""

    email: str
    role: str
    path: str
    route: str


@dataclass
class Walked:
    """What the pages of the demo say.

    found: where each name stands. ways: to which kinds of pages those of a kind lead.
    """

    found: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))
    ways: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def around(self, pages: Iterable[str], steps: int) -> set[str]:
        """Return these kinds of pages and those that are reached from them in so many steps."""
        near = set(pages)
        for _step in range(steps):
            near |= {further for page in near for further in self.ways[page]}
        return near

    def places(self, meant: Meant, word: str) -> set[Place]:
        """Return where a word stands, as far as the section in which it is in bold means that."""
        found = self.found.get(word, set())
        if meant.section.guide not in SLUGS:
            return found
        near = {"desk"} | self.around(meant.section.pages(), 1) | self.around(meant.named, 2)
        roles = meant.section.roles()
        return {place for place in found if place.route in near and place.role in roles}


@dataclass(frozen=True)
class Meant:
    """A section in English with its words in one language.

    It means the pages that it explains or from which it links, and a click from there; the desk;
    and where it, or the beginning of its guide, has its reader go by the menu, two clicks from
    there. named: those places of the menu.
    """

    section: Section
    words: tuple[str, ...]
    named: frozenset[str]


def meant_in(language: str) -> Iterator[Meant]:
    """Go over the sections of all guides, with their words in a language."""
    leads: dict[str, frozenset[str]] = {}
    words = {(one.guide, one.anchor): one.words for one in sections_in(language)}
    for section in sections_in(ENGLISH):
        own = frozenset(section.named())
        named = own | leads.setdefault(section.guide, own)
        if said := words.get((section.guide, section.anchor)):
            yield Meant(section, said, named)


@pytest.fixture(scope="module")
def walked(whole: Stage) -> Walked:
    """Go through the pages of the demo: all of them as each role, and what waits as everybody."""
    routes = {*PAGES, *UNHELPED, *MENU_WORDS.values()}
    single, several = (Counter(dict.fromkeys(routes, most)) for most in (1, 3))
    seen = Walked()
    _go(seen, None, single, "front")
    for part in EVERYBODY:
        if part in READERS:
            _go(seen, part, Counter({**single, **READERS[part]}), "desk")
            continue
        _go(seen, part, several, "desk", by_menu=False, steps=1)
        if part.role == Role.BUYER:
            _go(seen, part, Counter({**single, "grant_detail": 9}), "grant_list", steps=2)
    return seen


def _go(
    seen: Walked,
    part: Part | None,
    most: Counter[str],
    start: str,
    *,
    by_menu: bool = True,
    steps: int = 9,
) -> None:
    way = walk(client_of(part), reverse(start), most, by_menu=by_menu, steps=steps)
    for path, page in way:
        email, role = (part.email, str(part.role)) if part else (NOBODY, NOBODY)
        place = Place(email, role, path, page.route)
        for name in names_in(page.labels):
            seen.found[name].add(place)
        seen.ways[page.route] |= {route_of(address) for address, _said in page.main} - {""}


def in_chinese(walked: Walked) -> Walked:
    """Open in Chinese a page for each English word of a section, as few as will do."""
    wanted = {
        places
        for meant in meant_in(ENGLISH)
        for word in meant.words
        if meant.section.guide in SLUGS and (places := frozenset(walked.places(meant, word)))
    }
    seen = Walked(ways=walked.ways)
    parts = {part.email: part for part in EVERYBODY}
    while wanted:
        counted = Counter(place for places in wanted for place in places)
        best = max(counted, key=lambda place: (counted[place], place.path))
        page = page_at(client_of(parts.get(best.email)), best.path, CODES[CHINESE])
        assert page, best
        for name in names_in(page.labels):
            seen.found[name].add(best)
        wanted = {places for places in wanted if best not in places}
    return seen


def unshown_words() -> dict[str, str]:
    """Return each word that the demo does not show, with the page that would."""
    return {
        word: page for pages in UNSHOWN.values() for page, words in pages.items() for word in words
    }


def faults(walked: Walked, language: str) -> list[str]:
    """Return the words in bold that stand on no page that their section means."""
    with override(CODES[language]):
        free = {str(place.label) for place in MENU} | OTHER_LANGUAGE
    free |= {said for word in unshown_words() for said in worded(language)[word]}
    return [
        f"{meant.section.guide}#{meant.section.anchor}: {word}"
        for meant in meant_in(language)
        for word in sorted({*meant.words} - free)
        if not walked.places(meant, word)
    ]


def test_words_in_bold_stand_on_the_page_that_is_named(walked: Walked) -> None:
    """What a guide tells to press or to open is there under that name, for those who read it."""
    assert faults(walked, ENGLISH) == []
    found = {word: places for word, places in walked.found.items() if word != "Open a dispute"}
    assert faults(Walked(found, walked.ways), ENGLISH), "A word that no page has is found."


def test_words_in_bold_of_a_chinese_guide_stand_on_the_page_that_is_named(walked: Walked) -> None:
    """As in English, in the words of the Chinese pages."""
    assert faults(in_chinese(walked), CHINESE) == []


def test_no_word_is_excused_that_the_demo_shows(walked: Walked) -> None:
    """Each is in a guide, not on the pages that it means, and in what the page is made of."""
    idle = set(unshown_words())
    for meant in meant_in(ENGLISH):
        idle -= {word for word in meant.words if not walked.places(meant, word)}
    assert idle == set()


def test_words_that_the_demo_does_not_show_are_few_and_belong_to_a_page() -> None:
    """The page's template, form or list of states says each of them."""
    words = unshown_words()
    assert len(words) <= MOST_UNSHOWN
    quoted = {word: re.compile(rf'"{re.escape(word)}[".…]') for word in words}
    assert [word for word, page in words.items() if not quoted[word].search(source(page))] == []
    assert not quoted["Verify"].search(source("market"))


@cache
def worded(language: str) -> Mapping[str, set[str]]:
    """Return the names of our pages in a language, by those in English."""
    found: dict[str, set[str]] = defaultdict(set)
    for catalog in ROOT.glob("marketplace/*/locale/zh_Hans/LC_MESSAGES/django.po"):
        with catalog.open("rb") as file:
            for message in read_po(file):
                if isinstance(message.id, str) and isinstance(message.string, str):
                    said = message.id if language == ENGLISH else message.string
                    found[plain(message.id)].add(plain(said))
    return found


@cache
def source(route: str) -> str:
    """Return the code beside the view of a page, and the templates that are named there.

    A page of several nouns lies above them: what it imports of its own app is beside it.
    """
    folder = Path(getfile(unwrap(views_by_route()[route]))).parent
    said = _code_of(folder)
    said += "".join(_code_of(below) for below in _nouns_below(folder, said))
    read: set[Path] = set()
    while waiting := _templates(said) - read:
        read |= waiting
        said += "".join(path.read_text(encoding="utf-8") for path in sorted(waiting))
        if OF_MODE in said:
            said = said.replace(OF_MODE, "") + _code_of("marketplace/trading/listings/mode")
    return said


def _nouns_below(folder: Path, said: str) -> set[Path]:
    """Return the nouns of the same app from which code imports."""
    app = ".".join(folder.relative_to(ROOT).parts[:-1])
    names = re.findall(rf"^from {re.escape(app)}\.(\w+)", said, re.M)
    return {folder.parent / name for name in names if name != folder.name}


def _code_of(folder: str | Path) -> str:
    """Return the code of a folder."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def _templates(said: str) -> set[Path]:
    """Return the templates that code names, also by the last part of their way alone."""
    folder = ROOT / "templates"
    return {
        path
        for name in TEMPLATE.findall(said)
        for path in folder.glob(f"**/{FILLED_IN.sub('*', name)}")
    }

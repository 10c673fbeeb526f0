"""The words in bold of the guides, and the pages on which a guide says that they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from marketplace.accounts.roles import Role
from marketplace.web.guides.reading import ENGLISH, PARSER, guide_in
from marketplace.web.guides.shelf import PAGES, SHELVES, SLUGS
from marketplace.web.navigation import OWN_PLACES, PLACES
from tests.given.docs import DOCS

ENDS = "…:：。. "
SEPARATORS = (": ", "：", " (")
"""What divides a name on a page from what is told of it."""
OTHERS = ("tutorial", "how-to/api-quickstart")
"""Pages of the docs, in English alone, that have their reader press what a guide could."""
NOBODY = ""
ROLES: Mapping[str, str] = {
    "sell": Role.OFFICER,
    "buy": Role.BUYER,
    "label": Role.ANNOTATOR,
    "review": Role.REVIEWER,
    "finance": Role.FINANCE,
    "administer": Role.ADMINISTRATOR,
    "check": Role.AUDITOR,
}
"""For whom the guides of each shelf are."""
CALLED: Mapping[str, str] = {
    **{str(role): str(role) for role in Role},
    "seller": Role.OFFICER,
    "both sides": Role.BUYER,
}
"""By which words a section names who else acts."""
MENU = (*PLACES, *OWN_PLACES)
MENU_WORDS: Mapping[str, str] = {str(place.label): place.url_name for place in MENU}
BOLD = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
LED_TO = re.compile(r'href="/help/([\w-]+)/')
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """What stands under a heading of a guide.

    words: those in bold, in their order. leads: the guides that it links to.
    """

    guide: str
    anchor: str
    text: str
    words: tuple[str, ...]
    leads: frozenset[str]

    def pages(self) -> set[str]:
        """Return which pages it explains: its own, those of its guide, those of its links."""
        guides = {self.guide, *self.leads}
        return {
            page
            for page, helped in PAGES.items()
            if {place.partition("#")[0] for place in (helped.guide, helped.of_buyers)} & guides
        }

    def named(self) -> set[str]:
        """Return the pages of the menu that it has its reader open."""
        return {MENU_WORDS[word] for word in self.words if word in MENU_WORDS}

    def roles(self) -> set[str]:
        """Return who reads it, and who else acts in it."""
        said = self.text.casefold()
        shelves = {ROLES[shelf.anchor] for shelf in SHELVES if self.guide in shelf.slugs}
        return {NOBODY, *map(str, shelves), *(CALLED[word] for word in CALLED if word in said)}


def plain(text: str) -> str:
    """Return a name without what stands behind it, such as a colon."""
    return " ".join(text.split()).strip(ENDS)


def names_in(labels: Iterable[str]) -> Iterator[str]:
    """Yield the names that stand on a page, alone or before what is told of them."""
    for label in labels:
        yield plain(label)
        for separator in SEPARATORS:
            if separator in label:
                yield plain(label.partition(separator)[0])


def sections_in(language: str) -> Iterator[Section]:
    """Yield the sections of all guides in a language; in English those of other pages too."""
    for slug in sorted(SLUGS):
        guide = guide_in(language, slug)
        yield _section(slug, "", guide.lead)
        for section in guide.sections:
            yield _section(slug, section.anchor, section.html, section.title)
    if language == ENGLISH:
        for page in OTHERS:
            text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
            lead, *parts = HEADING.split(text)
            yield _section(page, "", PARSER.render(lead))
            for title, part in zip(parts[::2], parts[1::2], strict=True):
                yield _section(page, title, PARSER.render(part), title)


def _section(guide: str, anchor: str, html: str, title: str = "") -> Section:
    return Section(
        guide=guide,
        anchor=anchor,
        text=f"{title} {unescape(TAG.sub('', html))}",
        words=tuple(plain(unescape(TAG.sub("", word))) for word in BOLD.findall(html)),
        leads=frozenset(LED_TO.findall(html)) & SLUGS,
    )

"""The glossary, read from `docs/glossary.md`: each term in both languages, with its sentence."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst

from marketplace.web.guides.reading import CHINESE

CELLS = 5
"""Term, Chinese, what it means, what it means in Chinese, the guide that goes into it."""
GUIDE = re.compile(r"\[[^\]]+\]\(how-to/([\w-]+)\.md(#[\w-]+)?\)")
SYLLABLES = (
    "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝",
    "ABCDEFGHJKLMNOPQRSTWXYZ",
)
"""The first character of each letter among the 3,755 that GB 2312 orders by their sound."""


@dataclass(frozen=True)
class Term:
    """A word of the centre.

    names: the English words for it, the first of which is the one to use.
    guide: where more of it stands, as the slug of a guide with an anchor; "" where nowhere.
    """

    names: tuple[str, ...]
    chinese: str
    meaning: str
    chinese_meaning: str
    guide: str

    @property
    def anchor(self) -> str:
        """Return its place on the page of terms, alike in both languages."""
        return re.sub(r"[^a-z0-9]+", "-", self.names[0].lower()).strip("-")

    @property
    def address(self) -> str:
        """Return where it stands among all terms."""
        return f"{reverse('help_terms')}#{self.anchor}"

    @property
    def guide_address(self) -> str:
        """Return where the guide goes into it."""
        slug, hash_, anchor = self.guide.partition("#")
        return reverse("help_guide", args=[slug]) + hash_ + anchor if slug else ""

    def name_in(self, language: str) -> str:
        return self.chinese if language == CHINESE else ", ".join(self.names)

    def sentence_in(self, language: str) -> str:
        return f"{self.chinese_meaning}。" if language == CHINESE else f"{capfirst(self.meaning)}."


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms in the order of the glossary."""
    text = (settings.DOCS_DIR / "glossary.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    return tuple(_term(row) for row in rows[rows.index(["---"] * CELLS) + 1 :] if row)


@cache
def term_named(name: str) -> Term:
    """Return the term of an English word.

    Raises:
        KeyError: the glossary has none.
    """
    return {word.casefold(): term for term in terms() for word in term.names}[name.casefold()]


@cache
def terms_by_letter(language: str) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """Return the terms by the letter with which they begin, in Chinese by that of their sound."""
    ordered = sorted(terms(), key=lambda term: _order(term.name_in(language)))
    return tuple(
        (letter, tuple(of_letter))
        for letter, of_letter in groupby(ordered, lambda term: _order(term.name_in(language))[0])
    )


def _term(row: Sequence[str]) -> Term:
    english, chinese, meaning, chinese_meaning, guide = row
    names = re.sub(r"\s*\([^)]*\)", "", english).split(", ")
    found = GUIDE.fullmatch(guide)
    return Term(
        names=tuple(names),
        chinese=chinese,
        meaning=meaning,
        chinese_meaning=chinese_meaning,
        guide=f"{found[1]}{found[2] or ''}" if found else "",
    )


def _order(name: str) -> tuple[str, bytes]:
    """Return the letter under which a word stands, and what orders it there."""
    if name[0].isascii():
        return name[0].upper(), name.casefold().encode()
    firsts, letters = SYLLABLES
    place = bisect_right([first.encode("gb18030") for first in firsts], name[0].encode("gb18030"))
    return letters[place - 1], name.encode("gb18030")

"""The search over guides and terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marketplace.web.guides.glossary import terms
from marketplace.web.guides.reading import guides_in

MOST = 40
"""Places that one search tells."""
AROUND = 60
"""Characters that are shown on each side of the word that was found."""


@dataclass(frozen=True)
class Place:
    """Where words were found: in a section of a guide, or at a term."""

    title: str
    within: str
    address: str
    excerpt: str


def places_with(words: str, language: str) -> list[Place]:
    """Return the places in which each of some words occurs, those first that name it in a title."""
    sought = words.casefold().split()
    if not sought:
        return []
    found = [place for place in _all(language, sought) if place is not None]
    found.sort(key=lambda place: not all(word in place.title.casefold() for word in sought))
    return found[:MOST]


def _all(language: str, sought: Sequence[str]) -> Iterator[Place | None]:
    for term in terms():
        name, said = term.name_in(language), term.sentence_in(language)
        yield _place(name, "", term.address, said, sought)
    for guide in guides_in(language):
        yield _place(guide.title, "", guide.address, guide.lead_text, sought)
        for section in guide.sections:
            address = f"{guide.address}#{section.anchor}"
            yield _place(section.title, guide.title, address, section.text, sought)


def _place(title: str, within: str, address: str, text: str, sought: Sequence[str]) -> Place | None:
    low = text.casefold()
    if not all(word in low or word in title.casefold() for word in sought):
        return None
    at = max(low.find(sought[0]), 0)
    begin, end = max(at - AROUND, 0), at + len(sought[0]) + AROUND
    if begin:
        # No word is cut at its front; a Chinese sentence has few blanks.
        begin = text.rfind(" ", max(begin - AROUND, 0), begin + 1) + 1 or begin
    excerpt = f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"
    return Place(title, within, address, excerpt)

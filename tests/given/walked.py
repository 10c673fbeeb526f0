"""A page of a told demo as one of its people reads it: its texts, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

from marketplace.demo.story.cast import Part
from marketplace.demo.story.findings import person_of
from marketplace.demo.story.stage import the
from tests.given.chinese import VOID

NOT_READ = {"script", "style"}


@dataclass
class Page:
    """What a page says.

    nodes: the pieces of text between two tags. links: the address of each link with its words;
    main: those in the page itself.
    """

    nodes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    main: list[tuple[str, str]] = field(default_factory=list)

    def way(self, words: str, *, exactly: bool = False) -> str:
        """Return where the first link with these words leads, in the menu or in the page itself."""
        if exactly:
            return next(address for address, said in self.links if said == words)
        return next(address for address, said in self.main if words in said)


class _Reader(HTMLParser):
    """Takes the texts of a page and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[tuple[str, list[str], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append((tag, [], dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, pieces, address = self._open.pop()
            if name == "a":
                link = (address, _plain("".join(pieces)))
                self.page.links.append(link)
                if any(outer == "main" for outer, _pieces, _address in self._open):
                    self.page.main.append(link)
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] not in NOT_READ:
            if said := _plain(data):
                self.page.nodes.append(said)
            for _tag, pieces, _address in self._open:
                pieces.append(data)


def _plain(text: str) -> str:
    return " ".join(text.split())


def client_of(part: Part | None) -> Client:
    """Return a client of the site that somebody is signed in at, or nobody."""
    client = Client()
    if part is not None:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(the(person_of(part)), backend=backend)
    return client


def open_page(client: Client, path: str) -> Page:
    """Open a page in English, wherever its address leads on to."""
    answer = client.get(path, headers={"accept-language": "en"}, follow=True)
    assert answer.status_code == 200, path
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.page

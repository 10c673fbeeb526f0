"""A page of a told demo as one of its people reads it: its texts, and where it leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from marketplace.demo.story.cast import Part
from marketplace.demo.story.findings import person_of
from marketplace.demo.story.stage import the
from tests.given.chinese import VOID

NOT_READ = {"script", "style"}
SHOWN = ("alt", "aria-label", "placeholder", "value")
READ_AS_ONE = {
    *("a", "b", "button", "caption", "dt", "figcaption", "h1", "h2", "h3", "h4", "label"),
    *("legend", "li", "option", "p", "span", "strong", "summary", "td", "th"),
}
"""Elements whose texts are read without the marks inside them."""
LONGEST = 90
"""Characters of what can be the name of a button or a field; a longer text is a sentence."""
NO_PAGE = re.compile(r"^/(?:admin|api|help|static)/|\.\w+$")
"""Addresses of files, of guides and of the API."""


@dataclass
class Page:
    """What a page says.

    route: how its address is called. nodes: the pieces of text between two tags. labels: texts as
    their elements have them, that can be a name. links: the address of each link with its words;
    main: those in the page itself.
    """

    route: str = ""
    nodes: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
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
        given = dict(attrs)
        for name in SHOWN:
            self._name(given.get(name) or "")
        if tag not in VOID:
            self._open.append((tag, [], given.get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, pieces, address = self._open.pop()
            if name in READ_AS_ONE:
                self._name("".join(pieces))
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
                self._name(said)
            for _tag, pieces, _address in self._open:
                pieces.append(data)

    def _name(self, text: str) -> None:
        if 0 < len(said := _plain(text)) <= LONGEST:
            self.page.labels.add(said)


def _plain(text: str) -> str:
    return " ".join(text.split())


def client_of(part: Part | None) -> Client:
    """Return a client of the site that somebody is signed in at, or nobody."""
    client = Client()
    if part is not None:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(the(person_of(part)), backend=backend)
    return client


def open_page(client: Client, path: str, language: str = "en") -> Page:
    """Open a page, wherever its address leads on to."""
    page = page_at(client, path, language)
    assert page, path
    return page


def page_at(client: Client, path: str, language: str) -> Page | None:
    """Open a page as `open_page` does; answer nothing where there is none, or a file."""
    answer = client.get(path, headers={"accept-language": language}, follow=True)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return None
    reader = _Reader()
    reader.feed(answer.content.decode())
    reader.page.route = route_of(answer.request["PATH_INFO"])
    return reader.page


def route_of(address: str) -> str:
    """Return how the page of an address is called; of what is no page of ours nothing."""
    path = urlsplit(address).path
    if not path.startswith("/") or NO_PAGE.search(path):
        return ""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def walk(
    client: Client, start: str, most: Counter[str], *, by_menu: bool, steps: int
) -> Iterator[tuple[str, Page]]:
    """Open what a page leads to in so many steps, of each kind of page as many as `most` says.

    by_menu: go by the menu of the first page, too.
    """
    opened = Counter[str]()
    waiting, seen = [(start, 0)], {start}
    while waiting:
        path, far = waiting.pop(0)
        if opened[route_of(path)] >= most[route_of(path)]:
            continue
        page = page_at(client, path, "en")
        opened[route_of(path)] += 1
        if page is None:
            continue
        yield path, page
        if far == steps:
            continue
        for address, _said in page.links if by_menu and far == 0 else page.main:
            found = urldefrag(address).url
            if found not in seen:
                seen.add(found)
                waiting.append((found, far + 1))

"""Guides, read from the Markdown of `docs/how-to`: the files that a checkout shows.

A guide has one file a language, in `how-to/` and `how-to/zh/`. Its sections have the anchors of the
English headings in both, so that an address leads to the same place in either language.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from marketplace.web.guides.shelf import SLUGS

CHINESE, ENGLISH = "zh", "en"
FOLDERS = {ENGLISH: "how-to", CHINESE: "how-to/zh"}
CODES = {ENGLISH: "en", CHINESE: "zh-hans"}
ELSEWHERE = {
    "glossary.md": "help_terms",
    "how-to/api-quickstart.md": "api_browser",
    "reference/openapi.yaml": "api_browser",
    "../marketplace/ledger/verifier/verify.py": "verifier",
}
"""Files of a checkout that the site has too, by their way from `docs`: the names of the pages."""
PICTURES = "images/"
MOST_ABOUT = {ENGLISH: 220, CHINESE: 90}
"""Characters of the first paragraph by which a list tells what a guide is about."""


@dataclass(frozen=True)
class Section:
    """What stands under a heading of the second level."""

    anchor: str
    title: str
    html: SafeString
    text: str


@dataclass(frozen=True)
class Guide:
    """A guide in one language; `lead` is what stands before its first section."""

    slug: str
    title: str
    about: str
    lead: SafeString
    lead_text: str
    sections: tuple[Section, ...]

    @property
    def address(self) -> str:
        return reverse("help_guide", args=[self.slug])


class _Renderer(RendererHTML):
    """HTML as the site's style sheet and its readers by keyboard need it."""

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        label = escape(_("Table"))
        return (
            f'<div class="table-region" role="group" tabindex="0" aria-label="{label}">'
            '<table class="table">'
        )

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table></div>"

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        # A drawing needs a program that runs in the browser; the text says the same.
        if token.info == "mermaid":
            return ""
        return f'<pre class="code" tabindex="0"><code>{escape(token.content)}</code></pre>'


PARSER = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
"""Raw HTML of a file is shown as the text that it is."""


def language_of_reader() -> str:
    """Return the language of the moment, as the folders of guides tell them apart."""
    return CHINESE if (get_language() or "").startswith("zh") else ENGLISH


@cache
def guide_in(language: str, slug: str) -> Guide:
    tokens = _parsed(language, slug)
    places = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    first = [place for place in places if tokens[place].tag in ("h1", "h2")]
    parts = [tokens[begin:end] for begin, end in pairwise([*first, len(tokens)])]
    top, *rest = parts
    with override(CODES[language]):
        for part in parts:
            _fit(part, language, slug)
        lead = top[3:]
        return Guide(
            slug=slug,
            title=_text(top[1:2]),
            about=_about(lead, MOST_ABOUT[language]),
            lead=_html(lead),
            lead_text=_text(lead),
            sections=tuple(
                Section(
                    anchor=str(part[0].attrs["id"]),
                    title=_text(part[1:2]),
                    html=_html(part[3:]),
                    text=_text(part[3:]),
                )
                for part in rest
            ),
        )


def guides_in(language: str) -> Iterator[Guide]:
    return (guide_in(language, slug) for slug in SLUGS)


@cache
def anchors_of(language: str, slug: str) -> dict[str, str]:
    """Return where the headings of a guide are found, by the anchors that GitHub gives them."""
    own, shared = (_headings(one, slug) for one in (language, ENGLISH))
    return {
        github_anchor(heading): github_anchor(english)
        for heading, english in zip(own, shared, strict=True)
    }


def github_anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _parsed(language: str, slug: str) -> list[Token]:
    path = settings.DOCS_DIR / FOLDERS[language] / f"{slug}.md"
    return PARSER.parse(path.read_text(encoding="utf-8"))


@cache
def _headings(language: str, slug: str) -> tuple[str, ...]:
    tokens = _parsed(language, slug)
    return tuple(
        _text([inline]) for opened, inline in pairwise(tokens) if opened.type == "heading_open"
    )


def _fit(tokens: list[Token], language: str, slug: str) -> None:
    """Make anchors, links, pictures and tables those of the site."""
    anchors = anchors_of(language, slug)
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open":
            opened.attrs = {"id": anchors[github_anchor(_text([inline]))]}
        elif opened.type in ("th_open", "td_open"):
            # Alignment comes as a style, which the Content-Security-Policy forbids.
            opened.attrs = {"scope": "col"} if opened.type == "th_open" and inline.content else {}
        if opened.type == "th_open" and not inline.content:
            opened.tag = "td"
            tokens[tokens.index(inline) + 1].tag = "td"
    for token in tokens:
        if token.children:
            token.children = list(_led(token.children, language, slug))


def _led(children: Sequence[Token], language: str, slug: str) -> Iterator[Token]:
    """Return the parts of a sentence; a link that leads to no page of the site leaves its words."""
    kept: list[bool] = []
    for token in children:
        if token.type == "link_open":
            address = _address(unquote(str(token.attrs["href"])), language, slug)
            kept.append(bool(address))
            token.attrs = {"href": address}
        elif token.type == "image":
            name = str(token.attrs["src"]).rpartition(PICTURES)[2]
            token.attrs = {"src": static(f"guides/{name}"), "alt": "", "loading": "lazy"}
        if token.type not in ("link_open", "link_close") or kept[-1]:
            yield token
        if token.type == "link_close":
            kept.pop()


def _address(link: str, language: str, slug: str) -> str:
    """Return where a link of a guide leads on the site; "" where nothing of it is there."""
    if re.match(r"https?://|mailto:", link):
        return link
    path, _hash, anchor = link.partition("#")
    named = posixpath.normpath(posixpath.join(FOLDERS[language], path)) if path else ""
    if named in ELSEWHERE:
        return reverse(ELSEWHERE[named])
    folder, name = posixpath.split(named)
    target = name.removesuffix(".md") if path else slug
    if path and (folder != FOLDERS[language] or target not in SLUGS):
        return ""
    page = reverse("help_guide", args=[target]) if path else ""
    return f"{page}#{anchors_of(language, target)[anchor]}" if anchor else page


def _html(tokens: Sequence[Token]) -> SafeString:
    html: str = PARSER.renderer.render(tokens, PARSER.options, {})
    return mark_safe(html)


def _text(tokens: Sequence[Token]) -> str:
    """Return the words alone, for headings, lists and the search."""
    pieces = []
    for token in tokens:
        if token.children is not None and token.type == "inline":
            pieces.append("".join(_words(token.children)))
        elif token.type == "fence" and token.info != "mermaid":
            pieces.append(token.content)
    return " ".join(" ".join(pieces).split())


def _words(children: Sequence[Token]) -> Iterator[str]:
    for token in children:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "


def _about(lead: Sequence[Token], most: int) -> str:
    """Return the sentences with which a guide begins, as many as fit a list."""
    said = next((_text([token]) for token in lead if token.type == "inline"), "")
    about = ""
    for sentence in re.findall(r".+?(?:[.!?](?= |$)|[。！？]|$)", said):
        if about and len(about) + len(sentence) > most:
            break
        about += sentence
    return about

"""Guides and words: the same in both languages, safe, and led to from the pages that need them."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import resolve, reverse
from django.utils.translation import override

from marketplace.outbound.endpoint.choices import TRY, Event
from marketplace.web.guides.glossary import Term, term_named, terms, terms_by_letter
from marketplace.web.guides.reading import (
    CHINESE,
    CODES,
    ENGLISH,
    FOLDERS,
    PARSER,
    anchors_of,
    guide_in,
    guides_in,
)
from marketplace.web.guides.searching import places_with
from marketplace.web.guides.shelf import PAGES, SHELVES, SLUGS
from tests.conftest import PageClients
from tests.given.access import views_by_route
from tests.given.chinese import latin_words
from tests.given.world import World

ROOT = Path(__file__).parents[2]
LANGUAGES = (ENGLISH, CHINESE)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\n*")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
CODE = re.compile(r"`([^`]+)`")
FIGURE = re.compile(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)*")
SITE = re.compile(r"`(/(?:market|help|log|listings|person-requests|re-identifications)/[^`\s]+)`")
PLACE = re.compile(r"[A-Z]{4,}|\{[a-z]+\}")
SHORT = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
"""A message of one line in a catalog, as names of buttons and pages are."""
MOST_FIGURES_IN_WORDS = 1
"""Figures that a Chinese guide has beyond the English one, which writes a number as a word."""
WITHOUT_PAGE = {"bring-in-a-calendar"}
"""Guides to work that is done on the centre's machine."""
MAIN_PATH = (
    *("dataset_register", "dataset_annotate", "preparation_detail", "policy_confirm"),
    *("risk_report_detail", "claim_draft", "claim_detail", "appraisal_draft", "appraisal_detail"),
    *("listing_draft", "listing_detail", "listing_public", "order_place", "order_detail"),
    *("contract_detail", "invoice_detail", "grant_detail", "ledger"),
)
NAMES = re.compile(
    "AES|ARX|ASCII|Arrow|Bitstring|IFRS|IPSAS|List|Marquez|Merkle|MiB|ODRL|OpenLineage|SQL|Spark|"
    "Standard|Status|TOML|UUID|WebAuthn|Webhooks|checksum|creation|curl|expiration|multibase|polars|"
    "pyarrow|termination|tlog|tus"
)
"""Names of programs, formats and protocols that guides have and pages have not."""


def text_of(language: str, slug: str) -> str:
    """Return a guide as it stands in its file."""
    return (settings.DOCS_DIR / FOLDERS[language] / f"{slug}.md").read_text(encoding="utf-8")


def prose_of(language: str, slug: str) -> str:
    """Return a guide without its programs and pictures."""
    return PICTURE.sub("", FENCED.sub("", text_of(language, slug)))


def outline(prose: str) -> list[str]:
    """Return the kinds of lines: headings by their level, rows of tables, points of lists."""
    kinds = (re.match(r" *(#+ |\||[-*] |\d+\. )", line) for line in prose.splitlines())
    return [re.sub(r"\d+", "1", kind[1]) for kind in kinds if kind]


def targets(prose: str) -> list[str]:
    """Return what a guide links to, without the ways there."""
    return sorted(
        link if link.startswith("http") else re.sub(r"#.*", "", link).rpartition("/")[2]
        for link in LINK.findall(prose)
    )


def figures(prose: str) -> Counter[str]:
    """Return the numbers of a guide's sentences."""
    said = CODE.sub("", re.sub(r"\]\([^)]*\)", "]", prose))
    return Counter(number.replace(",", "") for number in FIGURE.findall(said))


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_a_chinese_guide_says_what_the_english_one_says(slug: str) -> None:
    """Its sections, rows, points, programs, addresses and figures: neither is changed alone."""
    english, chinese = (prose_of(language, slug) for language in LANGUAGES)
    assert outline(chinese) == outline(english)
    assert {*anchors_of(CHINESE, slug).values()} == {*anchors_of(ENGLISH, slug).values()}
    programs = [FENCED.findall(text_of(language, slug)) for language in LANGUAGES]
    assert programs[0] == programs[1]
    codes = [Counter(CODE.findall(prose.replace("\n", " "))) for prose in (english, chinese)]
    assert codes[0] == codes[1]
    assert targets(chinese) == targets(english)
    in_english, in_chinese = figures(english), figures(chinese)
    assert in_english - in_chinese == Counter()
    assert (in_chinese - in_english).total() <= MOST_FIGURES_IN_WORDS


@pytest.fixture(scope="module")
def worded() -> dict[str, set[str]]:
    """Return the Chinese of each English sentence of our pages."""
    found: dict[str, set[str]] = {}
    for path in ROOT.glob("marketplace/*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for said, chinese in SHORT.findall(path.read_text(encoding="utf-8")):
            found.setdefault(said, set()).add(chinese)
    return found


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_what_a_chinese_guide_has_pressed_is_worded_so(
    slug: str, worded: dict[str, set[str]]
) -> None:
    """Where the English guide names a button or a page, the Chinese one names the same."""
    english, chinese = (CODE.sub("", prose_of(language, slug)) for language in LANGUAGES)
    named = [" ".join(each.split()) for each in re.findall(r"\*\*([^*]+)\*\*", english)]
    bold = set(re.findall(r"\*\*([^*]+)\*\*", chinese))
    known = {each: worded[each] for each in named if each in worded}
    assert [each for each, chinese_words in known.items() if not chinese_words & bold] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_are_safe_and_lead_somewhere(language: str) -> None:
    """No mark of the source is left, no style, no script; every link has its page and section."""
    with override(CODES[language]):
        for guide in guides_in(language):
            html = guide.lead + "".join(section.html for section in guide.sections)
            said = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
            assert "*" not in said, guide.slug
            assert not re.search(r"<script|style=|<(?!/?[a-z])", html), guide.slug
            for link in map(unescape, re.findall(r'href="([^"]*)"', html)):
                path, _hash, anchor = link.partition("#")
                if link.startswith("http"):
                    continue
                match = resolve(path) if path else None
                target = match.kwargs.get("guide", "") if match else guide.slug
                assert not anchor or anchor in anchors_of(language, target).values(), link
            for picture in re.findall(r'src="/static/([^"]+)"', html):
                assert finders.find(picture), picture


def test_raw_html_of_a_guide_is_text() -> None:
    shown = PARSER.render("<script>alert(1)</script>\n\nA <b onclick=x>b</b> [c](javascript:d)")
    assert "<script" not in shown
    assert "<b" not in shown
    assert "href" not in shown


def test_chinese_guides_have_no_english_words() -> None:
    """But for names, and for what is typed."""
    for guide in guides_in(CHINESE):
        html = guide.title + guide.lead + "".join(f"{s.title} {s.html}" for s in guide.sections)
        found = [word for word in latin_words(html) if not NAMES.fullmatch(word)]
        assert found == [], guide.slug


def test_every_word_has_its_sentence_in_both_languages() -> None:
    found = terms()
    assert len({term.anchor for term in found}) == len(found) > 90
    names = [name.casefold() for term in found for name in term.names]
    assert len(set(names)) == len(names)
    for term in found:
        assert term.meaning, term.names
        assert re.search(r"[\u4e00-\u9fff]{4}", term.chinese_meaning), term.names
        assert latin_words(f"{term.chinese} {term.chinese_meaning}") == [], term.names
        check_place(term.guide)
    for language in LANGUAGES:
        letters = terms_by_letter(language)
        assert sum(len(of_letter) for _letter, of_letter in letters) == len(found)
        assert [letter for letter, _of in letters] == sorted({letter for letter, _of in letters})


def check_place(place: str) -> None:
    """A guide's slug with an anchor leads somewhere."""
    slug, _hash, anchor = place.partition("#")
    assert not slug or slug in SLUGS, place
    assert not anchor or anchor in anchors_of(ENGLISH, slug).values(), place


def test_each_page_that_is_helped_has_its_guide_and_words() -> None:
    """The table names pages that exist, guides with these sections, and terms of the glossary."""
    assert set(PAGES) - set(views_by_route()) == set()
    for name, found in PAGES.items():
        assert found.guide, name
        for place in (found.guide, found.of_buyers):
            check_place(place)
        for word in found.terms:
            assert isinstance(term_named(word), Term)
    places = {place for found in PAGES.values() for place in (found.guide, found.of_buyers)}
    places |= {term_named(word).guide for word in marked_words()}
    assert SLUGS - {place.partition("#")[0] for place in places} == WITHOUT_PAGE
    assert [name for name in MAIN_PATH if not PAGES[name].terms] == []


def marked_words() -> list[str]:
    """Return the words that templates mark themselves."""
    return [
        word
        for path in (ROOT / "templates").rglob("*.html")
        for word in re.findall(r'{% term "([^"]+)"', path.read_text(encoding="utf-8"))
    ]


def test_words_in_templates_stand_in_the_glossary() -> None:
    names = {name for term in terms() for name in term.names}
    assert marked_words()
    assert set(marked_words()) - names == set()


@pytest.mark.parametrize(
    ("language", "word", "sentence"),
    [
        (
            "en",
            "Dataset, version",
            "What is registered; a version is one set of bytes with a digest.",
        ),
        ("zh-hans", "数据集、版本", "登记的对象；一个版本是一组字节及其摘要。"),
    ],
)
def test_a_page_opens_its_words_and_leads_to_its_guide(
    language: str, word: str, sentence: str, world: World, page_of: PageClients
) -> None:
    """Without scripts: the sentence stands folded in the page."""
    client = page_of("officer")
    page = client.get(reverse("dataset_register"), headers={"accept-language": language})
    said = page.content.decode()
    assert f'href="{reverse("help_guide", args=["sell-data"])}#1-register-and-upload"' in said
    listed = client.get(reverse("help_terms"), headers={"accept-language": language})
    assert word in listed.content.decode()
    assert sentence in listed.content.decode()
    assert re.search(
        rf'<p class="term-sheet">{re.escape(sentence)} <a href="/help/sell-data/', said
    )
    assert '<details class="term">' in said


def test_who_buys_is_led_to_the_buyers_guide(world: World, page_of: PageClients) -> None:
    """The same page of orders is explained to each side by its own guide."""
    pages = {
        person: page_of(person).get(reverse("order_list")).content.decode()
        for person in ("officer", "buyer")
    }
    leads = {
        person: re.findall(r'href="(/help/[^"]+#[^"]+)"', page)[-1]
        for person, page in pages.items()
    }
    assert leads == {
        "officer": "/help/sell-data/#5-agree",
        "buyer": "/help/use-what-you-bought/#buy-it",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_stands_on_the_page_of_help(
    language: str, db: None, page_of: PageClients
) -> None:
    said = page_of("").get("/help/", headers={"accept-language": CODES[language]}).content.decode()
    for shelf in SHELVES:
        for slug in shelf.slugs:
            assert f'href="/help/{slug}/"' in said
            assert guide_in(language, slug).title in unescape(said)


def test_search_finds_sections_and_words_of_the_readers_language() -> None:
    found = places_with("freeze Certificate", ENGLISH)
    assert "/help/register-a-right/#what-holds-a-right-holds-every-certificate-of-it" in {
        place.address for place in found
    }
    assert places_with("freeze", CHINESE) == []
    first, *_others = places_with("隐私预算", CHINESE)
    assert (first.address, first.title) == ("/help/terms/#privacy-budget", "隐私预算")
    assert places_with("  ", ENGLISH) == places_with("xylophone", ENGLISH) == []


def test_search_of_the_page(db: None, page_of: PageClients) -> None:
    """What is found leads there; nothing found says so; too long a question is refused."""
    nobody = page_of("")
    assert (
        "/help/sell-a-right/" in nobody.get("/help/", {"q": "sale of the right"}).content.decode()
    )
    none = nobody.get("/help/", {"q": "<script>xylophone"})
    assert "No guide has all of these words" in none.content.decode()
    assert "<script>xylophone" not in none.content.decode()
    assert nobody.get("/help/", {"q": "x" * 101}).status_code == 422
    assert nobody.get("/help/../etc/passwd/").status_code == 404
    assert nobody.get("/help/add-an-act/").status_code == 404
    assert nobody.get("/help/no-such-guide/").status_code == 404


def test_addresses_that_guides_name_are_pages() -> None:
    """Those that stand in code, with whatever fills their places."""
    for guide in guides_in(ENGLISH):
        for address in SITE.findall(prose_of(ENGLISH, guide.slug)):
            assert resolve(PLACE.sub(str(UUID(int=0)), address)).url_name, (guide.slug, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_message_to_a_webhook_has_its_row(language: str) -> None:
    """Also the one that is sent to try it."""
    rows = re.findall(
        r"^\| ((?:`[\w.]+`(?:, |、)?)+) \|", text_of(language, "receive-webhooks"), re.M
    )
    named = {name for row in rows for name in CODE.findall(row)}
    assert named == {*map(str, Event.values), TRY}

"""The menu: its parts by role, what is open, and what the docs say of it."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import translation

from marketplace.accounts.roles import Role
from marketplace.core.actor import NOBODY, Actor
from marketplace.web.navigation import MENU, OWN_PLACES, PLACES, Links, menu_for

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = sorted([*(DOCS / "how-to").rglob("*.md"), DOCS / "tutorial.md"])
IN_THE_MENU = {
    "en": (PLACES, re.compile(r"\*\*([^*]+)\*\* in the menu(?! of your name)")),
    "zh": (PLACES, re.compile(r"(?<!姓名)菜单中的\*\*([^*]+)\*\*")),
}
IN_THE_OWN_MENU = {
    "en": re.compile(r"\*\*([^*]+)\*\* in (?:the menu of your name|your own menu)"),
    "zh": re.compile(r"姓名菜单[下中]?(?:打开|的)?\*\*([^*]+)\*\*"),
}
OF_NO_PART = {
    *("", ".well-known", "account", "addresses", "apply", "language", "notices", "webhooks"),
    *("health", "help", "legal", "log", "centre"),
}
"""Where addresses begin that belong to no place: one's own pages, what is written, programs'."""


def person(*roles: Role) -> Actor:
    return Actor(person_id=UUID(int=1), roles=frozenset(role.value for role in roles))


def headings(menu: list[Links]) -> list[str]:
    return [part.label for part in menu if part.label]


def opened(menu: list[Links]) -> list[str]:
    return [part.label for part in menu if part.is_open]


ORDERS = {
    (Role.OFFICER,): ["Data", "Rights and value", "Trade", "Labelling and models"],
    (Role.BUYER,): ["Trade", "Public records"],
    (Role.FINANCE,): ["Money and accounting", "Public records"],
    (Role.ANNOTATOR,): ["Labelling and models", "Public records"],
    (Role.ADMINISTRATOR,): ["Running the centre", "Organizations and people"],
    (Role.OFFICER, Role.BUYER, Role.OWNER): ["Data", "Rights and value", "Trade"],
    (): ["Public records"],
}


@pytest.mark.parametrize("roles", ORDERS, ids=lambda roles: "+".join(roles) or "none")
def test_a_role_finds_first_what_it_uses_first(roles: tuple[Role, ...]) -> None:
    """Under headings, of which the first is open on the desk, the others are closed."""
    menu = menu_for(person(*roles), "/desk/")
    expected = ORDERS[roles]
    assert headings(menu)[: len(expected)] == expected
    assert opened(menu) == expected[:1]
    assert menu[0].links[0].label == "My desk"
    assert menu[0].label == ""


def test_no_part_is_long() -> None:
    """Of what an officer reads at once there are at most seven entries in a part."""
    menu = menu_for(person(*Role), "/desk/")
    assert max(len(part.links) for part in menu) <= 7
    assert sum(len(part.links) for part in menu) == len(PLACES)


def test_a_visitor_reads_what_is_public() -> None:
    menu = menu_for(NOBODY, "/")
    assert [link.label for part in menu for link in part.links] == [
        *("Market", "Public notices", "Check a certificate", "Ledger")
    ]
    assert opened(menu) == ["Public records"]


def test_a_place_alone_in_its_part_has_no_heading() -> None:
    """To open a part for one entry would be a step more."""
    menu = menu_for(person(Role.OFFICER), "/organizations/")
    alone = next(part for part in menu if part.links[0].url == "/organizations/")
    assert (alone.label, len(alone.links)) == ("", 1)
    assert alone.links[0].is_current


@pytest.mark.parametrize(
    ("path", "part", "place"),
    [
        ("/orders/", "Trade", "Orders"),
        ("/contracts/1/", "Trade", "Orders"),
        ("/preparation/1/", "Data", "Datasets"),
        ("/certificates/1/", "Rights and value", "Rights"),
        ("/training-runs/", "Labelling and models", "Models"),
        ("/money/statement/", "Money and accounting", "Money"),
    ],
)
def test_the_part_of_the_page_is_open(path: str, part: str, place: str) -> None:
    menu = menu_for(person(Role.OFFICER), path)
    assert opened(menu) == [part]
    assert [link.label for each in menu for link in each.links if link.is_current] == [place]


def beginnings(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Return the first words of the addresses of pages."""
    routes = {str(pattern.pattern) for pattern in patterns if isinstance(pattern, URLPattern)}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            own = str(pattern.pattern)
            routes |= {own} if own else beginnings(pattern.url_patterns)
    return {route.partition("/")[0].strip("^$") for route in routes}


def test_every_page_belongs_to_a_place() -> None:
    """A noun that gets pages gets a place in the menu, or says in a place that it belongs there."""
    everybody = person(*Role)
    words = beginnings(get_resolver().url_patterns) - OF_NO_PART - {"api", "static"}
    menus = {word: menu_for(everybody, f"/{word}/1/") for word in words}
    lost = {
        word
        for word, menu in menus.items()
        if not any(link.is_current for part in menu for link in part.links)
    }
    assert lost == set()


def test_names_of_the_menu_are_one_a_place() -> None:
    """So that a guide can name a place by its label, in both languages."""
    for language in ("en", "zh-hans"):
        with translation.override(language):
            labels = [str(place.label) for place in PLACES]
            labels += [str(part.label) for part in MENU if part.label]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(DOCS)))
def test_guides_name_places_as_the_menu_does(guide: Path) -> None:
    """What is said to stand in the menu, or in one's own menu, stands there by that name."""
    text = guide.read_text(encoding="utf-8")
    key, language = ("zh", "zh-hans") if guide.parent.name == "zh" else ("en", "en")
    places, in_the_menu = IN_THE_MENU[key]
    with translation.override(language):
        labels = {str(place.label) for place in places}
        own = {str(place.label) for place in OWN_PLACES}
    assert set(in_the_menu.findall(text)) <= labels
    assert set(IN_THE_OWN_MENU[key].findall(text)) <= own

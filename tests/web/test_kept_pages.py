"""What the proxy in front may show to one visitor as it was answered to another."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.architecture.test_house import sources
from tests.conftest import PageClients
from tests.given.world import World

SAME = {
    "api_group": ("orders",),
    "api_browser": (),
    "api_manual": (),
    "api_operation": ("orders", "get_order"),
    "front": (),
    "help": (),
    "help_guide": ("sell-data",),
    "help_terms": (),
    "legal": (),
    "market": (),
    "public_notice_list": (),
}
"""Pages by their names, with what fills their addresses."""
MARK = "X-Accel-Expires"


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Let there be somebody to be signed in."""


@pytest.mark.house
def test_what_is_marked_is_named_here() -> None:
    """No page that somebody opens by a secret, none with a form that is posted."""
    said = re.compile(r"^@same_for_visitors$|= same_for_visitors\(", re.M)
    assert sum(len(said.findall(path.read_text())) for path in sources("marketplace")) == len(SAME)


@pytest.mark.parametrize("name", sorted(SAME))
def test_two_visitors_see_the_same(name: str, page_of: PageClients) -> None:
    """Without a cookie, with whatever language they like; whoever is signed in sees their own."""
    address, somebody = reverse(name, args=SAME[name]), page_of("officer")
    for language in dict(settings.LANGUAGES):
        first, second = (
            Client().get(address, headers={"accept-language": language}) for _each in range(2)
        )
        assert first.content == second.content
        assert first[MARK] == "1"
        assert not first.cookies
        assert b'name="csrfmiddlewaretoken"' not in first.content
        varies = {word.strip() for word in first["Vary"].split(",")}
        assert varies >= {"Accept-Language", "Cookie", "HX-Request"}
    own = somebody.get(address)
    assert not own.has_header(MARK)
    assert "no-store" in own["Cache-Control"]


def test_a_mistaken_search_is_marked_no_less() -> None:
    """Its answer is the same for all who make it; one that there is not, is not kept."""
    assert Client().get("/market/?price_from=1E999999").has_header(MARK)
    assert not Client().get("/market/nothing/").has_header(MARK)


def test_a_visitor_chooses_a_language_without_a_token() -> None:
    """But on a page of ours."""
    client = Client(enforce_csrf_checks=True)
    sent = {"language": "zh-hans", "next": "/help/"}
    refused = client.post("/language/setlang/", sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert not client.cookies
    answer = client.post("/language/setlang/", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer["Location"] == "/help/"
    assert '<html lang="zh-hans">' in client.get("/help/").content.decode()


def test_whoever_is_signed_in_chooses_it_with_the_token(page_of: PageClients) -> None:
    """Which stands in their own page: the language of their e-mails changes with it."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = page_of("officer").cookies
    sent = {"language": "zh-hans", "next": "/help/"}
    assert client.post("/language/setlang/", sent).status_code == 403
    page = client.get("/help/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = client.post("/language/setlang/", sent | {"csrfmiddlewaretoken": token})
    assert answer["Location"] == "/help/"

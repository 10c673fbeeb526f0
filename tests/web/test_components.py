"""The pieces that every page is made of."""

from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

import django_tables2 as tables
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.organization.states import OrganizationState
from marketplace.core.actor import NOBODY, Actor
from marketplace.core.clock import now
from marketplace.web.navigation import (
    EVERYONE,
    OWN_PLACES,
    PLACES,
    SIGNED_IN,
    Place,
    links_for,
)
from marketplace.web.tables import CentreTable, MoneyColumn, NumberColumn, StateColumn, arranged
from marketplace.web.templatetags.market import TONES, icon, state_badge
from tests.conftest import PageClients
from tests.given.world import World

HOSTILE = '"><script>alert(1)</script>&'
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE
)


def drawn(text: str, **context: object) -> str:
    """Render a template text."""
    return Template(text).render(Context(context))


def test_every_icon_of_the_navigation_can_be_drawn() -> None:
    for place in (*PLACES, *OWN_PLACES):
        assert 'aria-hidden="true"' in icon(place.icon)


BUYER = Actor(person_id=UUID(int=1), roles=frozenset({"buyer"}))
SOME_PLACES = (
    Place("Public", "store", "account_login", (EVERYONE,)),
    Place("Mine", "bell", "account_logout", (SIGNED_IN,)),
    Place("Buyers", "tags", "account_reset_password", ("buyer", "auditor")),
    Place("Officers", "tags", "account_change_password", ("officer",)),
    Place("Elsewhere", "store", "there_is_no_such_name", (EVERYONE,)),
)


@pytest.mark.parametrize(
    ("by", "expected"), [(NOBODY, ["Public"]), (BUYER, ["Public", "Mine", "Buyers"])]
)
def test_links_follow_the_roles(by: Actor, expected: list[str]) -> None:
    assert [link.label for link in links_for(by, "/", SOME_PLACES)] == expected


def test_one_link_is_current_even_under_another() -> None:
    outer = Place("Outer", "store", "mfa_index", (EVERYONE,))
    inner = Place("Inner", "store", "mfa_activate_totp", (EVERYONE,))
    links = links_for(NOBODY, reverse("mfa_activate_totp"), (outer, inner))
    assert [link.label for link in links if link.is_current] == ["Inner"]


@pytest.mark.parametrize(
    ("state", "tone"),
    [("published", "good"), ("in-review", "waiting"), ("failed", "bad"), ("draft", "neutral")],
)
def test_a_state_is_coloured_by_its_meaning(state: str, tone: str) -> None:
    assert state_badge(state, "As worded") == f'<span class="pill pill-{tone}">As worded</span>'


def test_a_state_brings_its_own_words() -> None:
    assert "Suspended" in state_badge(OrganizationState.SUSPENDED)
    assert "<script" not in state_badge("published", HOSTILE)


def test_a_state_has_one_tone() -> None:
    named = [state for states in TONES.values() for state in states]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% money amount %}", "1,234,567.50 CNY"),
        ("{% money nothing 'EUR' %}", "—"),
        ("{{ rows|grouped }} {{ nothing|grouped }}", "48,842 —"),
        ("{{ share|percent }}", "12.3 %"),
        ("{{ share|percent:2 }}", "12.35 %"),
        ("{{ nothing|percent }}", "—"),
        ("{{ amount|yes_no }} {{ nothing|yes_no }}", "Yes —"),
    ],
)
def test_figures_are_written_alike_everywhere(text: str, expected: str) -> None:
    context = {"amount": Decimal("1234567.5"), "share": 0.12346, "rows": 48842, "nothing": None}
    assert drawn(text, **context) == expected


class _Table(CentreTable):
    caption = "Orders"
    title = tables.Column()
    price = MoneyColumn()
    rows = NumberColumn()
    state = StateColumn()


def _orders(count: int) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            title=f"{HOSTILE} {number:02}",
            price=Decimal(1000 + number),
            currency="CNY",
            rows=48842,
            state="placed",
            get_state_display=lambda: "Waiting for the seller",
        )
        for number in range(count)
    ]


def test_a_table_sorts_and_pages_by_the_address() -> None:
    request = RequestFactory().get("/orders/", {"sort": "-price", "page": "99", "q": "a&b"})
    page = arranged(request, _Table(_orders(30)), rows=10).as_html(request)
    assert 'aria-sort="descending"' in page
    assert "1,009.00 CNY" in page
    assert "1,010.00 CNY" not in page
    assert "48,842" in page
    assert '<span class="pill pill-waiting">Waiting for the seller</span>' in page
    assert "3 of 3" in page
    assert 'href="?sort=-price&amp;page=2&amp;q=a%26b"' in page
    assert 'tabindex="0" aria-label="Orders"' in page
    assert "<script" not in page


def test_an_empty_table_says_so() -> None:
    request = RequestFactory().get("/orders/")
    assert "There is nothing here yet." in arranged(request, _Table([])).as_html(request)


class _Form(forms.Form):
    title = forms.CharField(help_text="As on the certificate.")
    file = forms.FileField()


def test_a_form_names_what_is_wrong_and_where() -> None:
    page = render_to_string("partials/form.html", {"form": _Form({}), "csrf_token": "secret"})
    assert 'enctype="multipart/form-data"' in page
    assert 'value="secret"' in page
    assert '<a href="#div_id_title">Title</a>: This field is required.' in page
    assert 'id="div_id_title"' in page
    described = set(re.findall(r'aria-describedby="([^"]+)"', page))
    for identifier in " ".join(described).split():
        assert f'id="{identifier}"' in page


def test_a_form_that_was_not_sent_blames_nobody() -> None:
    page = render_to_string("partials/form.html", {"form": _Form(), "cancel": "/orders/"})
    assert "note-bad" not in page
    assert 'href="/orders/"' in page


def test_an_act_that_asks_first_is_sent_from_its_sheet() -> None:
    button = {"url": "/orders/1/cancel/", "label": "Cancel", "csrf_token": "secret"}
    plain = render_to_string("partials/act_button.html", button)
    assert "<details" not in plain
    asking = render_to_string("partials/act_button.html", {**button, "reason": "Why"})
    for page in (plain, asking):
        assert "<form" in page
        assert 'method="post" action="/orders/1/cancel/"' in page
        assert 'value="secret"' in page
    assert 'name="reason"' in asking
    assert asking.index("<details") < asking.index("<form")


@pytest.mark.parametrize("is_final", [True, False])
def test_progress_asks_until_it_is_final(is_final: bool) -> None:
    parameters = {"id": "run-1", "value": 420, "label": "Masking", "url": "/runs/1/state/"}
    piece = render_to_string("partials/progress.html", {**parameters, "is_final": is_final})
    assert ('hx-get="/runs/1/state/"' in piece) is not is_final
    assert 'value="420" max="1000"' in piece
    assert not INLINE.search(piece)


def test_a_timeline_tells_what_is_sealed() -> None:
    def row(leaf: int | None, person: str) -> SimpleNamespace:
        entry = SimpleNamespace(reference=UUID(int=7), happened_at=now())
        return SimpleNamespace(
            entry=entry, label="Listed", person=person, organization="Bureau", leaf_index=leaf
        )

    piece = render_to_string("partials/timeline.html", {"timeline": [row(4, "Li"), row(None, "")]})
    assert piece.count('class="unsealed"') == 1
    assert "leaf 4" in piece
    assert "not sealed yet" in piece
    assert "Bureau · Li" in piece
    assert reverse("ledger_entry", args=[UUID(int=7)]) in piece


def test_the_path_names_the_step_one_is_in() -> None:
    steps = [
        {"label": "Register", "state": "done", "url": "/a/"},
        {"label": "Mask", "state": "current", "url": "/b/"},
        {"label": "List", "state": "todo"},
    ]
    piece = render_to_string("partials/steps.html", {"steps": steps})
    assert piece.count('aria-current="step"') == 1
    assert piece.count("(done)") == 1
    assert piece.count("<a ") == 2


def test_a_page_of_a_list_leads_to_its_neighbours() -> None:
    request = RequestFactory().get("/", {"q": "x"})
    page = Paginator(range(50), 10).page(2)
    piece = render_to_string("partials/pagination.html", {"page": page}, request)
    assert 'href="?q=x&amp;page=1"' in piece
    assert 'href="?q=x&amp;page=3"' in piece
    assert "2 of 5" in piece


PAGES = ["/account/login/", "/account/password/reset/", "/account/signup/", "/nowhere/"]
OWN_PAGES = ["/account/password/change/", "/account/2fa/", "/account/logout/"]


@pytest.mark.parametrize(
    ("person", "path"), [("", p) for p in PAGES] + [("officer", p) for p in OWN_PAGES]
)
def test_a_page_stands_under_the_policy(page_of: PageClients, person: str, path: str) -> None:
    answer = page_of(person).get(path)
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in answer["Content-Security-Policy"].split(";")
    )
    assert (policy["default-src"], policy["base-uri"]) == ("'none'", "'none'")
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    page = answer.content.decode()
    assert not INLINE.search(page)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#content"' in page
    assert "https://" not in page
    assert ("Sign out" in page) is (person != "")


@pytest.mark.parametrize(("language", "other"), [("en", "zh-hans"), ("zh-hans", "en")])
def test_the_language_can_be_switched_without_a_script(
    db: None, client: Client, language: str, other: str
) -> None:
    page = client.get("/account/login/", headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}">' in page
    assert f'value="{other}" lang="{other}"' in page
    answer = client.post("/language/setlang/", {"language": other, "next": "/account/login/"})
    assert answer.status_code == 302
    assert f'<html lang="{other}">' in client.get("/account/login/").content.decode()


def test_a_fault_is_told_without_the_database(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().get("/desk/")
    with django_assert_num_queries(0):
        answer = server_error(request)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "The centre made a mistake" in page
    assert not INLINE.search(page)


def test_a_form_that_has_expired_is_told_in_words(page_of: PageClients, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "a@example.org", "password": "b"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()

"""What a page offers is not refused: its links are followed and its forms sent, as everybody."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.conftest import PageClients
from tests.given.access import Access, by_state
from tests.given.catalog import draft_dataset
from tests.given.gathered import ROWS
from tests.given.offered import Form, Offered
from tests.given.world import PEOPLE, World
from tests.journeys.test_access import EVERY

PAGES = [row for row in ROWS if row.is_page]
REFUSED = {403, 404, 405, 409}
LEFT_OUT = ("account_logout", "set_language")
MADE_UP = {
    # What is asked for by a reference or a link that somebody was sent, and this one was not.
    *("person_request_answer", "address_prove"),
}
"""Pages whose form is answered by what is typed, not by who may."""
BY_WHAT_IS_TYPED = (
    "The account does not hold this amount.",
    "Another one waits for a second administrator.",
)
"""Sentences of refusals that another value of the form would not meet."""
READERS = 3


class Undone(Exception):
    """Ends what was tried, so that nothing of it stays."""


def refusal(client: Any, address: str, form: Form | None = None) -> str:
    """Return how a link, or a form that is sent, is refused; nothing of it stays."""
    said = ""
    try:
        with transaction.atomic():
            answer = client.get(address) if form is None else client.post(address, form.data)
            if answer.status_code in REFUSED or answer.status_code >= 500:
                body = answer.content.decode()
                words = re.sub("<[^>]*>", " ", body[body.find("<main") :]).split()
                said = f"{answer.status_code} {' '.join(words)[:300]}"
            raise Undone
    except Undone:
        return "" if any(sentence in said for sentence in BY_WHAT_IS_TYPED) else said


def refused_on(client: Any, address: str, asked: set[str], *, sends: bool) -> list[str]:
    """Return what a page offers and is refused, besides what was asked before."""
    answer = client.get(address)
    if answer.status_code != 200:
        return []
    page = Offered(address)
    page.feed(answer.content.decode())
    tries: dict[str, Form | None] = {f"link {link}": None for link in page.links}
    if sends:
        tries |= {
            f"form {form.address} {sorted(form.data.items())}": form
            for form in page.forms
            if not form.takes_file
        }
    left_out = {reverse(name) for name in LEFT_OUT}
    wrong = []
    for key, form in tries.items():
        to = form.address if form else key.removeprefix("link ")
        if key in asked or to in left_out:
            continue
        asked.add(key)
        if said := refusal(client, to, form):
            wrong.append(f"{key.split(' [')[0]}: {said}")
    return wrong


@EVERY
@pytest.mark.drawn(6)
@pytest.mark.parametrize("rows", by_state(PAGES, at_once=24))
def test_what_a_page_offers_is_accepted(
    rows: list[Access], every: bool, world: World, page_of: PageClients, chance: Random
) -> None:
    arguments = rows[0].given(world) if rows[0].given else {}
    wrong: list[str] = []
    for person in PEOPLE if every else chance.sample(list(PEOPLE), READERS):
        asked: set[str] = set()
        for row in rows:
            address = reverse(row.route, kwargs=arguments)
            found = refused_on(page_of(person), address, asked, sends=row.route not in MADE_UP)
            wrong += [f"{person} on {row.route}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


def test_what_is_refused_is_found(world: World, page_of: PageClients) -> None:
    """A link that refuses whoever follows it, and a form that nobody may send."""
    client = page_of("buyer")
    assert refusal(client, reverse("calculator")).startswith("403 ")
    proposed = Form(reverse("setting_propose"), {"kind": ["fee_rate"], "reason": ["Why."]})
    assert refusal(client, proposed.address, proposed).startswith("403 ")
    page = Offered("/desk/")
    page.feed('<a href="/market/">M</a><form method="post"><textarea name="reason"></textarea>')
    page.feed('<input type="hidden" name="offer" value="7"></form><a href="https://x.org/">X</a>')
    assert page.links == ["/market/"]
    assert [(form.address, form.data) for form in page.forms] == [
        ("/desk/", {"reason": ["For a reason."], "offer": ["7"]})
    ]


def test_who_only_looks_is_led_to_no_form(world: World, page_of: PageClients) -> None:
    """What a dataset needs leads its officers to where it is done, and a reviewer nowhere."""
    dataset = draft_dataset(world, asset_kind="public_service")
    address = reverse("dataset_path", args=[dataset.pk])
    forms = {reverse(f"{kind}_draft", args=[dataset.pk]) for kind in ("claim", "ceiling")}
    for person in ("officer", "reviewer"):
        page = Offered(address)
        page.feed(page_of(person).get(address).content.decode())
        assert forms & set(page.links) == (forms if person == "officer" else set())
        assert refused_on(page_of(person), address, set(), sends=True) == []

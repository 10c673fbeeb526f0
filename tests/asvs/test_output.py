"""What somebody typed stays a text: in a page, a header, an address, an e-mail."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace.catalog.dataset.models import Dataset
from marketplace.core.bounds import read_json
from marketplace.web.mail import send_plain
from tests.conftest import ApiClients, PageClients
from tests.given.catalog import draft_dataset
from tests.given.world import PASSWORD, World

TYPED = """<b id="1">x</b> & 'co' {{ 7|add:7 }} &lt;i&gt; %3C"""
ESCAPED = (
    "&lt;b id=&quot;1&quot;&gt;x&lt;/b&gt; &amp; &#x27;co&#x27; {{ 7|add:7 }} &amp;lt;i&amp;gt; %3C"
)


def described(world: World) -> Dataset:
    """Return a dataset with such an abstract."""
    return draft_dataset(world, abstract=TYPED)


def test_what_was_typed_is_kept_and_escaped_where_it_is_shown(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Each by its own rules: a page escapes, JSON quotes, and the database has it as it was."""
    dataset = described(world)
    dataset.refresh_from_db()
    assert dataset.abstract == TYPED
    page = page_of("officer").get(reverse("dataset_detail", args=[dataset.pk])).content.decode()
    assert ESCAPED in page
    assert "<b id=" not in page
    answer = api_of("officer").get(reverse("api_get_dataset", args=[dataset.pk]))
    assert answer.json()["abstract"] == TYPED
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_encoded_twice_is_decoded_once(world: World, page_of: PageClients) -> None:
    """In an address and in JSON; nothing is guessed out of a text."""
    page = page_of("officer").get(reverse("dataset_list") + "?q=%253Cb%253E%2526lt%253B")
    assert 'value="%3Cb%3E%26lt%3B"' in page.content.decode()
    assert read_json(r'{"a": "\\u0041&lt;%41"}') == {"a": r"\u0041&lt;%41"}


@pytest.mark.parametrize(
    ("came", "leads"),
    [
        ("http://testserver/market/", True),
        ("https://elsewhere.example.org/", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//elsewhere.example.org/", False),
        ("", False),
    ],
)
def test_back_leads_to_our_own_pages(db: None, came: str, leads: bool) -> None:
    """A link is made of no address that came from elsewhere, and of no other scheme."""
    page = Client().get("/nowhere-at-all/", headers={"Referer": came}).content.decode()
    assert ("> Back<" in page or ">Back<" in page or "Back</a>" in page) == leads
    assert "elsewhere.example.org" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example.org/", "//elsewhere.example.org", "javascript:x"]
)
def test_signing_in_leads_to_our_own_pages(world: World, to: str) -> None:
    """Whatever the link said."""
    sent = {"login": "officer@example.org", "password": PASSWORD, "next": to}
    answer = Client().post("/account/login/", sent)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


def test_a_title_makes_one_header(db: None) -> None:
    """No line of it is a further receiver."""
    send_plain("Paid\r\nBcc: stranger@example.org\n\nX", ["Text"], to="officer@example.org")
    [message] = mail.outbox
    written = message.message()
    assert written["Subject"].endswith("Paid Bcc: stranger@example.org X")
    assert written["Bcc"] is None
    assert message.recipients() == ["officer@example.org"]

"""Everybody chooses what is e-mailed to them; what the law or a term wants is always e-mailed."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.urls import reverse

from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.ledger.models import Entry
from marketplace.notices.choices import choices_of
from marketplace.notices.kinds import KINDS, Email, register
from marketplace.notices.models import EmailChoice
from marketplace.notices.readers import Reader
from marketplace.notices.services import choose_emails, email_notice
from tests.conftest import ApiClients, PageClients
from tests.given.notices import told
from tests.given.world import World

CHOOSING = reverse("notice_choices")


ALWAYS_EMAILED = {code for code, kind in KINDS.items() if kind.email is Email.ALWAYS}


def test_kinds_are_of_one_name_each() -> None:
    """A code that is there already is refused."""
    with pytest.raises(ValueError, match="run_done"):
        register([KINDS["run_done"]])


def test_defaults(world: World) -> None:
    """Whoever chose nothing is e-mailed what waits for an act, and not that a run is finished."""
    choices = choices_of(world.person("officer").pk)
    assert choices["order_placed"].is_emailed
    assert not choices["run_done"].is_emailed
    for kind in ALWAYS_EMAILED:
        assert choices[kind].is_emailed
        assert choices[kind].is_fixed


def test_what_is_not_wanted_is_not_sent(world: World) -> None:
    """Nor when that was chosen after the notice was written. In the site it stands."""
    notice = told(world, "officer")
    other = told(world, "colleague")
    choose_emails(wanted={"case_approved": False}, by=world.actor("officer"))
    assert not email_notice(notice.pk)
    assert email_notice(other.pk)
    assert [message.to for message in mail.outbox] == [["colleague@example.org"]]
    notice.refresh_from_db()
    assert notice.emailed_at is None
    choose_emails(wanted={"case_approved": True}, by=world.actor("officer"))
    assert email_notice(told(world, "officer").pk)


def test_an_email_holds_no_secret(world: World, settings: LazySettings) -> None:
    """It says what happened and leads to pages behind the sign-in, also to where one chooses."""
    settings.SECURE_SSL_REDIRECT, settings.CENTRE_DOMAIN = True, "centre.example.org"
    assert email_notice(told(world, "officer").pk)
    [message] = mail.outbox
    addresses = re.findall(r"https?://\S+", str(message.body))
    assert addresses == [
        f"https://centre.example.org{reverse('organization_list')}",
        f"https://centre.example.org{CHOOSING}",
    ]
    assert "?" not in "".join(addresses)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"dispute_decided": False}, "always-emailed"),
        ({"run_done": True, "no_such_thing": True}, "notice-kind-unknown"),
        ({"x" * 5000: True}, "notice-kind-unknown"),
    ],
)
def test_what_cannot_be_chosen(wanted: dict[str, bool], code: str, world: World) -> None:
    """The sentence names it, and nothing is chosen."""
    with pytest.raises(Invalid) as refused:
        choose_emails(wanted=wanted, by=world.actor("officer"))
    assert refused.value.code == code
    assert len(refused.value.sentence) < 200
    assert not EmailChoice.objects.exists()
    assert not Entry.objects.filter(kind="notices.emails_chosen").exists()


def test_nobody_chooses_for_another(world: World) -> None:
    """A visitor has no notices; what one chooses is one's own."""
    with pytest.raises(NotAllowed):
        choose_emails(wanted={"run_done": True}, by=NOBODY)
    choose_emails(wanted={"run_done": True}, by=world.actor("officer"))
    assert not choices_of(world.person("colleague").pk)["run_done"].is_emailed


def test_the_same_choice_again_changes_nothing(world: World) -> None:
    """The entry names the kinds that changed and nothing else."""
    for _time in range(2):
        choose_emails(
            wanted={"run_done": True, "order_placed": False, "order_accepted": True},
            by=world.actor("officer"),
        )
    entry = Entry.objects.get(kind="notices.emails_chosen")
    assert entry.payload == {"wanted": ["run_done"], "unwanted": ["order_placed"]}


def test_page(world: World, page_of: PageClients) -> None:
    """What is always e-mailed has no box to untick, and stays when no box is ticked."""
    client = page_of("colleague")
    page = client.get(CHOOSING).content.decode()
    boxes = re.findall(r'name="shown" value="(\w+)"', page)
    shown = {code for code, kind in KINDS.items() if Reader.OFFICER in kind.readers}
    assert set(boxes) == shown - ALWAYS_EMAILED
    assert "cannot be turned off" in page
    assert client.post(CHOOSING).headers["Location"] == CHOOSING
    assert not EmailChoice.objects.exists()
    assert client.post(CHOOSING, {"shown": boxes}).headers["Location"] == CHOOSING
    choices = choices_of(world.person("colleague").pk)
    emailed = {kind for kind, choice in choices.items() if choice.is_emailed}
    assert emailed & shown == ALWAYS_EMAILED & shown
    for sent in ({"email": ["no_such_thing"]}, {"shown": ["dispute_decided"]}):
        assert client.post(CHOOSING, sent).status_code == 422


@pytest.mark.parametrize(
    ("person", "has", "has_not"),
    [
        ("buyer", {"data_ready", "charge_opened"}, {"order_placed", "remark_waits"}),
        ("officer", {"order_placed", "run_failed"}, {"data_ready", "payment_awaited"}),
        ("reviewer", {"case_opened", "remark_waits"}, {"order_placed", "charge_opened"}),
        ("treasurer", {"payment_awaited"}, {"case_opened", "charge_opened"}),
        ("finance", {"charge_opened", "money_paid_out"}, {"payment_awaited", "order_placed"}),
        ("administrator", {"organization_applied"}, {"case_opened", "dispute_opened"}),
        ("auditor", {"organization_suspended"}, {"organization_applied", "dispute_opened"}),
    ],
)
def test_everybody_sees_what_they_can_get(
    person: str, has: set[str], has_not: set[str], world: World, page_of: PageClients
) -> None:
    """Each by their roles; an empty group is left out."""
    page = page_of(person).get(CHOOSING).content.decode()
    shown = set(re.findall(r'id="email-(\w+)"', page))
    assert has <= shown
    assert not has_not & shown
    groups = re.findall(r"<h2>(.*?)</h2>", page)
    assert ("Disputes" in groups) == ("dispute_opened" in shown)
    assert "Organizations" in groups


def test_what_was_chosen_stays_on_the_page(world: World, page_of: PageClients) -> None:
    """Though nothing the person does now brings such a notice."""
    choose_emails(wanted={"order_placed": False}, by=world.actor("buyer"))
    page = page_of("buyer").get(CHOOSING).content.decode()
    assert 'id="email-order_placed"' in page
    assert 'id="email-order_delivered"' not in page


def test_every_kind_has_readers() -> None:
    """Each kind reaches somebody."""
    assert all(kind.readers for kind in KINDS.values())


def test_api(world: World, api_of: ApiClients) -> None:
    """A choice by code; a refusal tells which."""
    client = api_of("officer")
    address = reverse("api_choose_emails")
    given = client.post(address, {"wanted": {"run_done": True}}, format="json").json()
    chosen = {choice["kind"]: choice for choice in given["choices"]}
    assert chosen["run_done"] == {
        "kind": "run_done",
        "title": "Run finished",
        "is_emailed": True,
        "is_fixed": False,
    }
    assert client.get(reverse("api_get_email_choices")).json() == given
    refused = client.post(address, {"wanted": {"charge_opened": False}}, format="json")
    assert refused.status_code == 422
    assert refused.json()["code"] == "always-emailed"
    for body in ({"wanted": "all"}, {"wanted": {"run_done": "perhaps"}}, {}):
        assert client.post(address, body, format="json").status_code in (400, 422)


def test_page_asks_little(page_of: PageClients, django_assert_max_num_queries: object) -> None:
    """One query for all choices."""
    client = page_of("officer")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(CHOOSING)

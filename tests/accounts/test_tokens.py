"""What a key to the API may do, who makes one, what ends it, and who is told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace.accounts.actors import actor_of
from marketplace.accounts.member.services import deactivate_person, reactivate_person, set_roles
from marketplace.accounts.models import Token
from marketplace.accounts.token.networks import network_of
from marketplace.accounts.token.services import (
    create_token,
    revoke_token,
    set_token_policy,
    use_token,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.scopes import EVERY
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from tests.conftest import PageClients
from tests.given.client import Program, new_key
from tests.given.codes import code_of, with_app
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World

NEW = "another-made-up-phrase"


def program(secret: str) -> Program:
    """Return a program that holds a token."""
    return Program(headers={"Authorization": f"Bearer {secret}"})


def token_of(world: World, person: str, *scopes: str, days: int = 30) -> str:
    """Make a token of a person, with every scope unless said."""
    wanted = frozenset(scopes) or EVERY
    by = world.actor(person)
    return create_token(name="export", days=days, scopes=wanted, by=by).secret


def used(secret: str) -> Actor:
    """Return who acts by a token."""
    found = use_token(secret, address="192.0.2.77")
    assert found is not None
    return found.by


def opens(secret: str) -> int:
    """Return the status of a question that every reader may ask."""
    return program(secret).get(reverse("api_list_datasets")).status_code


def test_a_token_does_no_more_than_its_scopes(world: World) -> None:
    """One to read neither trades nor makes itself another; nothing is kept of the tries."""
    reading = program(token_of(world, "officer", "read"))
    before = Entry.objects.count()
    assert reading.get(reverse("api_list_datasets")).status_code == 200
    for route in ("api_register_dataset", "api_create_token"):
        answer = reading.post(reverse(route), {})
        assert (answer.status_code, answer.json()["code"]) == (403, "token-scope-missing")
    assert Entry.objects.count() == before
    assert Token.objects.count() == 1


def test_a_session_has_every_scope(world: World, page_of: PageClients) -> None:
    """Scopes narrow tokens alone."""
    assert actor_of(world.person("officer"), door=Door.API).scopes is None


@pytest.mark.parametrize("scopes", [[], ["everything"], ["read", "own"]])
def test_scopes_are_chosen_from_those_that_there_are(world: World, scopes: list[str]) -> None:
    """At the act and at the API."""
    by = world.actor("officer")
    with pytest.raises(Invalid) as refused:
        create_token(name="export", days=1, scopes=frozenset(scopes), by=by)
    assert "scopes" in refused.value.fields
    answer = program(token_of(world, "officer")).post(
        reverse("api_create_token"), {"name": "x", "days": 1, "scopes": scopes}
    )
    assert answer.status_code == 422
    assert Token.objects.count() == 1


def test_a_token_mints_none_that_is_more_than_itself(world: World) -> None:
    """Neither by scope nor by life, nor by one that it made."""
    secret = token_of(world, "officer", "administer", "read", days=5)
    maker = program(secret)
    address = reverse("api_create_token")
    more = maker.post(address, {"name": "x", "days": 1, "scopes": ["read", "trade"]})
    assert more.status_code == 422
    assert "scopes" in more.json()["errors"]
    longer = maker.post(address, {"name": "x", "days": 300, "scopes": ["administer"]})
    assert longer.status_code == 201
    child = Token.objects.get(pk=longer.json()["id"])
    assert child.made_by is not None
    assert child.expires_at == child.made_by.expires_at
    grandchild = program(longer.json()["secret"]).post(
        address, {"name": "x", "days": 300, "scopes": ["read"]}
    )
    assert grandchild.status_code == 422, "A scope that was left out does not come back."


def test_what_a_token_made_ends_with_it(world: World) -> None:
    """However far; another one of the person goes on."""
    first = token_of(world, "officer")
    address = reverse("api_create_token")
    data = {"name": "x", "days": 3, "scopes": sorted(EVERY)}
    second = program(first).post(address, data).json()["secret"]
    third = program(second).post(address, data).json()["secret"]
    apart = token_of(world, "officer")
    revoke_token(used(first).token_id, by=world.actor("officer"))  # type: ignore[arg-type]
    assert [opens(secret) for secret in (first, second, third, apart)] == [401, 401, 401, 200]
    reasons = set(Token.objects.values_list("revoked_because", flat=True))
    assert reasons == {"revoked", "maker", ""}


def test_an_ended_token_that_still_acts_makes_none(world: World) -> None:
    """Whoever was let in before it ended is asked again under the lock."""
    by = used(token_of(world, "officer"))
    revoke_token(by.token_id, by=world.actor("officer"))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed) as refused:
        create_token(name="late", days=1, scopes=frozenset({"read"}), by=by)
    assert refused.value.code == "token-ended"
    assert Token.objects.count() == 1


def test_the_organization_says_what_tokens_may_do(world: World) -> None:
    """At once for those that there are, and for new ones."""
    old = token_of(world, "colleague", days=200)
    officer, colleague = world.actor("officer"), world.actor("colleague")
    bureau = world.organization("officer")
    with pytest.raises(NotAllowed):
        set_token_policy(bureau.pk, scopes=EVERY, days=1, by=colleague)
    set_token_policy(bureau.pk, scopes=frozenset({"read"}), days=30, by=officer)
    assert used(old).scopes == frozenset({"read"})
    assert program(old).post(reverse("api_register_dataset"), {}).status_code == 403
    for scopes, days, field in ((EVERY, 30, "scopes"), (frozenset({"read"}), 31, "days")):
        with pytest.raises(Invalid) as refused:
            create_token(name="x", days=days, scopes=scopes, by=colleague)
        assert set(refused.value.fields) == {field}
    Token.objects.update(created_at=clock.now() - timedelta(days=31))
    assert opens(old) == 401
    set_token_policy(bureau.pk, scopes=frozenset(), days=365, by=officer)
    assert opens(old) == 403


@pytest.mark.parametrize(("scopes", "days"), [({"all"}, 30), ({"read"}, 0), ({"read"}, 366)])
def test_a_policy_has_bounds(world: World, scopes: set[str], days: int) -> None:
    """A scope that there is, and 1 to 365 days."""
    bureau = world.organization("officer")
    with pytest.raises(Invalid):
        set_token_policy(bureau.pk, scopes=frozenset(scopes), days=days, by=world.actor("officer"))
    bureau.refresh_from_db()
    assert (set(bureau.token_scopes), bureau.token_days) == (set(EVERY), 365)


def test_whoever_has_a_second_factor_gives_it_first(world: World) -> None:
    """A session of before it was set up makes no token, by page or API; one with it does."""
    before = Client()
    before.force_login(world.person("officer"), backend="django.contrib.auth.backends.ModelBackend")
    secret = with_app(world, "officer")
    form = {"name": "x", "days": 3, "scopes": ["read"]}
    assert before.post(reverse("account_tokens"), form).status_code == 403
    told = before.post(
        reverse("api_create_token"), form, content_type="application/json", headers=new_key()
    )
    assert told.json()["code"] == "second-factor-missing"
    assert not Token.objects.exists()
    client = Client()
    client.post("/account/login/", {"login": "officer@example.org", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.post(reverse("account_tokens"), form).status_code == 200
    assert Token.objects.get().with_second_factor


def reset(_world: World) -> None:
    """Set a new password by the link in an e-mail."""
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    [link] = re.findall(
        r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})


def change(world: World) -> None:
    """Set a new password by the old one."""
    client = Client()
    client.post("/account/login/", {"login": "officer@example.org", "password": PASSWORD})
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), sent).status_code == 302
    assert client.get("/desk/").status_code == 200, "Who changed it goes on."


def other_roles(world: World) -> None:
    """Give the person other roles."""
    roles = frozenset({"officer", "finance"})
    set_roles(world.person("colleague").pk, roles=roles, by=world.actor("officer"))


def leave(world: World) -> None:
    """Deactivate the person, and take them back."""
    owner, colleague = world.actor("officer"), world.person("colleague")
    deactivate_person(colleague.pk, by=owner)
    reactivate_person(colleague.pk, by=owner)


@pytest.mark.parametrize(
    ("end", "whose", "because"),
    [
        (reset, "officer", "password"),
        (change, "officer", "password"),
        (other_roles, "colleague", "roles"),
        (leave, "colleague", "deactivated"),
    ],
)
def test_what_a_token_rests_on_ends_it(end: Any, whose: str, because: str, world: World) -> None:
    """A new password, other roles, leaving; the person is told, and nobody else's ends."""
    other = "officer" if whose == "colleague" else "colleague"
    secret, others = token_of(world, whose), token_of(world, other)
    end(world)
    assert (opens(secret), opens(others)) == (401, 200)
    person = world.person(whose)
    ended = Token.objects.get(person=person)
    assert ended.revoked_because == because
    entry = Entry.objects.get(kind="accounts.token_revoked")
    assert entry.payload == {"because": because}
    catch_up()
    assert Notice.objects.filter(person=person, kind="token_revoked").count() == 1
    if because == "password":
        assert person.check_password(NEW)
        assert Notice.objects.filter(person=person, kind="password_changed").count() == 1


def test_making_and_revoking_is_told(world: World) -> None:
    """To the person alone, by e-mail too."""
    secret = token_of(world, "officer")
    revoke_token(used(secret).token_id, by=world.actor("administrator"))  # type: ignore[arg-type]
    catch_up()
    told = Notice.objects.filter(kind__in=("token_created", "token_revoked"))
    assert {notice.person.email for notice in told} == {"officer@example.org"}
    assert set(told.values_list("kind", flat=True)) == {"token_created", "token_revoked"}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("unix", ""),
        ("", ""),
    ],
)
def test_of_an_address_its_network_is_kept(address: str, network: str) -> None:
    """Which names no household."""
    assert network_of(address) == network


def test_last_use_is_shown(world: World, page_of: PageClients) -> None:
    """The day and the network, of the last use alone."""
    secret = token_of(world, "officer")
    program(secret).get(reverse("api_list_datasets"), REMOTE_ADDR="198.51.100.23")
    token = Token.objects.get()
    assert (token.last_used_on, token.last_used_from) == (clock.today(), "198.51.100.0/24")
    page = page_of("officer").get(reverse("account_tokens")).content.decode()
    assert "198.51.100.0/24" in page
    assert "198.51.100.23" not in page
    program(secret).get(reverse("api_list_datasets"), REMOTE_ADDR="203.0.113.9")
    token.refresh_from_db()
    assert token.last_used_from == "203.0.113.0/24"


def test_the_policy_stands_on_the_page_of_the_organization(
    world: World, page_of: PageClients
) -> None:
    """Whoever manages its people sets it there; its people read it; others do not."""
    pk = world.organization("officer").pk
    address, sent = reverse("organization_token_policy", args=[pk]), {"scopes": "read", "days": 0}
    refused = page_of("officer").post(address, sent)
    assert refused.status_code == 422
    assert "Choose 1 to 365 days." in refused.content.decode()
    assert page_of("officer").post(address, {**sent, "days": 1}).status_code == 302
    page = page_of("colleague").get(reverse("organization_detail", args=[pk])).content.decode()
    assert "A token lives 1 day at most." in page
    assert page_of("colleague").post(address, {**sent, "days": 9}).status_code == 403
    stranger = page_of("stranger").get(reverse("organization_detail", args=[pk])).content.decode()
    assert "token-policy" not in stranger


def test_what_tokens_may_be_used_for_is_read_in_chinese(world: World, page_of: PageClients) -> None:
    """Also where the form is declared before anybody's language is known."""
    own = reverse("organization_detail", args=[world.organization("officer").pk])
    for address in (own, reverse("account_tokens")):
        page = page_of("officer").get(address, headers={"accept-language": "zh-hans"})
        assert "查看：查看其本人有权查看的内容" in page.content.decode(), address
        assert "look at what its person may see" not in page.content.decode(), address

"""Signing in: who is locked out, the second factor, and what the libraries may not do here."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from marketplace.accounts.member.services import deactivate_person
from marketplace.accounts.models import Person
from marketplace.accounts.organization.services import suspend_organization
from marketplace.accounts.token.services import create_token
from marketplace.core.scopes import EVERY
from tests.conftest import PageClients
from tests.given.codes import code_of, with_app
from tests.given.two import changed, with_roles
from tests.given.world import PASSWORD, World

LOGIN = "/account/login/"
LIMIT = 8


def try_to_sign_in(email: str, password: str) -> int:
    """Return the status of a new visitor's try; 302 is success."""
    # allauth counts tries too, by minutes; what is tested here is the lock that stays.
    cache.clear()
    answer = Client().post(LOGIN, {"login": email, "password": password})
    return answer.status_code


def text_sent() -> str:
    """Return subject and text of the one e-mail that was sent."""
    [message] = mail.outbox
    return f"{message.subject}\n{message.body}"


def test_too_many_wrong_passwords_lock_one_address(world: World) -> None:
    """Its right password does not open it for a while; nobody else's sign-in is touched."""
    tries = [try_to_sign_in("officer@example.org", f"wrong-{one}") for one in range(LIMIT)]
    assert tries[-1] == 429
    assert set(tries[:-1]) == {200}
    assert try_to_sign_in("OFFICER@example.org", PASSWORD) == 429
    assert try_to_sign_in("buyer@example.org", PASSWORD) == 302


def test_a_locked_address_is_told_what_to_do(world: World) -> None:
    """In a page of ours."""
    for one in range(LIMIT):
        try_to_sign_in("officer@example.org", f"wrong-{one}")
    cache.clear()
    answer = Client().post(LOGIN, {"login": "officer@example.org", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait fifteen minutes" in answer.content.decode()
    assert reverse("account_reset_password") in answer.content.decode()


def test_no_page_changes_the_sign_in_address(page_of: PageClients, world: World) -> None:
    """It would leave no entry, and could name somebody else's."""
    client = page_of("officer")
    with pytest.raises(NoReverseMatch):
        reverse("account_email")
    for address in ("/account/email/", "/account/confirm-email/"):
        sent = {"action_add": "", "email": "other@example.org"}
        assert client.post(address, sent).status_code == 404
    assert EmailAddress.objects.count() == 0


def test_nobody_signs_up_alone(world: World) -> None:
    """The page says so, and makes nobody."""
    before = Person.objects.count()
    sent = {"email": "alone@example.org", "password1": PASSWORD, "password2": PASSWORD}
    Client().post(reverse("account_signup"), sent)
    assert Person.objects.count() == before


def test_the_admins_entrance_is_the_centres_own(world: World) -> None:
    """So that a password alone opens it to nobody who has a second factor."""
    answer = Client().get("/admin/")
    assert answer.status_code == 302
    answer = Client().post(
        "/admin/login/?next=/admin/",
        {"username": "administrator@example.org", "password": PASSWORD},
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert "sessionid" not in answer.cookies


def test_a_second_factor_is_asked_for(world: World) -> None:
    """A right password is not enough where one is set; the code opens."""
    person = world.person("administrator")
    secret = with_app(world, "administrator")
    client = Client()
    answer = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    assert client.get("/desk/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200


def test_the_admin_follows_the_role(page_of: PageClients, world: World) -> None:
    """Whoever is given the role gets in, whoever loses it is out, at once."""
    with_roles(world, "reviewer", "reviewer", "administrator")
    assert page_of("reviewer").get("/admin/").status_code == 200
    assert page_of("reviewer").get("/admin/accounts/person/").status_code == 200
    changed(
        world,
        "administrator",
        "centre-roles",
        {"reviewer"},
        by="reviewer",
        second="second_administrator",
    )
    founder = page_of("administrator")
    assert founder.get("/admin/login/").status_code == 403
    for address in ("/admin/", "/admin/accounts/person/", "/admin/accounts/token/"):
        assert founder.get(address).status_code == 302


def test_the_admin_tells_the_rules(page_of: PageClients, world: World) -> None:
    """To administrators, in their language, and to nobody else."""
    answer = page_of("administrator").get("/admin/rules/")
    assert "CENTRE_SMALLEST_CLASS" in answer.content.decode()
    assert "/admin/rules/" in page_of("administrator").get("/admin/").content.decode()
    assert page_of("reviewer").get("/admin/rules/").status_code == 302


def test_whoever_is_deactivated_is_out_at_once(page_of: PageClients, world: World) -> None:
    """The open page, the token and the password open nothing any more."""
    client = page_of("colleague")
    token = create_token(name="export", days=1, scopes=EVERY, by=world.actor("colleague")).secret
    api = Client(headers={"Authorization": f"Bearer {token}"})
    assert client.get("/desk/").status_code == 200
    assert api.get("/api/v1/tokens/").status_code == 200
    deactivate_person(world.person("colleague").pk, by=world.actor("officer"))
    assert client.get("/desk/").status_code == 302
    assert api.get("/api/v1/tokens/").status_code == 401
    answer = Client().post(LOGIN, {"login": "colleague@example.org", "password": PASSWORD})
    assert answer["Location"] == reverse("account_inactive")


def test_a_suspended_organizations_people_only_look(page_of: PageClients, world: World) -> None:
    """They sign in, and hold no role."""
    suspend_organization(
        world.organization("buyer").pk, reason="Fees unpaid", by=world.actor("administrator")
    )
    assert try_to_sign_in("buyer@example.org", PASSWORD) == 302
    assert page_of("buyer").get("/desk/").status_code == 200


def test_a_forgotten_password_is_set_anew(world: World) -> None:
    """By a link that names the centre, works once, and leaves the old password worthless."""
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    assert mail.outbox[0].to == ["officer@example.org"]
    assert "Data Asset Trading Centre" in text_sent()
    found = re.search(r"http\S+(/account/password/reset/key/\S+)", text_sent())
    assert found
    form = client.get(found[1], follow=True)
    address = form.request["PATH_INFO"]
    new = "another-long-made-up-phrase"
    client.post(address, {"password1": new, "password2": new})
    assert try_to_sign_in("officer@example.org", PASSWORD) == 200
    assert try_to_sign_in("officer@example.org", new) == 302
    again = Client().get(found[1], follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_the_mail_is_in_the_readers_language(world: World) -> None:
    client = Client(headers={"Accept-Language": "zh-Hans"})
    client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    assert "数据资产交易中心" in text_sent()
    assert not re.search(r"[A-Za-z]{3,}", re.sub(r"http\S+|\S+@\S+", "", text_sent()))


def test_an_unknown_address_is_not_told_apart(world: World) -> None:
    """The same page, whoever is asked for."""
    known, unknown = (
        Client().post(reverse("account_reset_password"), {"email": f"{name}@example.org"})
        for name in ("officer", "nobody")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

"""What opens a session, how long it lasts, and what ends it."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from marketplace.accounts.member.services import deactivate_person, reactivate_person
from marketplace.accounts.models import SigningTries
from marketplace.accounts.session import middleware
from marketplace.accounts.session.services import note_lock_out
from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from tests.accounts.test_sign_in import LIMIT, try_to_sign_in
from tests.given.codes import code_of, move, with_app
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World

DESK, LOGIN = "/desk/", "/account/login/"
SIGNED_OUT = 302
GIVE = "/account/2fa/authenticate/"


def signed_in(name: str) -> Client:
    """Return a browser of somebody who has typed their password."""
    client = Client()
    sent = {"login": f"{name}@example.org", "password": PASSWORD}
    assert client.post(LOGIN, sent).status_code == 302
    return client


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let time pass for sessions."""
    now = time.time() + seconds
    monkeypatch.setattr(middleware, "time", lambda: now)


def test_a_session_that_nobody_uses_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an hour; each use begins it anew, and what has ended is gone from the database."""
    monkeypatch.setitem(settings.CENTRE, "SESSION_IDLE_MINUTES", 60)
    client = signed_in("officer")
    for minutes in (59, 117):
        later(monkeypatch, 60 * minutes)
        assert client.get(DESK).status_code == 200
    key = client.session.session_key
    later(monkeypatch, 60 * (117 + 61))
    assert client.get(DESK).status_code == SIGNED_OUT
    assert not Session.objects.filter(session_key=key).exists()


def test_no_session_lasts_longer_than_a_working_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much it is used."""
    client = signed_in("officer")
    for used in range(1, 10):
        later(monkeypatch, 50 * 60 * used)
        assert client.get(DESK).status_code == 200
    later(monkeypatch, settings.SESSION_COOKIE_AGE + 1)
    assert client.get(DESK).status_code == SIGNED_OUT


def test_signing_out_ends_the_session_where_it_is_kept(world: World) -> None:
    """Whoever kept the cookie opens nothing by it, nor does one that nobody made."""
    client = signed_in("officer")
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    for value in (kept, "x" * 32, ""):
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = value
        assert thief.get(DESK).status_code == SIGNED_OUT


def test_a_session_is_a_row_that_the_centre_can_take_away(world: World) -> None:
    """Nothing of it can be known from the cookie, which is another one each time."""
    client, other = signed_in("officer"), signed_in("officer")
    keys = [each.cookies[settings.SESSION_COOKIE_NAME].value for each in (client, other)]
    assert keys[0] != keys[1]
    assert min(map(len, keys)) >= 26, "128 bits in letters and digits"
    Session.objects.filter(session_key=keys[0]).delete()
    assert (client.get(DESK).status_code, other.get(DESK).status_code) == (SIGNED_OUT, 200)


def test_signing_in_gives_another_key(world: World) -> None:
    """One that somebody slipped into the browser before opens nothing."""
    client = Client()
    client.get(LOGIN)
    client.cookies[settings.SESSION_COOKIE_NAME] = "slipped" + "0" * 25
    client.post(LOGIN, {"login": "officer@example.org", "password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "slipped" + "0" * 25
    assert client.get(DESK).status_code == 200


def test_proving_anew_gives_another_key(world: World) -> None:
    """Whoever had read the one of before is out."""
    client = signed_in("officer")
    before = client.session.session_key
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(DESK).status_code == 200
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_other_factors_end_other_sessions(committed_database: None) -> None:
    """Set up, taken away: the session that did it goes on, the person is told."""
    client, other = signed_in("officer"), signed_in("officer")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    sent = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert sent.status_code == 302
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert (client.get(DESK).status_code, other.get(DESK).status_code) == (200, SIGNED_OUT)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert client.get(DESK).status_code == 200
    catch_up()
    told = Notice.objects.filter(kind="factors_changed")
    assert {notice.person.email for notice in told} == {"officer@example.org"}
    assert told.count() >= 2


def test_whoever_comes_back_signs_in_anew(world: World) -> None:
    """The sessions of before they were deactivated stay ended."""
    client = signed_in("colleague")
    deactivate_person(world.person("colleague").pk, by=world.actor("officer"))
    assert client.get(DESK).status_code == SIGNED_OUT
    again = Client()
    again.cookies = client.cookies
    reactivate_person(world.person("colleague").pk, by=world.actor("officer"))
    assert again.get(DESK).status_code == SIGNED_OUT


def test_a_code_opens_one_session(world: World) -> None:
    """In whichever process of the web server: none of them remembers what another was given."""
    code = code_of(with_app(world, "officer"))
    first, second = signed_in("officer"), signed_in("officer")
    first.post(GIVE, {"code": code})
    assert first.get(DESK).status_code == 200
    cache.clear()
    told = second.post(GIVE, {"code": code}).content.decode()
    assert "Incorrect code" in told
    assert second.get(DESK).status_code == SIGNED_OUT


def test_codes_are_not_guessed(world: World) -> None:
    """After so many tries the right one waits too; a right one ends the count."""
    secret = with_app(world, "officer")
    client = signed_in("officer")
    for _try in range(LIMIT):
        cache.clear()
        client.post(GIVE, {"code": "000000"})
    cache.clear()
    told = client.post(GIVE, {"code": code_of(secret)}).content.decode()
    assert "Too many wrong tries" in told
    ended = clock.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    SigningTries.objects.update(tried_at=ended)
    client.post(GIVE, {"code": code_of(secret)})
    assert client.get(DESK).status_code == 200
    assert SigningTries.objects.get().tries == 0


def test_a_code_of_another_time_opens_nothing(world: World) -> None:
    """By the centre's clock, whatever time the sender says it is."""
    secret = with_app(world, "officer")
    now = time.time()
    for away in (-60, 60):
        move(away)
        code = code_of(secret)
        move(-away)
        client = signed_in("officer")
        moment = {"time": str(int(now + away)), "timestamp": str(int(now + away))}
        client.post(GIVE, {"code": code, **moment}, headers={"Date": str(now + away)})
        assert client.get(DESK).status_code == SIGNED_OUT


def test_a_recovery_code_opens_one_session(world: World) -> None:
    """Ten of eight digits, each for once."""
    with_app(world, "officer")
    codes = RecoveryCodes.activate(world.person("officer")).get_unused_codes()
    assert {len(code) for code in codes} == {8}
    first, second = signed_in("officer"), signed_in("officer")
    first.post(GIVE, {"code": codes[0]})
    second.post(GIVE, {"code": codes[0]})
    assert (first.get(DESK).status_code, second.get(DESK).status_code) == (200, SIGNED_OUT)


def test_whoever_is_locked_out_is_told(world: World) -> None:
    """Once a day, by e-mail too; nobody is told of addresses that sign nobody in."""
    for address in ("officer@example.org", "nobody@example.org"):
        for one in range(LIMIT + 2):
            try_to_sign_in(address, f"wrong-{one}")
    assert Entry.objects.filter(kind="accounts.sign_in_locked").count() == 1
    catch_up()
    [notice] = Notice.objects.filter(kind="sign_in_locked")
    assert notice.person == world.person("officer")


def test_only_the_software_says_who_is_locked_out(world: World) -> None:
    """Else anybody could have mails sent."""
    with pytest.raises(NotAllowed):
        note_lock_out("officer@example.org", by=world.actor("buyer"))
    assert not Entry.objects.filter(kind="accounts.sign_in_locked").exists()

"""What strangers send is counted by address, for all processes together."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as in_force
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from marketplace.core import clock
from marketplace.settings._env import shared_cache
from marketplace.web.rates import home_of
from tests.conftest import ApiClients, PageClients
from tests.given.world import World

MOST = 3
SENT_BY_STRANGERS = (
    *("account_login", "verify", "check_file", "organization_apply", "account_reset_password"),
    *("api_apply_organization", "api_accept_invitation", "account_signup"),
    *("reidentification_report", "api_report_reidentification"),
    *("person_request_ask", "api_ask_as_person", "person_request_answer", "api_pick_up_answer"),
)
NOW = datetime.fromisoformat("2026-03-02T10:00:20+08:00")


@pytest.fixture(autouse=True)
def few(settings: Settings) -> None:
    """Let a stranger send little."""
    settings.CENTRE = {
        **in_force.CENTRE,
        "STRANGER_REQUESTS_PER_MINUTE": MOST,
        "STRANGER_APPLICATIONS_PER_HOUR": MOST,
        "REIDENTIFICATIONS_PER_HOUR": MOST,
        "PERSON_REQUESTS_PER_HOUR": MOST,
    }


def post(client: Client, route: str = "account_login", **headers: Any) -> Any:
    """Send an empty form to a route."""
    return client.post(reverse(route), **headers)


@pytest.mark.parametrize("route", SENT_BY_STRANGERS)
def test_a_stranger_sends_so_much_and_no_more(client: Client, db: None, route: str) -> None:
    """One too many is refused with a sentence and when to come back; then it goes on."""
    with clock.stopped_at(NOW):
        assert all(post(client, route).status_code != 429 for _each in range(MOST))
        refused = post(client, route)
        assert refused.status_code == 429
        assert "Try again in" in refused.content.decode()
        wait = int(refused["Retry-After"])
        # Whatever the stranger says of itself, it is the same.
        for header in ({"X-Forwarded-For": "203.0.113.9"}, {"Authorization": "Basic eDp4"}):
            assert post(client, route, headers=header).status_code == 429
        client.cookies["sessionid"] = "made-up"
        assert post(client, route).status_code == 429
        assert post(client, route, REMOTE_ADDR="203.0.113.9").status_code != 429
    with clock.stopped_at(NOW + timedelta(seconds=wait)):
        assert post(client, route).status_code != 429


def test_whoever_is_signed_in_is_not_counted(page_of: PageClients, api_of: ApiClients) -> None:
    """Nor a program with a token, nor reading."""
    officer, visitor = page_of("officer"), page_of("")
    with clock.stopped_at(NOW):
        for _each in range(MOST + 1):
            assert post(visitor).status_code != 500
        assert visitor.post(reverse("account_login")).status_code == 429
        assert visitor.get(reverse("account_login")).status_code == 200
        assert officer.post(reverse("verify")).status_code != 429
        token = {"Authorization": "Bearer dtc_unknown"}
        refused = api_of("").post(reverse("api_register_dataset"), {}, headers=token)
        assert refused.status_code == 401


def test_an_invitation_is_not_guessed(client: Client, db: None) -> None:
    """Trying secrets counts as all else."""
    with clock.stopped_at(NOW):
        tried = [
            client.post(reverse("invitation_accept", args=[f"invitation_{number}"])).status_code
            for number in range(MOST + 1)
        ]
    assert tried[-1] == 429
    assert 429 not in tried[:-1]


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_a_network_is_one_stranger(address: str, home: str) -> None:
    """Of IPv6 whoever has one address has 2⁶⁴."""
    assert home_of(address) == home


def test_the_processes_count_together(
    valkey: redis.Redis, settings: Settings, client: Client, world: World
) -> None:
    """By a real Valkey, which another process asks too; without it people can still sign in."""
    settings.CACHES = {**in_force.CACHES, "shared": shared_cache(in_force.BROKER_URL)}
    with clock.stopped_at(NOW):
        assert post(client).status_code != 429
        code = (
            "import django; django.setup()\n"
            "from django.core.cache.backends.redis import RedisCache\n"
            "from marketplace.settings._env import shared_cache\n"
            "import sys\n"
            "made = shared_cache(sys.argv[1])\n"
            "cache = RedisCache(made['LOCATION'], made)\n"
            "cache.incr(sys.argv[2], 2)\n"
        )
        window = int(NOW.timestamp()) // 60
        key = f"STRANGER_REQUESTS_PER_MINUTE:{window}:127.0.0.1"
        subprocess.run(
            [sys.executable, "-c", code, in_force.BROKER_URL, key],
            check=True,
            cwd=Path(__file__).parents[2],
        )
        assert post(client).status_code == 429
        settings.CACHES = {**in_force.CACHES, "shared": shared_cache("unix:///nowhere/valkey.sock")}
        assert post(client).status_code != 429


@pytest.mark.parametrize("person", ["", "buyer"])
def test_reports_without_a_sender_are_counted_for_everybody(
    world: World, page_of: PageClients, person: str
) -> None:
    """Nobody is recorded as the sender, so that whoever is signed in is counted by address too."""
    client = page_of(person)
    for _each in range(MOST):
        assert post(client, "reidentification_report").status_code != 429
    assert post(client, "reidentification_report").status_code == 429


BROKEN = b"[" * 4_700_000
"""Whatever parses it says that it is no JSON."""


def test_a_strangers_large_body_is_refused_before_it_is_read(client: Client, world: World) -> None:
    """JSON and forms alike; whoever is known sends as much as the API reads."""
    most = in_force.CENTRE["STRANGER_MAX_BYTES"]
    answer = client.post(reverse("api_apply_organization"), BROKEN, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"] == f"The body is too large. Send at most {most} bytes."
    form = client.post(
        reverse("organization_apply"),
        "name=" + "x" * most,
        content_type="application/x-www-form-urlencoded",
    )
    assert form.status_code == 400
    assert f"Send at most {most} bytes." in form.content.decode()
    client.force_login(world.person("officer"))
    known = client.post(reverse("api_apply_organization"), BROKEN, content_type="application/json")
    assert "nested too deep" in known.json()["detail"]

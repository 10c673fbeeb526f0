"""`manage.py demo` with real processes: killed in the middle, told again, served."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from itertools import dropwhile
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from marketplace.credentials.models import Credential
from marketplace.credentials.views import qr_code
from marketplace.demo.story.cast import EVERYBODY
from marketplace.embedded.address import keep_address
from tests.embedded.test_supervisor import NAMES, PATIENCE, assert_gone, descendants
from tests.given.docs import programs_of
from tests.given.story import invented
from tests.given.told import CONFIRMED, LINE, STEPS, Told, demo, lines_of, reading

ROOT = Path(__file__).resolve().parents[2]
BY_ITSELF = (
    *("The centre profiles", "The centre desensitizes", "The centre grants access"),
    "Who waits was told",
)
"""Steps of the worker and the loop, which may be over before anybody looks."""


def steps_of(lines: list[str]) -> dict[int, str]:
    """Return how each step that was told came about."""
    found = (LINE.match(line) for line in lines)
    return {int(match["number"]): match["how"] for match in found if match}


def found_later(lines: list[str]) -> list[str]:
    """Return the steps that were found done after the first one that had to be played."""
    matches = [match for line in lines if (match := LINE.match(line))]
    played = dropwhile(lambda match: match["how"] == "already there", matches)
    return [match["what"] for match in played if match["how"] == "already there"]


def shows_its_address(site: str) -> None:
    """Check that what the demo's papers name is to be found where the site is."""
    for credential in Credential.objects.all():
        status = credential.document["credentialStatus"]
        for each in status if isinstance(status, list) else [status]:
            assert each["statusListCredential"].startswith(f"{site}/")
            assert heard(each["statusListCredential"])
        address = f"{site}/credentials/{credential.pk}/"
        code = qr_code(address, title=f"Code that leads to {credential.number}")
        assert code.encode() in heard(address)
    origin = f"{site.partition('://')[2]}/log\n"
    assert heard(f"{site}/log/checkpoint").startswith(origin.encode())


def heard(address: str) -> bytes:
    """Ask for an address and answer what is there."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return bytes(answer.read())


def assert_sign_ins_are_told(var: Path, said: list[str]) -> None:
    """Everybody has one, in a file of the owner's alone; one a role is printed."""
    kept = var / "demo-sign-ins.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    passwords = json.loads(kept.read_text())
    assert set(passwords) == {part.email for part in EVERYBODY}
    # Steps of the story name addresses too, and their entries of the ledger.
    told = [
        line.split()[-2:] for line in said if "@example.org" in line and "; ledger " not in line
    ]
    assert len(told) == 7
    assert all(passwords[email] == password for email, password in told)


def assert_nothing_leaked(var: Path) -> None:
    """No plaintext is left, and no invented number stands in any file, logs among them."""
    assert not [path for path in (var / "work").iterdir() if path.is_dir()]
    numbers = invented().id_numbers | invented().bank_cards | invented().mobiles
    files = [path for path in var.rglob("*") if path.is_file()]
    assert any(path.suffix == ".log" for path in files)
    for path in files:
        content = path.read_bytes()
        leaked = [number for number in numbers if number.encode() in content]
        assert not leaked, path


def test_demo_goes_on_after_a_kill(told: Told) -> None:
    """Killed in the middle it goes on from there; at the end all is there, and nothing leaked."""
    said = told.said
    assert told.killed_with == -signal.SIGKILL
    assert told.code == 0, "\n".join(said)
    steps = steps_of(said)
    assert list(steps) == list(range(1, STEPS + 1)), "\n".join(said)
    found = [number for number, how in steps.items() if how == "already there"]
    later = found_later(said)
    assert all(step.startswith(BY_ITSELF) for step in later), later
    assert found[: len(found) - len(later)] == list(range(1, len(found) - len(later) + 1))
    # On a busy machine the kill comes some steps later; never before what was told, nor at the end.
    assert CONFIRMED <= len(found) < STEPS
    assert any("The ledger is whole" in line for line in said)
    assert_sign_ins_are_told(told.var, said)
    assert_nothing_leaked(told.var)


@pytest.mark.drawn(1, of="processes of the demo")
def test_demo_that_was_told_is_served(told: Told, django_db_blocker: Any, tmp_path: Path) -> None:
    """At the address that its papers name, and at no other; nothing is told anew or leaked."""
    assert told.code == 0, "\n".join(told.said)
    site, var = f"http://localhost:{told.port}", told.copy(tmp_path / "var").var
    with demo(var, "--no-serve", "--port", str(told.port - 1)) as other:
        [refused] = lines_of(other)
        assert other.wait() == 1
    assert f"was made for {site}" in refused

    with demo(var) as third:
        said = []
        for line in lines_of(third):
            said.append(line)
            if "is open at" in line:
                break
        assert set(steps_of(said).values()) == {"already there"}, "\n".join(said)
        assert f"is open at {site} " in said[-1]
        with django_db_blocker.unblock(), reading(var, told.port):
            shows_its_address(site)
        (check,) = programs_of("tutorial.md")
        checked = subprocess.run(
            [sys.executable, "-c", check, site],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert checked.returncode == 0, checked.stderr
        assert len(checked.stdout.splitlines()) == 2
        below = descendants(third.pid)
        assert len(below) >= len(NAMES)
        third.send_signal(signal.SIGINT)
        assert list(lines_of(third))[-1] == "The centre is closed."
        assert third.wait() == 0
        assert_gone(below, within=PATIENCE)

    assert_nothing_leaked(var)


def test_demo_refuses_a_port_in_use() -> None:
    """The sentence names another port, before anything is made."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(CommandError, match=f"--port {port + 1}"):
            call_command("demo", port=port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_demo_refuses_what_is_no_port(port: int) -> None:
    """The sentence says which ports there are."""
    with pytest.raises(CommandError, match="from 1 to 65535"):
        call_command("demo", port=port)


def test_demo_is_not_played_in_a_real_centre(settings: LazySettings) -> None:
    """Its people have printed passwords."""
    settings.MAY_PLAY_DEMO = False
    with pytest.raises(CommandError, match="not played in a real centre"):
        call_command("demo", no_serve=True)


def test_demo_keeps_the_address_it_was_made_for(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another port, or another name, is refused once somebody can sign in; nothing is mixed."""
    settings.VAR_DIR = tmp_path
    keep_address(tmp_path, "localhost:8011")
    (tmp_path / "demo-sign-ins.json").touch()
    for options in ({"port": 8012}, {"port": 8000}):
        with pytest.raises(CommandError, match=r"made for http://localhost:8011: .*--port 8011"):
            call_command("demo", no_serve=True, **options)
    monkeypatch.setenv("CENTRE_DOMAIN", "demo.example.org")
    with pytest.raises(CommandError, match=r"made for http://localhost:8011: "):
        call_command("demo", no_serve=True)


@pytest.mark.parametrize(("kept", "port"), [("", 8000), ("localhost:8011", 8011)])
def test_every_command_goes_by_the_address_of_the_demo(
    kept: str, port: int, tmp_path: Path
) -> None:
    """The settings of the demo read it; passkeys are bound to its name, which no number is."""
    if kept:
        keep_address(tmp_path, kept)
    kept_apart = {"CENTRE_DOMAIN", "DATABASE_URL", "BROKER_URL", "TEST_VAR_DIR", "ALLOWED_HOSTS"}
    shown = subprocess.run(
        [sys.executable, "-c", "from marketplace.settings import dev; print(dev.CENTRE_DOMAIN)"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name not in kept_apart},
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.dev",
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert shown.stdout == f"localhost:{port}\n"


def test_demo_refuses_too_few_rows() -> None:
    """Fewer rows than can be desensitized well are refused."""
    with pytest.raises(CommandError, match="at least 600 rows"):
        call_command("demo", rows=599)

"""The files that a production centre is installed from say what the code says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from desensitize.confinement.kernel import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWUSER,
    NAMESPACES,
)
from marketplace.delivery.use.serializers import LONGEST_QUESTION
from marketplace.pipeline.connections import most_connections
from tests.given.docs import DOCS

FILES = DOCS / "how-to" / "production"
GUIDE = DOCS / "how-to" / "run-in-production.md"
UNITS = sorted(FILES.glob("*.service"))
READ_BY_OTHERS = {"DJANGO_SETTINGS_MODULE", "PYTHONUTF8"}


def test_every_name_of_the_environment_is_a_setting() -> None:
    """And each that production refuses to start without is named."""
    named = set(re.findall(r"^([A-Z_]+)=", (FILES / "centre.env.example").read_text(), re.M))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (DOCS / "reference" / "settings.md").read_text(), re.M)
    )
    assert named - READ_BY_OTHERS <= documented
    required = {"SECRET_KEY", "KEY_ENCRYPTION_KEY", "ALLOWED_HOSTS", "BROKER_URL"}
    assert required <= named


def test_no_key_is_given() -> None:
    """Whoever installs a centre makes keys of their own."""
    example = (FILES / "centre.env.example").read_text()
    assert re.findall(r'^(?:SECRET_KEY|KEY_ENCRYPTION_KEY)="(.*)"$', example, re.M) == ["", ""]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_runs_as_the_centre_and_may_write_little(unit: Path) -> None:
    """Nothing runs as root, and the code is read-only."""
    lines = unit.read_text().splitlines()
    assert {"User=centre", "NoNewPrivileges=true", "ProtectSystem=strict"} <= set(lines)
    [command] = [line for line in lines if line.startswith("ExecStart=")]
    assert command.startswith(("ExecStart=/opt/centre/.venv/bin/", "ExecStart=/bin/sh docs/"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_no_unit_has_more_of_the_network_than_it_uses(unit: Path) -> None:
    """The backup has none. A reader that the web server begins may leave it, in its own way."""
    told = dict(re.findall(r"^(\w+)=(.*)$", unit.read_text(), re.M))
    assert told["CapabilityBoundingSet"] == ""
    families = set(told["RestrictAddressFamilies"].split())
    namespaces = told["RestrictNamespaces"]
    if unit.name == "centre-backup.service":
        assert (told["PrivateNetwork"], families) == ("true", {"AF_UNIX"})
    else:
        assert families == {"AF_UNIX", "AF_INET", "AF_INET6"}
    if unit.name == "centre-web.service":
        flags = {"user": CLONE_NEWUSER, "net": CLONE_NEWNET, "ipc": CLONE_NEWIPC}
        assert {flags[name] for name in namespaces.split()} == set(NAMESPACES)
    else:
        assert namespaces == "true"


def test_the_unit_starts_as_many_as_connections_are_counted_for() -> None:
    """Its defaults are those of the settings, by the same names."""
    unit = (FILES / "centre-web.service").read_text()
    told = dict(re.findall(r"^Environment=CENTRE_(\w+)=(\d+)$", unit, re.M))
    assert told == {name: str(settings.CENTRE[name]) for name in ("WEB_PROCESSES", "WEB_THREADS")}
    for name in told:
        assert f" ${{CENTRE_{name}}} " in unit
    assert f"With the defaults that is {most_connections()}:" in GUIDE.read_text()


def test_the_longest_question_comes_through() -> None:
    """The server of the unit takes the parameters that the rows of a grant answer."""
    unit = (FILES / "centre-web.service").read_text()
    [longest] = re.findall(r"--limit-request-line (\d+)", unit)
    assert LONGEST_QUESTION + 1000 < int(longest)


@pytest.mark.parametrize("script", sorted(FILES.glob("*.sh")), ids=lambda script: script.name)
def test_scripts_parse_and_refuse_without_a_folder(script: Path) -> None:
    """A slip of the hand does nothing."""
    ended = subprocess.run(["sh", str(script)], capture_output=True, text=True, env={}, check=False)
    assert ended.returncode != 0
    assert "Name the folder" in ended.stderr

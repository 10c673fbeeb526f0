"""What the docs promise of sign-in, input and files is what the code does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from rest_framework.settings import api_settings

from desensitize.tables.packing import ALLOWED_GROWTH
from marketplace.accounts.invitation.changes import INVITATION_LIFE
from marketplace.accounts.passwords import FEWEST_FIGURES, OF_HERE
from marketplace.accounts.person.letters import PROOF_LIFE
from marketplace.accounts.roles import Role
from marketplace.core.scopes import EVERY
from marketplace.desk.reference import codes_of_acts
from marketplace.settings import _operating, base
from marketplace.settings._limits import LIMITS
from marketplace.vault.papers import KINDS
from tests.architecture.test_proxy import _takes_files, _views
from tests.given.gathered import ROWS

DOCS = Path(__file__).parents[2] / "docs" / "reference"


def written(name: str) -> str:
    """Return a page without its line breaks."""
    return re.sub(r"\s+", " ", (DOCS / name).read_text(encoding="utf-8"))


def default_of(name: str) -> str:
    """Return the default of a setting of the centre, which those of the tests replace."""
    source = Path(base.__file__).read_text(encoding="utf-8")
    [default] = re.findall(rf'"CENTRE_{name}", default=(\d+)', source)
    return str(default)


SIGN_IN = written("sign-in.md")
MINUTES = int(base.AXES_COOLOFF_TIME.total_seconds()) // 60
TRIES = base.AXES_FAILURE_LIMIT


@pytest.mark.parametrize(
    "promise",
    [
        f"| {TRIES} wrong ones for an address from one network address | that address waits "
        f"{MINUTES} minutes",
        f"| {TRIES} tries of a person, counted in the database over all processes | they wait "
        f"{MINUTES} minutes",
        f"| {default_of('STRANGER_REQUESTS_PER_MINUTE')} requests a minute from an address",
        f"| {default_of('STRANGER_APPLICATIONS_PER_HOUR')} an hour from an address",
    ],
)
def test_limits_of_guessing_are_written(promise: str) -> None:
    """With how long one waits, and that nobody locks somebody else out."""
    assert promise in SIGN_IN
    assert "nobody is locked out by somebody else" in SIGN_IN


def test_limits_of_people_are_settings() -> None:
    """Whoever runs a centre sets them without a change of the code."""
    chosen = {"SIGN_IN_TRIES": "3", "SIGN_IN_WAIT_MINUTES": "45", "SESSION_HOURS": "2"}
    shown = "from marketplace.settings import base as b; "
    shown += "print(b.AXES_FAILURE_LIMIT, b.AXES_COOLOFF_TIME, b.SESSION_COOKIE_AGE)"
    ran = subprocess.run(
        [sys.executable, "-c", shown],
        env=os.environ | {f"CENTRE_{name}": value for name, value in chosen.items()},
        cwd=DOCS.parents[1],
        check=True,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.split() == ["3", "0:45:00", "7200"]
    assert set(LIMITS) <= set(base.CENTRE)


def test_words_of_this_place_are_written() -> None:
    """All that no password may be made of."""
    [listed] = re.findall(r"```text\n(.+)\n```", (DOCS / "sign-in.md").read_text("utf-8"))
    assert set(listed.split(", ")) == OF_HERE
    assert f"Figures alone pass from {FEWEST_FIGURES} on" in SIGN_IN
    least = base.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"]["min_length"]  # type: ignore[index]
    assert f"At least {least} characters" in SIGN_IN


def test_every_way_in_is_written() -> None:
    """Each class by which a view lets somebody in has its row, and there is no other."""
    used = {str(each.__name__) for each in api_settings.DEFAULT_AUTHENTICATION_CLASSES}  # type: ignore[attr-defined]
    for _name, _path, view in _views(get_resolver(), "/"):
        of_class = getattr(view, "cls", None)
        if of_class is not None:
            used |= {each.__name__ for each in of_class.authentication_classes}
    assert used == set(re.findall(r"`(\w+Authentication)`", SIGN_IN))
    assert set(settings.AUTHENTICATION_BACKENDS) == {
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    }
    assert "The second factor stands behind each guessed password" in SIGN_IN
    hours = base.PASSWORD_RESET_TIMEOUT // 3600
    assert f"once, within {hours} hour; opens no session" in SIGN_IN
    assert INVITATION_LIFE.days == PROOF_LIFE.days == 7


def test_lives_of_sessions_are_written() -> None:
    """Unused, at most, and by which advice."""
    idle = _operating.OPERATING["SESSION_IDLE_MINUTES"]
    hours = base.SESSION_COOKIE_AGE // 3600
    assert f"| unused | ends after {idle} minutes" in SIGN_IN
    assert f"| however used | ends after {hours} hours" in SIGN_IN
    assert f"{idle} minutes unused, {hours} hours in all" in SIGN_IN
    assert "NIST SP 800-63B-4" in SIGN_IN


def test_how_many_sessions_one_has_is_written() -> None:
    """As many as a person opens, and what ends them."""
    assert "| at once | as many as a person opens" in SIGN_IN
    assert "| ends with | signing out; a new password (all others)" in SIGN_IN


def test_rights_are_written() -> None:
    """Each role and scope, on which things, and which parts of them."""
    for role in Role:
        assert re.search(rf"Roles: [^.]*\b{role.value}\b", SIGN_IN), role
    assert (
        set(re.findall(r"`(\w+)`", re.findall(r"no more than its scopes: ([^;]+);", SIGN_IN)[0]))
        == EVERY
    )
    assert "What one may not see is answered like what does not exist" in SIGN_IN


def test_parts_of_things_are_written() -> None:
    """Who reads and writes which fields."""
    [parts] = re.findall(r"\*\*Which parts of a thing\*\*: (.+?) - \*\*", SIGN_IN)
    for words in ("ledger entry", "names of persons", "raw rows", "columns and rows of a version"):
        assert words in parts
    assert "any other field is refused" in parts


def test_what_decides_beside_rights_is_written() -> None:
    """Address, time, factor and door; and what decides nothing."""
    for words in (
        "network address",
        "the door",
        "second factor",
        "the clock",
        "the state of a thing",
    ):
        assert words in SIGN_IN
    assert "Country, device and hour of the day decide nothing" in SIGN_IN


def test_what_follows_from_it_is_written() -> None:
    """Each attribute with where it is looked at, its threshold and what happens."""
    [table] = re.findall(r"\| attribute \| looked at \| threshold \| then \|(.+)$", SIGN_IN)
    rows = [row for row in table.split(" | ") if row.strip("|- ")]
    assert len(rows) >= 15
    for attribute in (
        "network address",
        "second factor",
        "age of a session",
        "proof of a moment ago",
    ):
        assert f"| {attribute} |" in table


@cache
def schemas() -> dict[str, Any]:
    """Return the parts of the description of the API, from which `openapi.yaml` is written."""
    with translation.override("en"):
        untyped: Any = SchemaGenerator
        described = untyped().get_schema(request=None, public=True)
    found: dict[str, Any] = described["components"]["schemas"]
    return found


def test_what_each_field_takes_is_written() -> None:
    """In OpenAPI: its type, its length and its choices, as the API reads them."""
    parts = schemas()
    apply = parts["ApplyOrganizationInRequest"]["properties"]
    assert (apply["name"]["maxLength"], apply["uscc"]["maxLength"]) == (120, 18)
    assert apply["email"]["format"] == "email"
    loose = [
        f"{name}.{field}"
        for name, part in parts.items()
        if name.endswith("InRequest")
        for field, form in part.get("properties", {}).items()
        if not {"type", "$ref", "allOf", "oneOf"} & set(form)
    ]
    assert loose == []


def test_what_has_to_fit_together_is_written() -> None:
    """Each combination that is refused, by the code of its refusal, which an act has."""
    page = (DOCS / "input.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"^\| .+ \| `([a-z-]+)` \|$", page, re.MULTILINE))
    assert len(codes) >= 10
    assert codes - codes_of_acts() == set()


def test_every_upload_is_written() -> None:
    """Each address that takes a file, with its kinds and its most bytes."""
    page = (DOCS / "files.md").read_text(encoding="utf-8")
    takes = {name for name, _path, view in _views(get_resolver(), "/") if _takes_files(view)}
    named = set(re.findall(r"`([a-z_]+)`", page.partition("## Every upload")[2]))
    assert takes - named == set()
    assert {kind.removeprefix(".").upper() for kind in KINDS} <= set(
        re.findall(r"[A-Z]{3,4}", page)
    )
    assert f"{ALLOWED_GROWTH} times the packed" in page


def test_addresses_are_known() -> None:
    """The rows that say who sees which address are there."""
    assert len(ROWS) > 100

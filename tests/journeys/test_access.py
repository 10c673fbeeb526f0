"""Who is answered what at every address; an address without a row fails."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from tests.conftest import ApiClients, PageClients
from tests.given.access import Access
from tests.given.world import World

FOREIGN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "openapi",
    "api_browser",
}
"""Addresses of libraries, one by one, so that a new one is looked at; admin is tested apart."""


def _rows() -> list[Access]:
    rows: list[Access] = []
    for package in pkgutil.iter_modules(tests.__path__):
        name = f"tests.{package.name}.access"
        if package.ispkg and package.name != "given" and importlib.util.find_spec(name):
            rows.extend(importlib.import_module(name).ROWS)
    return rows


ROWS = _rows()


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, namespace)
        elif pattern.name:
            yield prefix + pattern.name


def test_every_address_has_a_row() -> None:
    """A new address needs a decision on who may see it."""
    named = set(_names(get_resolver().url_patterns))
    ours = {name for name in named - FOREIGN if not name.startswith("admin:")}
    rows = {row.route for row in ROWS}
    assert ours - rows == set()
    assert rows - named == set()
    assert FOREIGN - named == set()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_address_answers(
    row: Access, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The four answers of the row."""
    arguments = row.given(world) if row.given else {}
    address = reverse(row.route, kwargs=arguments)
    clients = api_of if address.startswith("/api/") else page_of
    asked = {
        "": row.nobody,
        row.stranger_is: row.stranger,
        row.as_party: row.party,
        "reviewer": row.reviewer,
    }
    answers = {person: clients(person).get(address).status_code for person in asked}
    assert answers == asked

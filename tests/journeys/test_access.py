"""Who is answered what at every address, by every method; an address without a row fails.

What somebody may not see is answered, to the byte, as what does not exist.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.access import SIGN_IN, Access
from tests.given.tenancy import METHODS, elsewhere, names_a_thing, sent, told
from tests.given.world import World

pytestmark = pytest.mark.any_database

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
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "openapi",
    "api_browser",
}
"""Addresses of libraries, one by one, so that a new one is looked at; admin is tested apart."""

FOR_ALL = {
    "set_language",
    "api_apply_organization",
    "api_accept_invitation",
    # Its message is signed; who sends it signs in nowhere.
    "api_receive_message",
}
"""What takes a POST from whoever comes, besides pages that nobody is kept from."""

SEEN_BY_ALL = {
    "person_invite",
    # The board shows a request to every seller's officers, who are the strangers here.
    *("demand_answer", "demand_close", "api_answer_demand", "api_close_demand"),
    *("renewal_approve", "api_renew_listing"),
}
"""Addresses that take only POST, of things that the stranger of their row may see."""


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
    """The four answers of the row; by no method more than they tell."""
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
    recorded = Entry.objects.count()
    check_nobody(row, by_every_method(clients(""), address))
    check_stranger(row, clients(row.stranger_is), address)
    assert Entry.objects.count() == recorded


def by_every_method(client: Any, address: str) -> dict[str, Any]:
    """Answer the answers by method, to requests without a body."""
    return {method: sent(client, method, address) for method in METHODS}


def check_nobody(row: Access, answers: dict[str, Any]) -> None:
    """401 of the API, the sign-in page of a page; what is public may be looked at."""
    status = {method: answer.status_code for method, answer in answers.items()}
    assert status["head"] == status["get"]
    assert all(code < 500 for code in status.values()), status
    if row.nobody == 401:
        assert set(status.values()) == {401}
    elif row.nobody == SIGN_IN or (row.nobody == 405 and row.route not in FOR_ALL):
        assert set(status.values()) <= {SIGN_IN, 405}, status
        for method, answer in answers.items():
            assert status[method] == 405 or answer.url.startswith("/account/login/"), method


def check_stranger(row: Access, client: Any, address: str) -> None:
    """What another tenant may not see is, to the byte, what does not exist."""
    missing = elsewhere(address)
    answers = by_every_method(client, address)
    assert all(answer.status_code < 500 for answer in answers.values())
    if row.stranger not in (404, 405) or row.route in SEEN_BY_ALL or not names_a_thing(address):
        return
    for method, answer in by_every_method(client, missing).items():
        assert told(answers[method], address) == told(answer, missing), method
        assert answer.status_code in (404, 405, 415, 422) or method == "options", method


def test_exceptions_are_addresses() -> None:
    """What is listed here exists."""
    assert {row.route for row in ROWS} >= FOR_ALL | SEEN_BY_ALL

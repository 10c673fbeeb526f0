"""Who is answered what at every address; an address without a row fails.

What somebody may not see is answered, to the byte, as what does not exist. Addresses of the same
state are asked in one test. GET and POST are asked at each; every method at the first of those
whose views decide on methods alike.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.access import (
    METHODS,
    SIGN_IN,
    Access,
    by_state,
    decides_on_methods,
    handled,
    views_by_route,
)
from tests.given.junk import Wild, check_junk
from tests.given.tenancy import elsewhere, is_broken, names_a_thing, sent, told
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
    "api_report_reidentification",
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


VIEWS = views_by_route()
FIRST_OF_THEIR_KIND = {
    decides_on_methods(VIEWS[row.route]): row.route for row in reversed(ROWS) if row.route in VIEWS
}


def methods_of(row: Access) -> tuple[str, ...]:
    """Return the methods to ask an address by."""
    view = VIEWS.get(row.route)
    if view is None or FIRST_OF_THEIR_KIND[decides_on_methods(view)] == row.route:
        return METHODS
    return handled(view)


@pytest.mark.parametrize("rows", by_state(ROWS, at_once=24))
def test_addresses_answer(
    rows: list[Access], world: World, page_of: PageClients, api_of: ApiClients, wildly: Wild
) -> None:
    """The four answers of each row; by no method more than they tell; and to junk an answer."""
    arguments = rows[0].given(world) if rows[0].given else {}
    wrong: list[str] = []
    for row in rows:
        address = reverse(row.route, kwargs=arguments)
        clients = api_of if address.startswith("/api/") else page_of
        try:
            check_row(row, address, clients)
        except AssertionError as fault:
            wrong.append(f"{row.route}: {fault}")
    for row in rows:
        try:
            check_junk(row, reverse(row.route, kwargs=arguments), wildly)
        except AssertionError as fault:
            wrong.append(f"{row.route}: {fault}")
    assert not wrong, "\n\n".join(wrong)
    wildly.check()


def check_row(row: Access, address: str, clients: Callable[[str], Any]) -> None:
    """Ask an address as everybody of its row."""
    asked = {row.as_party: row.party, "reviewer": row.reviewer}
    answers = {person: clients(person).get(address).status_code for person in asked}
    assert answers == asked, (answers, asked)
    # What was handed to a party is on record; from here on nothing is.
    recorded = Entry.objects.count()
    methods = methods_of(row)
    check_nobody(row, by_methods(methods, clients(""), address), address)
    check_stranger(row, methods, clients(row.stranger_is), address)
    assert Entry.objects.count() == recorded


def by_methods(methods: tuple[str, ...], client: Any, address: str) -> dict[str, Any]:
    """Return the answers by method, to requests without a body."""
    return {method: sent(client, method, address) for method in dict.fromkeys(("get", *methods))}


def check_nobody(row: Access, answers: dict[str, Any], address: str) -> None:
    """401 of the API, the sign-in page of a page; what is public may be looked at."""
    status = {method: answer.status_code for method, answer in answers.items()}
    assert status["get"] == row.nobody, status
    assert status.get("head", row.nobody) == row.nobody, status
    assert not any(is_broken(code, address) for code in status.values()), status
    if row.nobody == 401:
        assert set(status.values()) == {401}, status
    elif row.nobody == SIGN_IN or (row.nobody == 405 and row.route not in FOR_ALL):
        assert set(status.values()) <= {SIGN_IN, 405}, status
        for method, answer in answers.items():
            assert status[method] == 405 or answer.url.startswith("/account/login/"), method


def check_stranger(row: Access, methods: tuple[str, ...], client: Any, address: str) -> None:
    """What another tenant may not see is, to the byte, what does not exist."""
    answers = by_methods(methods, client, address)
    status = {method: answer.status_code for method, answer in answers.items()}
    assert status["get"] == row.stranger, status
    assert not any(is_broken(code, address) for code in status.values()), status
    if row.stranger not in (404, 405) or row.route in SEEN_BY_ALL or not names_a_thing(address):
        return
    missing = elsewhere(address)
    for method in methods:
        answer = sent(client, method, missing)
        assert told(answers[method], address) == told(answer, missing), method
        assert answer.status_code in (404, 405, 415, 422) or method == "options", method


def test_exceptions_are_addresses() -> None:
    """What is listed here exists."""
    assert {row.route for row in ROWS} >= FOR_ALL | SEEN_BY_ALL

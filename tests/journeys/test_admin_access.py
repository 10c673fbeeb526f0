"""Addresses of the admin and of libraries, by every method: closed to whoever has no right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

from tests.conftest import ApiClients, PageClients
from tests.given.access import METHODS
from tests.given.asked import by_methods
from tests.given.tenancy import sent
from tests.journeys.test_access import FOREIGN

ARGUMENTS = {
    "object_id": "00000000-0000-4000-8000-000000000000",
    "content_type_id": 1,
    "app_label": "orders",
    "url": "orders/",
    "key": "x-y",
    "uidb36": "x",
}
OPEN = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "mfa_authenticate", "openapi"),
}
"""What whoever comes may look at: the ways to sign in, and the description of the API."""
OF_LIBRARIES: dict[str, dict[str, object]] = {
    "account_reset_password_from_key": {"key": "x-y", "uidb36": "x"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}
"""What stands in an address of a library, of nothing that there is."""
OUTSIDERS = ("officer", "buyer", "reviewer", "treasurer", "auditor", "pending")


def _addresses(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, before + str(pattern.pattern))
        elif pattern.name:
            wanted = pattern.pattern.converters or pattern.pattern.regex.groupindex
            given = {name: ARGUMENTS[name] for name in wanted}
            yield reverse(f"admin:{pattern.name}", kwargs=given)


ADMIN = sorted(set(_addresses(admin.site.urls[0], "")))
BY_APP = {
    app: [address for address in ADMIN if address.split("/")[2] == app]
    for app in sorted({address.split("/")[2] for address in ADMIN})
}


@pytest.mark.parametrize("app", BY_APP)
def test_admin_is_for_administrators_alone(app: str, page_of: PageClients, db: None) -> None:
    """Nobody is sent to the sign-in page; whoever is signed in without the role is refused.

    Of nobody and an outsider, who are others in turn, one reads an address and the other posts to
    it; at the first of each app all of them come, by every method.
    """
    nobody, outsiders = page_of(""), {person: page_of(person) for person in OUTSIDERS}
    for number, address in enumerate(BY_APP[app]):
        thorough = number == 0
        asking = OUTSIDERS if thorough else [OUTSIDERS[number % len(OUTSIDERS)]]
        one_method, other = ("get", "post") if number % 2 else ("post", "get")
        for method in METHODS if thorough else (one_method,):
            status = sent(nobody, method, address).status_code
            assert status in (302, 405), (address, method)
        for person in asking:
            for method in METHODS if thorough else (other,):
                status = sent(outsiders[person], method, address).status_code
                assert status in (302, 403, 405), (address, person, method)


@pytest.mark.parametrize("route", sorted(FOREIGN))
def test_library_address_is_closed_or_known(
    route: str, page_of: PageClients, api_of: ApiClients, db: None
) -> None:
    """What is not on the list of open addresses asks for the sign-in; nothing breaks."""
    address = reverse(route, kwargs=OF_LIBRARIES.get(route, {}))
    clients = api_of if address.startswith("/api/") else page_of
    for method, answer in by_methods(METHODS, clients(""), address).items():
        assert answer.status_code < 500, method
        if route not in OPEN and method not in ("put", "patch", "delete", "options"):
            assert answer.status_code == 302, (method, answer.status_code)
            assert "/account/" in answer.url
    for answer in by_methods(METHODS, clients("stranger"), address).values():
        assert answer.status_code < 500

"""Whose address a request has, for the lock-out and the rate limits to count by."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from marketplace.web.middleware import ClientAddressMiddleware


@pytest.mark.parametrize(
    ("peer", "header", "expected"),
    [
        ("", "203.0.113.9", "203.0.113.9"),
        ("", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("", "2001:db8::9", "2001:db8::9"),
        ("", "no address", "127.0.0.1"),
        ("", "", "127.0.0.1"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
    ],
)
def test_header_is_believed_on_a_unix_socket_alone(peer: str, header: str, expected: str) -> None:
    """There the proxy has set it; of several the last is what the proxy saw."""
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": header})
    ClientAddressMiddleware(page)(request)
    assert seen == [expected]

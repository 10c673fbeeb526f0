"""The doors of a download."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from marketplace.delivery.grant.models import Grant
from tests.conftest import ApiClients, PageClients

DOORS = {"page": "grant_download", "api": "api_open_download"}
Ask = Callable[..., Any]


@pytest.fixture(params=DOORS)
def ask(request: pytest.FixtureRequest, page_of: PageClients, api_of: ApiClients) -> Ask:
    """Return a function that asks a door for the bytes of a grant."""
    clients = page_of if request.param == "page" else api_of

    def asked(grant: Grant, person: str = "buyer", *, method: str = "get", **headers: str) -> Any:
        address = reverse(DOORS[request.param], args=[grant.pk])
        return getattr(clients(person), method)(address, headers=headers)

    return asked


def sent(response: Any) -> bytes:
    """Read a streamed answer to its end, as a client does."""
    return b"".join(response.streaming_content)

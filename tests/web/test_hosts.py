"""Which hosts the centre answers at."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/market/", "/desk/", "/health/", "/nowhere/"])
def test_a_page_asked_at_a_foreign_host_is_a_malformed_request(address: str, settings: Any) -> None:
    """With the page that says so, and not as a fault of the centre."""
    settings.ALLOWED_HOSTS = ["centre.example.org"]
    foreign = {"host": "elsewhere.example.org", "referer": "https://elsewhere.example.org/"}
    answer = Client().get(address, headers=foreign)
    assert answer.status_code == 400
    assert "The request could not be read" in answer.content.decode()
    assert "elsewhere.example.org" not in answer.content.decode()


def test_the_api_asked_at_a_foreign_host_says_so(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["centre.example.org"]
    answer = Client().get("/api/v1/market/", headers={"host": "elsewhere.example.org"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "malformed"
    assert "not at this host" in answer.json()["detail"]

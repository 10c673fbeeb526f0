"""The description of the API costs whoever asks again nothing."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from marketplace.web.openapi import written


def test_the_description_is_written_once(client: Client, db: None) -> None:
    """A language and form each, whatever else a stranger sends."""
    address = reverse("openapi")
    written.cache_clear()
    first = client.get(address)
    for query in ({}, {"lang": "en"}, {"lang": "xx"}, {"version": "9"}, {"other": "1"}):
        answer = client.get(address, query)
        assert (answer.status_code, answer.content) == (200, first.content)
    assert written.cache_info().misses == 1
    kind = "application/vnd.oai.openapi+json"
    chinese = client.get(address, {"lang": "zh-hans"}, headers={"Accept": kind})
    assert json.loads(chinese.content)["openapi"].startswith("3.")
    assert written.cache_info().misses == 2

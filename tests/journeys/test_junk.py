"""Junk sent to every address that takes a POST: an answer that says so, never a server error."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.access import Access
from tests.given.world import World
from tests.journeys.test_access import ROWS

pytestmark = pytest.mark.any_database

FIELDS = (
    "reason", "name", "email", "uscc", "contact", "person_name", "password", "roles", "days",
    "title", "abstract", "theme", "kind", "purpose", "price", "terms", "checklist", "digest",
    "reference", "request_key", "amount", "voucher", "incurred_on", "text", "rights", "term_years",
    "inputs", "method", "policy", "columns", "impacts", "negative_list", "annotations", "secret",
    "is_upheld", "missing", "restrictions", "language", "number", "document", "file", "upload",
)  # fmt: skip
TEXTS = ("", "\x00", "x" * 5000, "龘" * 600, "-1", "1e999", "NaN", "2026-99-99")
JSON_JUNK: tuple[Any, ...] = (*TEXTS, None, [], {}, [None], [{"a": {}}], -1, 1e30, True, [["x"]])


CALLERS = ("reviewer", "administrator", "treasurer", "buyer")


def send_junk(
    row: Access,
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
    callers: tuple[str, ...],
    junk: tuple[Any, ...],
) -> None:
    """Post each piece of junk in every field, as each caller; what is refused changes nothing."""
    arguments = row.given(world) if row.given else {}
    address = reverse(row.route, kwargs=arguments)
    is_api = address.startswith("/api/")
    for person in sorted({row.as_party, *callers}):
        client = (api_of if is_api else page_of)(person)
        for piece in junk:
            if not is_api and not isinstance(piece, str):
                continue
            before = Entry.objects.count()
            answer = client.post(address, dict.fromkeys(FIELDS, piece))
            assert answer.status_code < 500, (person, piece, answer.content[:500])
            assert answer.status_code < 400 or Entry.objects.count() == before, (person, piece)
        if is_api:
            bodies: tuple[Any, ...] = ([], "x", None, 5)
            for body in bodies:
                assert client.post(address, body, format="json").status_code < 500, (person, body)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_junk_is_answered(
    row: Access, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The worst of it, from the party that may call it."""
    send_junk(row, world, page_of, api_of, (), ("\x00", "龘" * 600, None, [{"a": {}}]))


@pytest.mark.campaign
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_all_junk_is_answered(
    row: Access, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """All of it, from everybody."""
    send_junk(row, world, page_of, api_of, CALLERS, JSON_JUNK)

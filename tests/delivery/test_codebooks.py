"""The codebook of what was bought: as a file, through the API, and in Delta Sharing's schema."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest
from django.urls import reverse

from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.sharing.protocol import described
from marketplace.vault.services import open_stored
from tests.conftest import ApiClients, PageClients
from tests.given import delivery as given
from tests.given import sandboxes
from tests.given.world import World

pytestmark = pytest.mark.django_db


def test_it_says_what_the_bytes_say(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """Page and API give the same: each column of the file, its meaning and what was done to it."""
    grant = given.granted(world)
    file = page_of("buyer").get(reverse("grant_codebook", args=[grant.pk]))
    assert file["Content-Disposition"] == 'attachment; filename="codebook.json"'
    book = json.loads(file.content)
    assert api_of("buyer").get(reverse("api_get_codebook", args=[grant.pk])).json() == book
    with open_stored(grant.version.file) as stored:
        schema = pq.read_schema(stored)
        shared = described(grant, stored)
    assert [one["name"] for one in book["columns"]] == schema.names
    assert all(one["type"] and one["treatment"] for one in book["columns"])
    labelled = [one for one in book["columns"] if one.get("label")]
    assert labelled, "Something was said of the columns."
    comments = {one["name"]: one["metadata"] for one in shared.schema["fields"]}
    for one in labelled:
        assert one["label"] in comments[one["name"]]["comment"]
    page = page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert reverse("grant_codebook", args=[grant.pk]) in page
    other = page_of("officer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert reverse("grant_codebook", args=[grant.pk]) not in other


def test_it_closes_with_the_access(world: World, page_of: PageClients) -> None:
    grant = given.granted(world)
    revoke_grant(grant.pk, reason="The contract ended.", by=world.actor("reviewer"))
    answer = page_of("buyer").get(reverse("grant_codebook", args=[grant.pk]))
    assert answer.status_code == 409


def test_without_rows_there_is_none(world: World, page_of: PageClients) -> None:
    grant = sandboxes.granted(world)
    answer = page_of("buyer").get(reverse("grant_codebook", args=[grant.pk]))
    assert answer.status_code == 409

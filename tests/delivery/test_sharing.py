"""Delta Sharing: the protocol's answers, and addresses of bytes that are asked anew."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.core import clock
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.sharing.protocol import URL_SECONDS, described
from marketplace.delivery.use.models import Use
from marketplace.delivery.use.services import IssuedKey, revoke_grant_key
from marketplace.ledger.models import Entry
from marketplace.trading.listings.publication.services import suspend_listing
from tests.delivery.conftest import sent
from tests.given import delivery as given
from tests.given.world import World

NAMES = {"share": "centre", "schema": "licensed", "table": "data"}


def ask(issued: IssuedKey, route: str, *, method: str = "get", **given_names: Any) -> Any:
    """Ask an address of the protocol with a key."""
    names = NAMES if route.startswith("sharing_table_") else {}
    data = given_names.pop("data", None)
    client = getattr(APIClient(), method)
    return client(
        reverse(route, kwargs=names | given_names),
        data,
        headers={"Authorization": f"Bearer {issued.secret}"},
    )


def file_of(issued: IssuedKey) -> dict[str, Any]:
    """Query the table; answer its one file."""
    answer = ask(issued, "sharing_table_query", method="post", data={})
    assert answer.status_code == 200, answer.content
    protocol, metadata, file = (json.loads(line) for line in answer.content.splitlines())
    assert protocol == {"protocol": {"minReaderVersion": 1}}
    assert metadata["metaData"]["format"] == {"provider": "parquet"}
    found: dict[str, Any] = file["file"]
    return found


def test_one_file_with_the_bytes_that_were_sold(world: World) -> None:
    """Under an address that may be asked several times, by HEAD and in ranges, without a key."""
    issued = given.keyed(world, "sharing")
    grant = issued.key.grant
    file = file_of(issued)
    assert (file["id"], file["size"]) == (grant.sha256, grant.size)
    assert json.loads(file["stats"]) == {"numRecords": grant.version.rows}
    ends = file["expirationTimestamp"] / 1000 - clock.now().timestamp()
    assert URL_SECONDS - 60 < ends <= URL_SECONDS
    told = Client().head(file["url"])
    assert (told.status_code, told["Content-Length"]) == (200, str(grant.size))
    assert told["Accept-Ranges"] == "bytes"
    whole = sent(Client().get(file["url"]))
    part = Client().get(file["url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, sent(part)) == (206, whole[10:20])
    assert pq.read_table(pa.BufferReader(whole)).num_rows == grant.version.rows
    assert Use.objects.count() == 1
    assert Download.objects.count() == 2
    assert Entry.objects.filter(kind="delivery.shared_table_opened").count() == 1
    assert not Entry.objects.filter(kind="delivery.download_opened").exists()


@pytest.mark.parametrize("what", ["key", "grant", "listing", "time"])
def test_addresses_of_bytes_are_asked_anew(what: str, world: World) -> None:
    """They end with the key, the grant, the listing and their minutes."""
    issued = given.keyed(world, "sharing")
    url = file_of(issued)["url"]
    wanted, later = 409, clock.now()
    if what == "key":
        revoke_grant_key(issued.key.pk, by=world.actor("buyer"))
        wanted = 404
    elif what == "grant":
        revoke_grant(issued.key.grant_id, reason="Misuse.", by=world.actor("reviewer"))
    elif what == "listing":
        suspend_listing(issued.key.grant.listing_id, reason="Check.", by=world.actor("officer"))
    else:
        later, wanted = issued.key.expires_at + timedelta(seconds=1), 404
    with clock.stopped_at(later):
        assert Client().get(url).status_code == wanted
        assert Client().head(url).status_code == wanted
    assert not Download.objects.exists()


def test_addresses_that_nobody_signed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or that were signed for something else, changed, or too long ago."""
    issued = given.keyed(world, "sharing")
    url = file_of(issued)["url"]
    other = signing.dumps({"grant": issued.key.grant_id.hex, "key": issued.key.pk.hex}, salt="x")
    for signed in ("made-up", other, url.rsplit("/", 1)[1][:-2] + "xx"):
        assert Client().get(reverse("sharing_file", args=[signed])).status_code == 404
    monkeypatch.setattr("marketplace.delivery.sharing.protocol.URL_SECONDS", -1)
    assert Client().get(url).status_code == 404


def test_lists(world: World) -> None:
    """One share, schema and table, each list on one line; names without regard to case."""
    issued = given.keyed(world, "sharing")
    shares = ask(issued, "sharing_shares")
    assert shares.json() == {"items": [{"name": "centre", "id": "centre"}]}
    assert b"\n" not in shares.content
    assert ask(issued, "sharing_share", share="CENTRE").json()["share"]["name"] == "centre"
    assert ask(issued, "sharing_schemas", share="centre").json()["items"][0]["name"] == "licensed"
    for answer in (
        ask(issued, "sharing_tables", share="centre", schema="Licensed"),
        ask(issued, "sharing_all_tables", share="centre"),
    ):
        assert answer.json()["items"][0]["name"] == "data"
    assert ask(issued, "sharing_schemas", share="other").status_code == 404
    assert ask(issued, "sharing_table_version", table="other").status_code == 404


def test_version_metadata_and_changes(world: World) -> None:
    """The number of the revision; no other was given, and the first one came as a whole."""
    issued = given.keyed(world, "sharing")
    version = ask(issued, "sharing_table_version")
    assert (version.status_code, version["Delta-Table-Version"]) == (200, "1")
    metadata = ask(issued, "sharing_table_metadata")
    assert metadata["Delta-Table-Version"] == "1"
    assert metadata["Delta-Sharing-Capabilities"] == "responseformat=parquet"
    assert len(metadata.content.splitlines()) == 2
    for data in ({"version": 7}, {"timestamp": "2026-01-01T00:00:00Z"}):
        refused = ask(issued, "sharing_table_query", method="post", data=data)
        assert (refused.status_code, refused.json()["code"]) == (404, "revision-not-given")
        refused = ask(issued, "sharing_table_metadata", data=data)
        assert refused.status_code == 404
    since = ask(issued, "sharing_table_version", data={"startingTimestamp": "2026-01-01T00:00:00Z"})
    assert since["Delta-Table-Version"] == "1"
    assert not Use.objects.exists()


def test_another_mode(world: World) -> None:
    """A key of a grant for rows loads no table."""
    issued = given.keyed(world)
    refused = ask(issued, "sharing_table_query", method="post", data={})
    assert (refused.status_code, refused.json()["code"]) == (409, "another-mode")


def test_the_page_offers_the_profile_once(world: World, page_of: Any) -> None:
    """A file to save, made in the answer itself and kept nowhere."""
    grant = given.for_programs(world, "sharing")
    made = page_of("buyer").post(reverse("grant_key_make", args=[grant.pk]), {"days": 30})
    assert b'download="centre-' in made.content
    shown = page_of("buyer").get(reverse("grant_detail", args=[grant.pk]))
    assert b"data:application/json" not in shown.content
    assert b"load_as_pandas" in shown.content


def test_types() -> None:
    """Each has the name that the client's converters know."""
    schema = pa.schema(
        [
            ("a", pa.int64()),
            ("b", pa.dictionary(pa.int32(), pa.string())),
            ("c", pa.decimal128(9, 2)),
            ("d", pa.date32()),
            ("e", pa.timestamp("us")),
            ("f", pa.float64()),
            ("g", pa.bool_()),
            ("h", pa.large_string()),
            ("i", pa.binary()),
            ("j", pa.list_(pa.int32())),
        ]
    )
    file = pa.BufferOutputStream()
    pq.write_table(schema.empty_table(), file)
    table = described(Grant(), pa.BufferReader(file.getvalue()))
    assert [field["type"] for field in table.schema["fields"]] == [
        *("long", "string", "decimal(9,2)", "date", "timestamp", "double", "boolean", "string"),
        "binary",
        {"type": "array", "elementType": "integer", "containsNull": True},
    ]

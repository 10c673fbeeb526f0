"""A program that asks for the same rows in several requests pays for them once.

How many requests DuckDB makes, and which, is its own matter; so the program is the real one.
"""

from __future__ import annotations

import json
import subprocess

from django.urls import reverse

from marketplace.delivery.use.models import Use
from marketplace.delivery.use.selectors import metered
from marketplace.delivery.use.services import IssuedKey
from tests.given import delivery as given
from tests.given.world import World
from tests.interop.test_buyers_tools import Buyer, buyer

__all__ = ["buyer"]

READ = """
import sys
from datetime import UTC, datetime

import duckdb
from fsspec.implementations.http import HTTPFileSystem

class Web(HTTPFileSystem):
    def modified(self, path):
        return datetime.fromtimestamp(0, UTC)

address, secret = sys.argv[1].split()
headers = {"Authorization": f"Bearer {secret}"}
duckdb.register_filesystem(Web(client_kwargs={"headers": headers}))
for _turn in range(2):
    print(duckdb.sql(f"SELECT len(rows) FROM read_json('{address}')").fetchall()[0][0])
"""
"""DuckDB reads by fsspec, since its own `httpfs` would have to be fetched while a test runs."""

ROWS = 3


def rows_at(site: str, issued: IssuedKey, *, limit: int) -> str:
    """Return the address of some rows of a grant."""
    return f"{site}{reverse('api_get_grant_rows', args=[issued.key.grant_id])}?limit={limit}"


def test_duckdb_pays_once_for_what_it_reads(buyer: Buyer) -> None:
    """It looks at the table's kind before it reads it, and asks by HEAD how long it is."""
    world = World()
    issued = given.keyed(world, grant=given.by_use(world))
    done = buyer.run(READ, f"{rows_at(buyer.site, issued, limit=ROWS)} {issued.secret}")
    assert done.stdout.split() == [str(ROWS)] * 2, done.stderr
    uses = Use.objects.order_by("created_at")
    told = [(use.uncounted, use.rows) for use in uses]
    assert told.count(("", ROWS)) == 1
    assert {uncounted for uncounted, _rows in told} == {"", "head", "again"}
    assert sum(rows for _uncounted, rows in told) == metered(issued.key.grant).rows == ROWS


def test_curl_asks_for_the_head_for_nothing(buyer: Buyer) -> None:
    """No length of the rows, their ETag; with it, the rows are not sent once they are known."""
    world = World()
    issued = given.keyed(world, grant=given.by_use(world))
    address = rows_at(buyer.site, issued, limit=ROWS)

    def curl(*arguments: str) -> str:
        command = ["curl", "--silent", "--fail", "--noproxy", "*", *arguments, address]
        command += ["--header", f"Authorization: Bearer {issued.secret}"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    head = curl("--head").lower()
    assert "etag: " in head
    assert "content-length: " not in head
    assert metered(issued.key.grant).rows == 0
    tag = buyer.folder / "tag"
    rows = json.loads(curl("--etag-save", str(tag)))["rows"]
    assert curl("--etag-compare", str(tag)) == ""
    assert (len(rows), metered(issued.key.grant).rows) == (ROWS, ROWS)

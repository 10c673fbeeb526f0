"""The tools that buyers have, run for real against a served site: nothing of them is ours.

They live in an environment of their own, since the Delta Sharing client caps pyarrow and pandas.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.urls import reverse

from marketplace.accounts.token.services import create_token
from marketplace.core import clock
from marketplace.core.scopes import EVERY
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.use.models import GrantKey, Use
from marketplace.delivery.use.profile import profile_text
from marketplace.delivery.use.services import revoke_grant_key
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.services import declare_key
from marketplace.vault.services import open_stored
from tests.delivery.test_changes import CORRECTED
from tests.given import delivery as given
from tests.given import feeds
from tests.given.world import World

TABLE = "#centre.licensed.data"
PATIENCE = 120

LEAVE = """
import os
sys.stdout.flush()
os._exit(0)
"""
"""Ends a program whose work is done without tearing down the client's native threads: now and then
they abort the interpreter, which is ending anyway ("terminate called without an active exception").
"""
LOAD = (
    """
import json, sys, warnings
warnings.simplefilter("ignore")
import delta_sharing
table = delta_sharing.load_as_pandas(sys.argv[1])
print(table.to_json(orient="values", date_format="iso", default_handler=str))
print(json.dumps(list(table.columns)))
"""
    + LEAVE
)
DESCRIBE = (
    """
import json, sys, warnings
warnings.simplefilter("ignore")
import delta_sharing
client = delta_sharing.SharingClient(sys.argv[1].partition("#")[0])
metadata = delta_sharing.get_table_metadata(sys.argv[1])
print(json.dumps({
    "tables": [[one.share, one.schema, one.name] for one in client.list_all_tables()],
    "shares": [share.name for share in client.list_shares()],
    "schemas": [schema.name for schema in client.list_schemas(client.list_shares()[0])],
    "version": delta_sharing.get_table_version(sys.argv[1]),
    "columns": [field["name"] for field in json.loads(metadata.schema_string)["fields"]],
    "limited": len(delta_sharing.load_as_pandas(sys.argv[1], limit=1)),
}))
"""
    + LEAVE
)
VERSIONS = (
    """
import json, sys, warnings
warnings.simplefilter("ignore")
import delta_sharing
def told(table):
    return json.loads(table.to_json(orient="records", date_format="iso", default_handler=str))
print(json.dumps({
    "version": delta_sharing.get_table_version(sys.argv[1]),
    "first": told(delta_sharing.load_as_pandas(sys.argv[1], version=1)),
    "now": told(delta_sharing.load_as_pandas(sys.argv[1])),
    "changes": told(delta_sharing.load_table_changes_as_pandas(
        sys.argv[1], starting_version=2, ending_version=2
    )),
    "everything": told(delta_sharing.load_table_changes_as_pandas(
        sys.argv[1], starting_version=0
    )),
}))
"""
    + LEAVE
)
FILE = (
    """
import json, sys
import duckdb, pandas
print(len(pandas.read_parquet(sys.argv[1])))
print(duckdb.sql(f"SELECT count(*) FROM '{sys.argv[1]}'").fetchall()[0][0])
"""
    + LEAVE
)


class Buyer:
    """A buyer's machine: a folder, the tools, and a profile file for a grant."""

    def __init__(self, folder: Path, site: str, tools: Path) -> None:
        self.folder, self.site, self.tools = folder, site, tools

    def save_profile(self, secret: str, key: GrantKey) -> str:
        """Write the profile; answer the address of the table as the client takes it."""
        endpoint = self.site + reverse("sharing_shares").removesuffix("/shares")
        path = self.folder / "centre.share"
        path.write_text(profile_text(endpoint=endpoint, secret=secret, expires_at=key.expires_at))
        return f"{path}{TABLE}"

    def run(self, program: str, argument: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the tools' environment."""
        return subprocess.run(
            [str(self.tools), "-c", program, argument],
            cwd=self.folder,
            env={**os.environ, "no_proxy": "*", "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture
def buyer(tmp_path: Path, site: str, tools: Path) -> Buyer:
    """Return a buyer's machine."""
    return Buyer(tmp_path, site, tools)


def sold(grant: Grant) -> Any:
    """Read the table that was sold."""
    with open_stored(grant.version.file) as file:
        return pq.read_table(pa.PythonFile(file))


def test_the_delta_sharing_client(buyer: Buyer) -> None:
    """Loads what was bought, is told one table and version, and is metered by the query."""
    issued = given.keyed(World(), "sharing")
    table = buyer.save_profile(issued.secret, issued.key)
    expected = sold(issued.key.grant)
    loaded = buyer.run(LOAD, table)
    assert loaded.returncode == 0, loaded.stderr
    rows, columns = (json.loads(line) for line in loaded.stdout.splitlines())
    assert columns == expected.column_names
    assert len(rows) == expected.num_rows
    for position, name in enumerate(columns):
        kind = expected.schema.field(name).type
        if pa.types.is_integer(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
            assert [row[position] for row in rows] == expected[name].to_pylist()
    use = Use.objects.get()
    assert (use.kind, use.rows, use.size) == ("table", len(rows), issued.key.grant.size)
    assert Download.objects.filter(grant=issued.key.grant).exists()
    issued.key.grant.order.refresh_from_db()
    assert issued.key.grant.order.state == "delivered"
    described = buyer.run(DESCRIBE, table)
    assert described.returncode == 0, described.stderr
    told = json.loads(described.stdout)
    assert told == {
        "tables": [["centre", "licensed", "data"]],
        "shares": ["centre"],
        "schemas": ["licensed"],
        "version": 1,
        "columns": expected.column_names,
        "limited": 1,
    }
    revoke_grant(issued.key.grant_id, reason="Misuse.", by=World().actor("reviewer"))
    refused = buyer.run(LOAD, table)
    assert refused.returncode != 0
    assert "The centre revoked this access." in refused.stderr
    assert "grant-revoked" in refused.stderr


def test_the_delta_sharing_client_follows_a_feed(buyer: Buyer) -> None:
    """Version by version and change by change, of the bought columns alone."""
    world = World()
    columns = ("day", "line", "boardings")
    issued = given.keyed(world, grant=feeds.followed(world, "sharing", columns=columns))
    declare_key(Product.objects.get().pk, columns=["day", "line"], by=world.actor("officer"))
    feeds.advanced(world, issued.key.grant.listing, table=CORRECTED)
    feeds.write_copies()
    loaded = buyer.run(VERSIONS, buyer.save_profile(issued.secret, issued.key))
    assert loaded.returncode == 0, loaded.stderr
    found = json.loads(loaded.stdout)
    assert found["version"] == 2
    for name, boardings in (("first", {1204, 980, 1311, 1002}), ("now", {1204, 985, 1311, 900})):
        assert {row["boardings"] for row in found[name]} == boardings
        assert all(set(row) == set(columns) for row in found[name])
    special = {"_change_type", "_commit_version", "_commit_timestamp"}
    assert all(set(row) == special.union(columns) for row in found["everything"])
    assert [(row["boardings"], row["_change_type"]) for row in found["changes"]] == [
        (1002, "delete"),
        (980, "update_preimage"),
        (985, "update_postimage"),
        (900, "insert"),
    ]
    assert [row["_commit_version"] for row in found["everything"]] == [1] * 4 + [2] * 4


def test_a_revoked_key_and_an_expired_licence(buyer: Buyer) -> None:
    """The client says why at once, and does not try again."""
    world = World()
    issued = given.keyed(world, "sharing")
    table = buyer.save_profile(issued.secret, issued.key)
    Grant.objects.filter(pk=issued.key.grant_id).update(
        expires_at=clock.now() - timedelta(seconds=1)
    )
    refused = buyer.run(LOAD, table)
    assert "grant-expired" in refused.stderr
    revoke_grant_key(issued.key.pk, by=world.actor("buyer"))
    refused = buyer.run(LOAD, table)
    assert "401" in refused.stderr
    assert "Make a new one" in refused.stderr
    assert not Use.objects.exists()


def test_pandas_duckdb_and_curl_read_the_file(buyer: Buyer) -> None:
    """A download that broke is taken up where it stopped, and the digest is that on the page."""
    world = World()
    grant = given.granted(world)
    token = create_token(name="Download", days=1, scopes=EVERY, by=world.actor("buyer")).secret
    path = buyer.folder / "data.parquet"
    with open_stored(grant.version.file) as file:
        path.write_bytes(file.read(grant.size // 3))
    command = ["curl", "--fail", "--silent", "--show-error", "--continue-at", "-"]
    done = subprocess.run(
        [
            *command,
            *("--header", f"Authorization: Bearer {token}", "--output", str(path)),
            buyer.site + reverse("api_open_download", args=[grant.pk]),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256(path.read_bytes()).hexdigest() == grant.sha256
    assert Download.objects.get().first_byte == grant.size // 3
    read = buyer.run(FILE, str(path))
    assert read.returncode == 0, read.stderr
    assert {int(line) for line in read.stdout.splitlines()} == {grant.version.rows}

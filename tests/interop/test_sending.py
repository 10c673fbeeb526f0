"""A client of tus that is not ours sends a file to a feed, broken off and taken up again."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from django.urls import reverse

from marketplace.accounts.token.services import create_token
from marketplace.catalog.push.models import Push
from marketplace.catalog.push.services import commit_push
from tests.given import pushes as given
from tests.given.world import World

PATIENCE = 120
FILE = b"number,stop,opened\n" + b"".join(b"%d,x,2026-03-01\n" % row for row in range(2000))
SEND = """
import sys
from tusclient import client
site, token, path, address = sys.argv[1:]
tus = client.TusClient(site, headers={"Authorization": "Bearer " + token})
more = {"url": address} if address else {}
sender = tus.uploader(
    path, chunk_size=5000, metadata={"filename": "stops.csv"}, upload_checksum=True, **more
)
if address:
    sender.upload()
else:
    sender.upload_chunk()
    sender.upload_chunk()
print(sender.url, sender.offset)
"""


def test_a_client_of_tus(tmp_path: Path, site: str, tools: Path) -> None:
    """Each run is a process of its own; the second knows only the address of the upload."""
    world = World()
    feed = given.sent_to(world)
    token = create_token(
        name="Sender", days=1, scopes=frozenset({"send"}), by=world.actor("officer")
    )
    path = tmp_path / "stops.csv"
    path.write_bytes(FILE)

    def run(address: str) -> list[str]:
        done = subprocess.run(
            [
                *(str(tools), "-c", SEND),
                site + reverse("api_uploads", args=[feed.dataset_id]),
                *(token.secret, str(path), address),
            ],
            env={**os.environ, "no_proxy": "*", "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    address, offset = run("")
    push = Push.objects.get()
    assert (int(offset), push.received) == (10_000, 10_000)
    assert run(address) == [address, str(len(FILE))]
    digest = hashlib.sha256(FILE).hexdigest()
    commit_push(push.pk, sha256=digest, by=world.actor("officer"))
    push.refresh_from_db()
    assert push.version is not None
    assert push.version.rows == 2000
    assert push.version.is_set_aside, "three rows were approved, and 2,000 came"

"""Downloads: HTTP ranges of encrypted bytes, asked anew and recorded each time."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.urls import reverse

from marketplace.delivery.grant import services
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.ranges import ByteRange
from marketplace.ledger.models import Entry
from marketplace.trading.orders.order.models import Order
from marketplace.vault.services import open_stored
from tests.conftest import PageClients
from tests.delivery.conftest import Ask, sent
from tests.given import delivery as given
from tests.given.world import World


def plain(grant: Grant) -> bytes:
    """Return the bytes that were sold."""
    with open_stored(grant.version.file) as stored:
        return stored.read()


def test_the_whole(ask: Ask, world: World) -> None:
    """Every byte, described so that it can be checked and taken up again."""
    grant = given.granted(world)
    response = ask(grant)
    body = sent(response)
    assert response.status_code == 200
    assert hashlib.sha256(body).hexdigest() == grant.sha256
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    assert response["Content-Length"] == str(len(body)) == str(grant.size)
    assert response["Content-Type"] == "application/vnd.apache.parquet"
    assert response["ETag"] == f'"{grant.sha256}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Digest"] == response["Repr-Digest"] == digest
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        f'attachment; filename="data-{grant.sha256[:12]}.parquet"'
    )
    download = Download.objects.get()
    assert (download.first_byte, download.last_byte) == (0, grant.size - 1)
    assert download.sent == grant.size
    assert download.person_id == world.person("buyer").pk


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-7", -7, None)],
)
def test_one_range(header: str, first: int, last: int | None, ask: Ask, world: World) -> None:
    """206 with its place; the digest is that of the whole."""
    grant = given.granted(world)
    whole = plain(grant)
    expected = whole[first : None if last is None else last + 1]
    response = ask(grant, Range=header)
    assert response.status_code == 206
    assert sent(response) == expected
    start = first if first >= 0 else grant.size + first
    end = grant.size - 1 if last is None else last
    assert response["Content-Range"] == f"bytes {start}-{end}/{grant.size}"
    assert response["Content-Length"] == str(len(expected))
    assert "Content-Digest" not in response
    assert "Repr-Digest" in response
    download = Download.objects.get()
    assert (download.first_byte, download.last_byte, download.sent) == (start, end, len(expected))


def test_ranges_make_the_whole(ask: Ask, world: World) -> None:
    """Taken up piece by piece, the file is the same; each piece is counted."""
    grant = given.granted(world)
    pieces, step = [], grant.size // 3 + 1
    for start in range(0, grant.size, step):
        pieces.append(
            sent(
                ask(grant, Range=f"bytes={start}-{start + step - 1}", If_Range=f'"{grant.sha256}"')
            )
        )
    assert hashlib.sha256(b"".join(pieces)).hexdigest() == grant.sha256
    assert Download.objects.count() == 3
    assert Entry.objects.filter(kind="delivery.download_opened").count() == 3
    assert Entry.objects.filter(kind="trading.order_delivered").count() == 1


def test_beyond_the_end(ask: Ask, world: World) -> None:
    """416 with the size, and nothing is counted or delivered."""
    grant = given.granted(world)
    response = ask(grant, Range=f"bytes={grant.size}-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{grant.size}"
    assert not Download.objects.exists()
    assert Order.objects.get().state == "paid"


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1,4-5"},
        {"Range": "lines=1-2"},
        {"Range": "bytes=9-2"},
        {"Range": "bytes=0-9", "If_Range": '"other"'},
        {"Range": "bytes=0-9", "If_Range": "W/{etag}"},
        {"Range": "bytes=0-9", "If_Range": "Wed, 21 Oct 2026 07:28:00 GMT"},
    ],
)
def test_the_whole_is_sent_instead(headers: dict[str, str], ask: Ask, world: World) -> None:
    """Several ranges, another unit, nonsense, or a range of other bytes than are known."""
    grant = given.granted(world)
    etag = f'"{grant.sha256}"'
    filled = {name: value.replace("{etag}", etag) for name, value in headers.items()}
    response = ask(grant, **filled)
    assert response.status_code == 200
    assert len(sent(response)) == grant.size


def test_conditions(ask: Ask, world: World) -> None:
    """304 for bytes that are known, 412 for others than are wanted; nothing is counted."""
    grant = given.granted(world)
    etag = f'"{grant.sha256}"'
    known = ask(grant, If_None_Match=etag)
    assert (known.status_code, known["ETag"]) == (304, etag)
    assert ask(grant, If_Match='"other"').status_code == 412
    assert not Download.objects.exists()
    assert sent(ask(grant, If_Match=etag)) == plain(grant)


def test_head_tells_without_delivering(world: World, page_of: PageClients) -> None:
    """The headers of the whole, no byte, no delivery."""
    grant = given.granted(world)
    response = page_of("buyer").head(
        reverse("grant_download", args=[grant.pk]), headers={"Range": "bytes=0-1"}
    )
    assert response.status_code == 200
    assert response["Content-Length"] == str(grant.size)
    assert response.content == b""
    assert not Download.objects.exists()
    assert Order.objects.get().state == "paid"


def test_the_first_download_delivers(ask: Ask, world: World) -> None:
    """The term of acceptance runs from then; later ones change nothing."""
    grant = given.granted(world)
    sent(ask(grant))
    order = Order.objects.get()
    assert order.state == "delivered"
    delivered_at = order.delivered_at
    sent(ask(grant, "second_buyer"))
    assert Order.objects.get().delivered_at == delivered_at
    assert {d.person_id for d in Download.objects.all()} == {
        world.person("buyer").pk,
        world.person("second_buyer").pk,
    }


def test_an_interrupted_download_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the client goes away, what left by then is noted, and the file is closed."""
    monkeypatch.setattr(services, "PIECE_BYTES", 100)
    grant = given.granted(world)
    opened = services.open_download(
        grant.pk, byte_range=ByteRange(10, 999), by=world.actor("buyer")
    )
    assert Download.objects.get().sent is None
    pieces = opened.pieces()
    assert [len(next(pieces)), len(next(pieces))] == [100, 100]
    pieces.close()
    assert Download.objects.get().sent == 200
    assert opened.file.closed

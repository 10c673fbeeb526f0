"""Downloads: HTTP ranges of encrypted bytes, asked anew and recorded each time."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from marketplace.catalog.services.datasets import retire_dataset
from marketplace.core import clock
from marketplace.delivery.models import Download, Grant
from marketplace.delivery.ranges import ByteRange
from marketplace.delivery.services import downloads
from marketplace.delivery.services.grants import revoke_grant
from marketplace.ledger.models import Entry
from marketplace.preparation.services.reports import withdraw_report
from marketplace.rights.services.certificates import freeze_certificate
from marketplace.trading.models import Order
from marketplace.trading.services.listings import (
    suspend_broken_listings,
    suspend_listing,
    withdraw_listing,
)
from marketplace.vault.models import StoredFile
from marketplace.vault.services.files import open_stored
from tests.conftest import ApiClients, PageClients
from tests.given import delivery as given
from tests.given import trading
from tests.given.world import World

DOORS = {"page": "grant_download", "api": "api_open_download"}
Ask = Callable[..., Any]


@pytest.fixture(params=DOORS)
def ask(request: pytest.FixtureRequest, page_of: PageClients, api_of: ApiClients) -> Ask:
    """Answer a function that asks a door for the bytes of a grant."""
    clients = page_of if request.param == "page" else api_of

    def asked(grant: Grant, person: str = "buyer", *, method: str = "get", **headers: str) -> Any:
        address = reverse(DOORS[request.param], args=[grant.pk])
        return getattr(clients(person), method)(address, headers=headers)

    return asked


def plain(grant: Grant) -> bytes:
    """Answer the bytes that were sold."""
    with open_stored(grant.version.file) as stored:
        return stored.read()


def sent(response: Any) -> bytes:
    """Read a streamed answer to its end, as a client does."""
    return b"".join(response.streaming_content)


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
    monkeypatch.setattr(downloads, "PIECE_BYTES", 100)
    grant = given.granted(world)
    opened = downloads.open_download(
        grant.pk, byte_range=ByteRange(10, 999), by=world.actor("buyer")
    )
    assert Download.objects.get().sent is None
    pieces = opened.pieces()
    assert [len(next(pieces)), len(next(pieces))] == [100, 100]
    pieces.close()
    assert Download.objects.get().sent == 200
    assert opened.file.closed


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer", 403), ("reviewer", 403), ("auditor", 403), ("stranger", 404), ("pending", 404)],
)
def test_who_may_not(person: str, status: int, ask: Ask, world: World) -> None:
    """Only the buyer's buyers; neither the seller nor the centre reads what was sold."""
    grant = given.granted(world)
    entries = Entry.objects.count()
    assert ask(grant, person).status_code == status
    assert Entry.objects.count() == entries
    assert not Download.objects.exists()


def revoke(world: World, grant: Grant) -> None:
    """Revoke."""
    revoke_grant(grant.pk, reason="Misuse.", by=world.actor("reviewer"))


def freeze(world: World, grant: Grant) -> None:
    """Freeze the right."""
    assert grant.listing.certificate_id is not None
    freeze_certificate(
        grant.listing.certificate_id, reason="Court order.", by=world.actor("reviewer")
    )


def withdraw_risk(world: World, grant: Grant) -> None:
    """Withdraw the risk report."""
    assert grant.listing.risk_report_id is not None
    withdraw_report(grant.listing.risk_report_id, reason="A fault.", by=world.actor("reviewer"))


def suspend(world: World, grant: Grant) -> None:
    """Suspend the listing."""
    suspend_listing(grant.listing_id, reason="We check it.", by=world.actor("officer"))


def tamper(world: World, grant: Grant) -> None:
    """Let the record of the stored bytes say something else."""
    StoredFile.objects.filter(pk=grant.version.file_id).update(sha256="0" * 64)


REFUSED: dict[str, Callable[[World, Grant], None]] = {
    "grant-revoked": revoke,
    "right-frozen": freeze,
    "risk-missing": withdraw_risk,
    "listing-not-standing": suspend,
    "risk-digest-mismatch": tamper,
}


@pytest.mark.parametrize("code", REFUSED)
def test_each_access_asks_anew(
    code: str, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """What broke since the last byte stops the next one, on both doors, and nothing changed."""
    grant = given.granted(world)
    sent(page_of("buyer").get(reverse("grant_download", args=[grant.pk])))
    REFUSED[code](world, grant)
    counted = Entry.objects.count(), Download.objects.count()
    for headers in ({}, {"Range": "bytes=0-1"}):
        refused = api_of("buyer").get(
            reverse("api_open_download", args=[grant.pk]), headers=headers
        )
        assert refused.status_code == 409
        assert refused["Content-Type"] == "application/problem+json"
        assert refused.json()["code"] == code
        page = page_of("buyer").get(reverse("grant_download", args=[grant.pk]), headers=headers)
        assert page.status_code == 409
    assert (Entry.objects.count(), Download.objects.count()) == counted


def test_expired_licence(ask: Ask, world: World) -> None:
    """Refused from the very moment, before any watch has run."""
    grant = given.granted(world)
    with clock.stopped_at(grant.expires_at):
        assert ask(grant).status_code == 409


def test_what_takes_nothing_from_the_buyer(ask: Ask, world: World) -> None:
    """A withdrawn listing, a retired dataset, or a stale valuation, even once the gate saw it."""
    grant = given.granted(world)
    withdraw_listing(grant.listing_id, reason="Replaced.", by=world.actor("officer"))
    assert len(sent(ask(grant))) == grant.size
    retire_dataset(
        grant.listing.dataset_id, reason="The system is replaced.", by=world.actor("officer")
    )
    assert len(sent(ask(grant))) == grant.size


def test_a_stale_valuation_suspends_sales_alone(ask: Ask, world: World) -> None:
    """The gate takes the listing off the market; who has bought goes on reading."""
    grant = given.granted(world)
    retire_dataset(
        grant.listing.dataset_id, reason="The system is replaced.", by=world.actor("officer")
    )
    assert suspend_broken_listings(by=trading.SYSTEM) == [grant.listing_id]
    assert len(sent(ask(grant))) == grant.size
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert len(sent(ask(grant))) == grant.size


def test_visitors_sign_in(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """The sign-in page, or 401."""
    grant = given.granted(world)
    page: HttpResponse = page_of("").get(reverse("grant_download", args=[grant.pk]))  # type: ignore[assignment]
    assert page.status_code == 302
    assert api_of("").get(reverse("api_open_download", args=[grant.pk])).status_code == 401


def test_the_accepted_form_does_not_matter(world: World, api_of: ApiClients) -> None:
    """A client that accepts no JSON gets the bytes."""
    grant = given.granted(world)
    address = reverse("api_open_download", args=[grant.pk])
    response = api_of("buyer").get(address, headers={"Accept": "application/octet-stream"})
    assert len(sent(response)) == grant.size


def test_only_reading(world: World, page_of: PageClients) -> None:
    """A POST is answered 405."""
    grant = given.granted(world)
    response = page_of("buyer").post(reverse("grant_download", args=[grant.pk]))
    assert response.status_code == 405

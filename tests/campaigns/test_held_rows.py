"""Somebody holds what a page or an act needs: it is given up in time, said so, and tried again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import psycopg
import pytest
from django.db import connection

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.order.models import Order
from tests.campaigns.client import Told
from tests.campaigns.serving import Site
from tests.given import trading
from tests.given.world import World

SECONDS = 1
IN_TIME = 8.0
"""Seconds in which whoever waits is told, on a busy machine too."""
SENTENCES = {
    "en": "Others are working on the same",
    "zh-hans": "其他人正在办理同一事项",
}


@contextmanager
def held(statement: str) -> Iterator[None]:
    """Hold what a statement locks, in a transaction of another connection; on SQLite, all."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(str(given["NAME"]), isolation_level=None)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(
        host=str(given["HOST"]), user=str(given["USER"]), dbname=str(given["NAME"])
    ) as other:
        other.execute(statement)
        yield
        other.rollback()


def order(site: Site, listing: Listing) -> tuple[Told, float]:
    """Order under one key; answer how long that took, too."""
    began = time.monotonic()
    told = site.call(
        "buyer",
        f"market/{listing.pk}/place-order/",
        "held",
        purpose="Pricing.",
        request_key="held",
    )
    return told, time.monotonic() - began


def page(site: Site, path: str, language: str) -> tuple[int, dict[str, str], str]:
    """Read a page in a language."""
    client = HTTPConnection("127.0.0.1", site.port, timeout=IN_TIME)
    with closing(client):
        client.request("GET", path, headers={"Accept-Language": language})
        answer = client.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode()


def served(serve: Callable[..., Site]) -> Site:
    """Serve with little patience."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        return serve(DATABASE_URL=f"sqlite:///{name}?timeout={SECONDS}")
    return serve(CENTRE_WEB_LOCK_SECONDS=str(SECONDS), CENTRE_WEB_STATEMENT_SECONDS="5")


def test_an_act_on_a_held_row_is_given_up_whole(serve: Callable[..., Site]) -> None:
    """503 with Retry-After, nothing changed, and done once when the row is free."""
    listing = trading.published(World())
    site = served(serve)
    with held(f"SELECT 1 FROM listings_listing WHERE id = '{listing.pk}' FOR UPDATE"):
        told, seconds = order(site, listing)
        assert (told.status, told.body["code"], seconds < IN_TIME) == (503, "busy", True)
        assert int(told.headers["Retry-After"]) > 0
        status, _headers, _text = page(site, "/", "en")
        assert status == 200, "Whoever reads waits for nobody."
    assert not Order.objects.exists()
    assert order(site, listing)[0].status == 201
    assert order(site, listing)[0].status == 201
    assert Order.objects.count() == 1


@pytest.mark.postgres
def test_a_page_that_waits_for_a_table_says_so_in_both_languages(
    serve: Callable[..., Site],
) -> None:
    """As while somebody alters the table."""
    trading.published(World())
    site = served(serve)
    with held("LOCK TABLE listings_listing IN ACCESS EXCLUSIVE MODE"):
        for language, sentence in SENTENCES.items():
            status, headers, text = page(site, "/", language)
            assert (status, sentence in text) == (503, True), text
            assert int(headers["Retry-After"]) > 0
    assert page(site, "/", "en")[0] == 200

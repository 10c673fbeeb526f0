"""The feed of public notices, as a reader of feeds gets it."""

from __future__ import annotations

from xml.etree import ElementTree

from django.urls import reverse

from marketplace.core import clock
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(page_of: PageClients) -> list[ElementTree.Element]:
    """Fetch the feed as somebody who is not signed in."""
    answer = page_of("").get(reverse("public_notice_feed"))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.findtext(f"{ATOM}title") == "Public notices"
    return feed.findall(f"{ATOM}entry")


def test_notices_come_with_the_published_fields(world: World, page_of: PageClients) -> None:
    """Escaped, with a lasting name, and only while one can object."""
    assert entries(page_of) == []
    dataset = approved_dataset(world, title="Trips <b>2026</b> & stops")
    claim = given.published_claim(world, dataset=dataset)
    given.certified(world)
    (entry,) = entries(page_of)
    assert entry.findtext(f"{ATOM}title") == dataset.title
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{claim.pk}"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").endswith(reverse("public_notice", args=[claim.pk]))
    summary = entry.findtext(f"{ATOM}summary", "")
    assert "Trips &lt;b&gt;2026&lt;/b&gt; &amp; stops" in summary
    assert claim.organization.uscc in summary
    assert claim.notice_until is not None
    with clock.stopped_at(given.at("2099-01-01")):
        assert entries(page_of) == []

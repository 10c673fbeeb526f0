"""What a program takes counts once: HEAD, 304 and the same rows again within a day are free."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.core import clock
from marketplace.delivery.use.models import Use, UseDay
from marketplace.delivery.use.selectors import metered, rows_left, running_month_of
from marketplace.delivery.use.services import IssuedKey, sum_uses
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.delivery.test_changes import corrected
from tests.given import delivery as given
from tests.given import trading
from tests.given.threads import at_once
from tests.given.world import World


def ask_rows(issued: IssuedKey, method: str = "GET", *, range_: str = "", **query: Any) -> Any:
    """Send a request of a program with a key."""
    address = reverse("api_get_grant_rows", args=[issued.key.grant_id])
    headers = {"Authorization": f"Bearer {issued.secret}", "Accept": "*/*"}
    headers |= {"If-None-Match": query.pop("known")} if "known" in query else {}
    headers |= {"Range": range_} if range_ else {}
    send = APIClient().head if method == "HEAD" else APIClient().get
    return send(address, query, headers=headers)


def units(issued: IssuedKey) -> int:
    """Return how many rows the bill of this month has so far."""
    running = running_month_of(issued.key.grant)
    assert running is not None
    return running.units


@pytest.fixture
def issued(world: World) -> IssuedKey:
    """Return the key of a grant whose rows cost 2.00 each."""
    return given.keyed(world, grant=given.by_use(world))


def test_head_costs_nothing(issued: IssuedKey) -> None:
    """It sends no row, tells not how long they are, and delivers no order."""
    head = ask_rows(issued, "HEAD", limit=3)
    assert (head.status_code, head.getvalue(), units(issued)) == (200, b"", 0)
    order = issued.key.grant.order
    order.refresh_from_db()
    assert order.delivered_at is None
    read = ask_rows(issued, limit=3)
    assert "Content-Length" not in head
    assert read["Content-Length"] == str(len(read.content))
    assert head["Content-Type"] == read["Content-Type"]
    assert head["ETag"] == read["ETag"]
    assert units(issued) == 3
    order.refresh_from_db()
    assert order.delivered_at is not None


def test_what_is_known_costs_nothing(issued: IssuedKey) -> None:
    """Also long after it was taken; nothing is sent then."""
    tag = ask_rows(issued, limit=3)["ETag"]
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        known = ask_rows(issued, limit=3, known=tag)
        assert (known.status_code, known.content, known["ETag"]) == (304, b"", tag)
        assert ask_rows(issued, limit=3, known='"other"').status_code == 200
    assert [(use.uncounted, use.rows) for use in Use.objects.order_by("created_at")] == [
        *(("", 3), ("known", 0), ("", 3)),
    ]


def test_the_same_rows_cost_once_a_day(issued: IssuedKey, world: World) -> None:
    """With whichever key of the grant, from the moment at which they were counted."""
    now = clock.now()
    with clock.stopped_at(now):
        first = ask_rows(issued, limit=3)
    with clock.stopped_at(now + timedelta(hours=23)):
        fresh = given.keyed(world, grant=issued.key.grant)
        again = ask_rows(fresh, limit=3)
        assert again.content == first.content
        assert metered(issued.key.grant).rows == 3
    with clock.stopped_at(now + timedelta(hours=25)):
        # What was free in between has not put the end off.
        assert ask_rows(fresh, limit=3).status_code == 200
        assert metered(issued.key.grant).rows == 6


def test_another_question_is_counted(issued: IssuedKey) -> None:
    """Another page, another filter, other columns, another form: though rows are the same."""
    column, other = list(ask_rows(issued, limit=3).json()["rows"][0])[:2]
    taken = 3
    for query, rows in (
        ({"limit": 2}, 2),
        ({"limit": 3, "after": 1}, 3),
        ({"limit": 3, "column": column}, 3),
        ({"limit": 3, "where": f'["{column}", "not-null"]'}, 3),
    ):
        assert len(ask_rows(issued, **query).json()["rows"]) == rows
        taken += rows
        assert units(issued) == taken, query
    both = [f'["{column}", "not-null"]', f'["{other}", "not-null"]']
    ask_rows(issued, limit=2, where=both)
    ask_rows(issued, limit=2, where=both[::-1])
    assert units(issued) == taken + 2
    given.rows_of(issued, accept="application/vnd.apache.arrow.stream", limit=3)
    assert units(issued) == taken + 5


def test_another_grant_makes_nothing_free(issued: IssuedKey, world: World) -> None:
    """The same rows of the same data, sold twice, are paid twice."""
    other = given.keyed(world, grant=given.by_use(world))
    assert other.key.grant_id != issued.key.grant_id
    first, second = ask_rows(issued, limit=3), ask_rows(other, limit=3)
    assert first["ETag"] != second["ETag"]
    assert (units(issued), units(other)) == (3, 3)
    assert ask_rows(other, limit=3, known=first["ETag"]).status_code == 200


def test_a_quota_counts_in_the_same_way(world: World) -> None:
    """What was taken is given again, even when nothing else is left."""
    issued = given.keyed(world, grant=given.for_programs(world, quota_rows=4))
    assert ask_rows(issued, "HEAD", limit=3).status_code == 200
    assert rows_left(issued.key.grant) == 4
    first, last = ask_rows(issued, limit=3), ask_rows(issued, limit=9, after=3)
    assert (len(last.json()["rows"]), rows_left(issued.key.grant)) == (1, 0)
    assert ask_rows(issued, limit=3).content == first.content
    assert ask_rows(issued, limit=9, after=3).content == last.content
    refused = ask_rows(issued, limit=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "quota-used")
    assert ask_rows(issued, "HEAD", limit=1).status_code == 409
    assert rows_left(issued.key.grant) == 0


def test_the_statement_says_how_rows_were_counted(
    issued: IssuedKey, world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    """By program, on the page, and in the ledger's sum of the day."""
    grant = issued.key.grant
    tag = ask_rows(issued, limit=3)["ETag"]
    for query in ({}, {"known": tag}):
        ask_rows(issued, limit=3, **query)
    ask_rows(issued, "HEAD", limit=3)
    listed = api_of("buyer").get(reverse("api_list_grant_uses", args=[grant.pk])).json()
    told = sorted((one["uncounted"], one["rows"]) for one in listed["results"])
    assert told == [("", 3), ("again", 0), ("head", 0), ("known", 0)]
    running = api_of("buyer").get(reverse("api_get_grant_running_month", args=[grant.pk])).json()
    assert (running["units"], running["uncounted"], running["amount"]) == (3, 3, "6.00")
    page = page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert "cost nothing, with whichever key" in page
    assert "3 requests were not counted." in page
    assert "Same rows again within 24 hours" in page
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        sum_uses(by=trading.SYSTEM)
    day = UseDay.objects.get()
    assert (day.calls, day.rows, day.uncounted) == (1, 3, 3)
    assert Entry.objects.get(kind="delivery.uses_summed").payload["uncounted"] == 3


def test_what_duckdb_asks_for_is_counted_once(issued: IssuedKey) -> None:
    """Its `read_json` sends HEAD, and a GET for all, since that tells no length; or for a range.

    What is asked for as a range is answered whole.
    """
    ask_rows(issued, "HEAD", limit=3)
    last = len(ask_rows(issued, limit=3).content) - 1
    for _turn in range(3):
        answer = ask_rows(issued, limit=3, range_=f"bytes=0-{last}")
        assert (answer.status_code, len(answer.content)) == (200, last + 1)
    assert units(issued) == 3


def test_requests_that_cost_nothing_count_in_the_rate(issued: IssuedKey, settings: Any) -> None:
    """Else whoever asks for heads alone could keep the centre busy for ever."""
    settings.CENTRE = settings.CENTRE | {"GRANT_REQUESTS_PER_MINUTE": 2}
    for _turn in range(2):
        assert ask_rows(issued, "HEAD", limit=1).status_code == 200
    assert ask_rows(issued, "HEAD", limit=1).status_code == 429


def test_changes_count_once_too(world: World) -> None:
    """By the revisions that they are between."""
    issued = corrected(world, "api")
    grant = issued.key.grant
    address = reverse("api_get_grant_changes", args=[grant.pk])
    headers = {"Authorization": f"Bearer {issued.secret}", "Accept": "*/*"}
    before = metered(grant).rows
    head = APIClient().head(address, headers=headers)
    first, second = (APIClient().get(address, headers=headers) for _turn in range(2))
    assert (first.status_code, first.content) == (200, second.content)
    assert head["ETag"] == first["ETag"]
    rows = len(first.json()["rows"])
    assert rows > 0
    assert metered(grant).rows - before == rows


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_two_at_once_are_billed_once() -> None:
    """Both read before either is counted; the grant's row lets one count and the other see it."""
    world = World()
    issued = given.keyed(world, grant=given.by_use(world))
    answers: list[Any] = at_once(4, lambda _number: ask_rows(issued, limit=3))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert units(issued) == 3
    assert Use.objects.filter(uncounted="again").count() == 3

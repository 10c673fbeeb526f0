"""Rows through the API: by key, asked anew, counted against rate and quota."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.use.models import Use, UseDay, UseKind
from marketplace.delivery.use.selectors import Metered, metered
from marketplace.delivery.use.serializers import LONGEST_QUESTION
from marketplace.delivery.use.services import Answered, IssuedKey, record_use, sum_uses
from marketplace.ledger.models import Entry
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.publication.services import suspend_listing
from marketplace.trading.orders.order.models import Order
from marketplace.vault.models import StoredFile
from marketplace.vault.services import open_stored
from tests.given import amendments, trading
from tests.given import delivery as given
from tests.given.by_owner import altered
from tests.given.world import World

ARROW = "application/vnd.apache.arrow.stream"


def sold(issued: IssuedKey) -> list[dict[str, Any]]:
    """Read what was sold."""
    with open_stored(issued.key.grant.version.file) as file:
        rows: list[dict[str, Any]] = pq.read_table(pa.PythonFile(file)).to_pylist()
    return rows


def narrowed(issued: IssuedKey, **fields: Any) -> None:
    """Let the grant say something else, as its order would have."""
    altered(Grant.objects.filter(pk=issued.key.grant_id), **fields)


def amended(world: World, issued: IssuedKey, **terms: Any) -> None:
    """Let both sides sign other terms for the order of a grant."""
    order = Order.objects.get(pk=issued.key.grant.order_id)
    if order.delivered_at is None:
        assert given.rows_of(issued, limit=1).status_code == 200
    amendments.in_force(world, amendments.proposed(world, order, **terms))


def test_json_and_arrow_give_what_was_sold(world: World) -> None:
    """Every row, in order, the same in both forms; and the order is delivered."""
    issued = given.keyed(world)
    expected = sold(issued)
    answer = given.rows_of(issued)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["next_after"] is None
    assert "Link" not in answer
    as_text = json.loads(json.dumps(expected, default=str))
    assert answer.json()["rows"] == as_text
    stream = given.rows_of(issued, accept=ARROW)
    assert stream["Content-Type"] == ARROW
    table = pa.ipc.open_stream(stream.content).read_all()
    assert table.to_pylist() == expected
    assert table.schema.metadata == {b"next_after": b"", b"revision": b"1"}
    grant = Grant.objects.get()
    assert grant.order.state == "delivered"
    assert metered(grant) == Metered(
        2, 2 * len(expected), len(answer.content) + len(stream.content)
    )
    use = Use.objects.first()
    assert use is not None
    assert (use.key_id, use.kind, use.rows) == (issued.key.pk, "rows", len(expected))


def test_pages_follow_their_link(world: World) -> None:
    """The address of the next page keeps columns and conditions."""
    issued = given.keyed(world)
    expected = sold(issued)
    column = next(iter(expected[0]))
    found, address = [], ""
    answer = given.rows_of(issued, column=column, where=json.dumps([column, "not-null"]), limit=2)
    while True:
        assert answer.status_code == 200, answer.content
        found += answer.json()["rows"]
        if "Link" not in answer:
            break
        address = answer["Link"].partition("<")[2].partition(">")[0]
        answer = APIClient().get(address, headers={"Authorization": f"Bearer {issued.secret}"})
    wanted = [{column: row[column]} for row in expected if row[column] is not None]
    assert found == json.loads(json.dumps(wanted, default=str))
    assert f"column={column}" in address


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"where": "age > 3"}, "where"),
        ({"where": '["line", "like", "x"]'}, "where"),
        ({"where": "[" * 5000}, "where"),
        ({"where": '["nothing", "eq", 1]'}, "column"),
        ({"column": "nothing"}, "column"),
        ({"after": "-1"}, "after"),
        ({"after": "many"}, "after"),
        ({"limit": "0"}, "limit"),
    ],
)
def test_questions_that_cannot_be_answered(query: dict[str, str], field: str, world: World) -> None:
    """422 that names what is wrong; nothing is counted."""
    answer = given.rows_of(given.keyed(world), **query)
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["errors"]
    assert not Use.objects.exists()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"were": '["line", "eq", 1]'}, "Did you mean where?"),
        ({"limit": "1", "format": "arrow"}, "no parameter format"),
    ],
)
def test_a_parameter_that_nobody_reads(query: dict[str, str], says: str, world: World) -> None:
    """400 that names what was meant; nothing is counted."""
    answer = given.rows_of(given.keyed(world), **query)
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown-parameter")
    assert says in answer.json()["detail"]
    assert not Use.objects.exists()


def test_a_question_that_no_server_takes(world: World) -> None:
    """It is refused in words, at a length that servers take; the longest one has pages."""
    issued = given.keyed(world)
    condition = json.dumps([next(iter(sold(issued)[0])), "not-null"])
    blanks = " " * (LONGEST_QUESTION - len(urlencode({"limit": 1, "where": condition})))
    answer = given.rows_of(issued, limit=1, where=condition + blanks)
    assert answer.status_code == 200
    address = answer["Link"].partition("<")[2].partition(">")[0]
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert APIClient().get(address, headers=headers).status_code == 200
    longer = given.rows_of(issued, limit=1, where=f"{condition}{blanks} ")
    assert longer.status_code == 422
    assert "longer than 7000 characters" in longer.json()["errors"]["where"][0]


def test_only_what_was_bought(world: World) -> None:
    """A projection hides the rest of the version, and forbids to ask about it."""
    issued = given.keyed(world)
    expected = sold(issued)
    first, second = list(expected[0])[:2]
    narrowed(issued, projection={"columns": [first], "rows": [[second, "eq", expected[0][second]]]})
    answer = given.rows_of(issued)
    assert [list(row) for row in answer.json()["rows"]] == [[first]] * len(answer.json()["rows"])
    assert 0 < len(answer.json()["rows"]) < len(expected)
    assert given.rows_of(issued, column=second).status_code == 422
    assert given.rows_of(issued, where=json.dumps([second, "not-null"])).status_code == 422


def revoke(world: World, issued: IssuedKey) -> None:
    """Revoke the grant."""
    revoke_grant(issued.key.grant_id, reason="Misuse.", by=world.actor("reviewer"))


def freeze(world: World, issued: IssuedKey) -> None:
    """Freeze the right."""
    certificate = issued.key.grant.listing.certificate_id
    assert certificate is not None
    freeze_certificate(certificate, reason="Court order.", by=world.actor("reviewer"))


def suspend(world: World, issued: IssuedKey) -> None:
    """Suspend the listing."""
    suspend_listing(issued.key.grant.listing_id, reason="A check.", by=world.actor("officer"))


def tamper(world: World, issued: IssuedKey) -> None:
    """Let the record of the stored bytes say something else."""
    StoredFile.objects.filter(pk=issued.key.grant.version.file_id).update(sha256="0" * 64)


def exhaust(world: World, issued: IssuedKey) -> None:
    """Take every row of a quota."""
    amended(world, issued, quota_rows=3)
    assert len(given.rows_of(issued, limit=9).json()["rows"]) == 2


def deliver_otherwise(world: World, issued: IssuedKey) -> None:
    """Let the grant be of another mode."""
    narrowed(issued, mode="file")


REFUSED: dict[str, Callable[[World, IssuedKey], None]] = {
    "grant-revoked": revoke,
    "right-frozen": freeze,
    "listing-not-standing": suspend,
    "risk-digest-mismatch": tamper,
    "quota-used": exhaust,
    "another-mode": deliver_otherwise,
}


@pytest.mark.parametrize("code", REFUSED)
def test_each_request_asks_anew(code: str, world: World) -> None:
    """What broke since the last row stops the next one, and nothing is counted."""
    issued = given.keyed(world)
    assert given.rows_of(issued, limit=1).status_code == 200
    REFUSED[code](world, issued)
    counted = Entry.objects.count(), Use.objects.count()
    refused = given.rows_of(issued, limit=2)
    assert (refused.status_code, refused.json().get("code")) == (409, code)
    assert (Entry.objects.count(), Use.objects.count()) == counted


def test_no_file_of_what_is_sold_by_rows(world: World, api_of: Any) -> None:
    """The whole file cannot be had beside its quota."""
    grant = given.for_programs(world)
    answer = api_of("buyer").get(reverse("api_open_download", args=[grant.pk]))
    assert (answer.status_code, answer.json()["code"]) == (409, "another-mode")


def test_rate(world: World, settings: Any) -> None:
    """429 with the seconds to wait, for all programs of a grant together."""
    settings.CENTRE = settings.CENTRE | {"GRANT_REQUESTS_PER_MINUTE": 2}
    issued = given.keyed(world)
    now = clock.now()
    with clock.stopped_at(now):
        assert given.rows_of(issued, limit=1).status_code == 200
    with clock.stopped_at(now + timedelta(seconds=20)):
        assert given.rows_of(issued, limit=1).status_code == 200
    with clock.stopped_at(now + timedelta(seconds=40)):
        refused = given.rows_of(issued, limit=1)
        assert (refused.status_code, refused["Retry-After"]) == (429, "20")
        assert refused.json()["type"].endswith("too-many-requests")
    with clock.stopped_at(now + timedelta(seconds=61)):
        assert given.rows_of(issued, limit=1).status_code == 200
    assert Use.objects.count() == 3


def test_the_quota_is_never_passed(world: World) -> None:
    """What another request took meanwhile is not given twice."""
    issued = given.keyed(world, grant=given.for_programs(world, quota_rows=10))
    with pytest.raises(WrongState):
        record_use(
            issued.key.grant_id,
            key_id=issued.key.pk,
            kind=UseKind.ROWS,
            rows=11,
            size=1,
            answered=Answered("question", "answer"),
            by=world.actor("buyer"),
        )
    assert not Use.objects.exists()


def test_days_are_added_up_once_they_are_over(world: World) -> None:
    """One fact a grant and day, with calls, rows and bytes."""
    issued = given.keyed(world)
    sizes = [len(given.rows_of(issued, limit=3, after=after).content) for after in (0, 1)]
    assert sum_uses(by=trading.SYSTEM) == []
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert len(sum_uses(by=trading.SYSTEM)) == 1
        assert sum_uses(by=trading.SYSTEM) == []
    day = UseDay.objects.get()
    assert (day.calls, day.rows, day.size) == (2, 6, sum(sizes))
    entry = Entry.objects.get(kind="delivery.uses_summed")
    assert entry.payload["rows"] == 6
    grant = issued.key.grant
    assert metered(grant, since=day.day, until=day.day).calls == 2
    assert metered(grant, since=day.day + timedelta(days=1)).calls == 0
    with pytest.raises(NotAllowed):
        sum_uses(by=world.actor("buyer"))

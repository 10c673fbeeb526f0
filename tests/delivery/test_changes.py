"""What changed from one revision to the next: told row by row, of the bought columns alone."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import strategies as st
from rest_framework.test import APIClient

from marketplace.core.errors import Invalid, NotAllowed
from marketplace.delivery.changes import files
from marketplace.delivery.changes.comparing import KIND, changes_between, is_key
from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.use.models import Use
from marketplace.delivery.use.services import IssuedKey
from marketplace.ledger.models import Entry
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.services import withdraw_report
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.services import declare_key
from tests.conftest import PageClients
from tests.delivery.conftest import sent
from tests.delivery.test_sharing import ask
from tests.given import delivery, feeds, trading
from tests.given.world import World

CORRECTED = """day,line,boardings,delay_minutes
2026-03-01,1,1204,1.5
2026-03-01,2,985,0.0
2026-03-02,1,1311,2.25
2026-03-03,1,900,0.75
"""
"""March anew: one value is corrected, one row is gone and one is new."""
KEY = ["day", "line"]
TOLD = [
    ("2026-03-02", "2", 1002, "delete"),
    ("2026-03-01", "2", 980, "update_preimage"),
    ("2026-03-01", "2", 985, "update_postimage"),
    ("2026-03-03", "1", 900, "insert"),
]


def changes_of(issued: IssuedKey, *, accept: str = "*/*", **query: Any) -> Any:
    """Ask with a key what changed, as a program does."""
    return APIClient().get(
        reverse("api_get_grant_changes", args=[issued.key.grant_id]),
        query,
        headers={"Authorization": f"Bearer {issued.secret}", "Accept": accept},
    )


def corrected(world: World, mode: str, *, key: list[str] | None = None, **terms: Any) -> IssuedKey:
    """Return a key to a grant that follows March, and then March anew."""
    issued = delivery.keyed(world, grant=feeds.followed(world, mode, **terms))
    if key is not None:
        declare_key(Product.objects.get().pk, columns=key, by=world.actor("officer"))
    feeds.advanced(world, issued.key.grant.listing, table=CORRECTED)
    feeds.write_copies()
    return issued


def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what a test compares of changed rows."""
    return [
        (str(row["day"]), str(row["line"]), row["boardings"], row["_change_type"]) for row in rows
    ]


def test_updates_by_the_key_of_the_product(world: World) -> None:
    """Since the first revision: what went, what came, and what has another value."""
    issued = corrected(world, "api", key=KEY)
    answer = changes_of(issued, since=1).json()
    assert told(answer["rows"]) == TOLD
    assert {row["_revision"] for row in answer["rows"]} == {2}
    assert (answer["revision"], answer["next_after"]) == (2, None)
    assert changes_of(issued, since=2).json()["rows"] == []
    kinds = [one.kind for one in Use.objects.order_by("created_at")]
    assert kinds == ["changes", "changes"]
    assert Use.objects.order_by("created_at")[0].rows == len(TOLD)


def test_without_a_key_rows_go_and_come(world: World) -> None:
    """As often as they are there less or more often."""
    issued = corrected(world, "api")
    found = told(changes_of(issued, since=1).json()["rows"])
    assert sorted(one[-1] for one in found) == ["delete", "delete", "insert", "insert"]
    assert {one[:3] for one in found} == {one[:3] for one in TOLD}


def test_from_the_beginning_page_by_page(world: World) -> None:
    """The first revision is inserted as a whole; each page is of one revision, none is lost."""
    issued = corrected(world, "api", key=KEY)
    pages, after = [], 0
    while after is not None:
        page = changes_of(issued, after=after, limit=3, as_of=2).json()
        assert {row["_revision"] for row in page["rows"]} <= {page["revision"]}
        pages.append(page)
        after = page["next_after"]
    rows = [row for page in pages for row in page["rows"]]
    assert [len(page["rows"]) for page in pages] == [3, 1, 3, 1]
    assert [row["_change_type"] for row in rows[:4]] == ["insert"] * 4
    assert told(rows[4:]) == TOLD
    first = changes_of(issued, since=0, limit=3)
    assert "as_of=2" in first["Link"]
    arrow = changes_of(issued, since=1, accept="application/vnd.apache.arrow.stream")
    table = pa.ipc.open_stream(arrow.content).read_all()
    assert table["_change_type"].to_pylist() == [one[-1] for one in TOLD]


def test_only_bought_columns(world: World) -> None:
    """Without the key's columns rows are counted, and nothing else is let out."""
    issued = corrected(world, "api", key=KEY, columns=("boardings",))
    rows = changes_of(issued, since=1).json()["rows"]
    assert {name for row in rows for name in row} == {"boardings", "_change_type", "_revision"}
    assert sorted((row["boardings"], row["_change_type"]) for row in rows) == [
        (900, "insert"),
        (980, "delete"),
        (985, "insert"),
        (1002, "delete"),
    ]


def test_who_may_not(world: World) -> None:
    """Another key, another way of delivery, and what rests on a verdict that fell."""
    issued = corrected(world, "api", key=KEY)
    other = delivery.keyed(world, "sharing")
    assert changes_of(other, since=0).status_code == 409
    crossed = APIClient().get(
        reverse("api_get_grant_changes", args=[issued.key.grant_id]),
        headers={"Authorization": f"Bearer {other.secret}"},
    )
    assert crossed.status_code == 404
    for since in ("soon", "1.5", "-1"):
        assert changes_of(issued, since=since).status_code == 422
    assert changes_of(issued, as_of=9).status_code == 404
    first = RiskReport.objects.get(version=issued.key.grant.version)
    withdraw_report(first.pk, reason="It was wrong.", by=world.actor("reviewer"))
    refused = changes_of(issued, since=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "risk-withdrawn")
    assert not Use.objects.exists()


def test_the_feed_of_a_shared_table(world: World) -> None:
    """Each version has a file of its changes behind a signed address, and is loaded by number."""
    issued = corrected(world, "sharing", key=KEY)
    version = ask(issued, "sharing_table_version")
    assert version["Delta-Table-Version"] == "2"
    for asked, number in (({}, 2), ({"version": 1}, 1), ({"version": 2}, 2)):
        answer = ask(issued, "sharing_table_query", method="post", data=asked)
        assert answer["Delta-Table-Version"] == str(number)
        file = json.loads(answer.content.splitlines()[2])["file"]
        assert file["version"] == number
        table = pq.read_table(io.BytesIO(sent(Client().get(file["url"]))))
        assert (985 in table["boardings"].to_pylist()) == (number == 2)
    feed = ask(issued, "sharing_table_changes", data={"startingVersion": 2})
    assert feed.status_code == 200, feed.content
    protocol, metadata, *actions = (json.loads(line) for line in feed.content.splitlines())
    assert metadata["metaData"]["configuration"] == {"enableChangeDataFeed": "true"}
    (change,) = (one["cdf"] for one in actions)
    content = sent(Client().get(change["url"]))
    assert len(content) == change["size"]
    assert told(pq.read_table(io.BytesIO(content)).to_pylist()) == TOLD
    assert protocol == {"protocol": {"minReaderVersion": 1}}
    everything = ask(issued, "sharing_table_changes", data={"startingVersion": 0})
    assert len(everything.content.splitlines()) == 4
    assert [one.rows for one in Use.objects.filter(kind="changes").order_by("created_at")] == [4, 8]
    assert RevisionChanges.objects.count() == 2


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"startingVersion": 1, "startingTimestamp": "2026-01-01T00:00:00Z"}, 422),
        ({"startingVersion": "x"}, 422),
        ({"startingVersion": 1, "endingVersion": 5}, 404),
        ({"startingTimestamp": "2020-01-01T00:00:00Z"}, 200),
        ({"startingTimestamp": "yesterday"}, 422),
    ],
)
def test_what_a_feed_is_asked(asked: dict[str, Any], status: int, world: World) -> None:
    """A first version or moment, one of the two; what was never given is not found."""
    issued = delivery.keyed(world, grant=feeds.followed(world, "sharing"))
    assert ask(issued, "sharing_table_changes", data=asked).status_code == status


def test_a_key_tells_rows_apart(world: World, page_of: PageClients) -> None:
    """Or is refused; nobody but the seller declares it."""
    listing = trading.published(world)
    product, officer = listing.product, world.actor("officer")
    entries = Entry.objects.count()
    for columns, code in ((["line"], "key-not-unique"), (["nothing"], "invalid")):
        with pytest.raises(Invalid) as refused:
            declare_key(product.pk, columns=columns, by=officer)
        assert (refused.value.code, list(refused.value.fields)) == (code, ["columns"])
    with pytest.raises(NotAllowed):
        declare_key(product.pk, columns=KEY, by=world.actor("reviewer"))
    assert Entry.objects.count() == entries
    page = page_of("officer").post(reverse("product_key", args=[product.pk]), {"columns": "line"})
    assert page.status_code == 422
    assert "Two rows of the newest revision are the same" in page.content.decode()
    assert declare_key(product.pk, columns=[*KEY, "day"], by=officer).key_columns == KEY
    assert declare_key(product.pk, columns=KEY, by=officer).key_columns == KEY
    assert Entry.objects.count() == entries + 1
    assert declare_key(product.pk, columns=[], by=officer).key_columns == []


ROWS = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(0, 3))), max_size=12)


def table_of(rows: list[tuple[int, int | None]]) -> pl.DataFrame:
    """Return a table of rows."""
    schema = {"key": pl.Int64, "value": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def applied(before: pl.DataFrame, changes: pl.DataFrame) -> list[Any]:
    """Apply changes to a table; return its rows in an order of their own."""
    rows = before.rows()
    for *row, kind in changes.rows():
        if kind in ("delete", "update_preimage"):
            rows.remove(tuple(row))
    for *row, kind in changes.rows():
        if kind in ("insert", "update_postimage"):
            rows.append(tuple(row))
    return sorted(rows, key=str)


@drawn(ROWS, ROWS, st.booleans())
def test_changes_lead_from_one_table_to_the_other(
    first: list[tuple[int, int | None]], second: list[tuple[int, int | None]], unique: bool
) -> None:
    """Whatever is in them, and never more than that: no row both goes and comes."""
    if unique:
        first, second = list(dict(first).items()), list(dict(second).items())
    before, after = table_of(first), table_of(second)
    changes = changes_between(before, after, ["key"])
    assert applied(before, changes) == sorted(after.rows(), key=str)
    gone = {row[:-1] for row in changes.rows() if row[-1] in ("delete", "update_preimage")}
    come = {row[:-1] for row in changes.rows() if row[-1] in ("insert", "update_postimage")}
    assert not gone & come
    by_key = is_key(before, ["key"]) and is_key(after, ["key"])
    if not by_key:
        assert set(changes[KIND]) <= {"insert", "delete"}


@drawn(ROWS, ROWS, st.booleans())
def test_files_are_compared_a_share_at_a_time(
    first: list[tuple[int, int | None]], second: list[tuple[int, int | None]], unique: bool
) -> None:
    """As many rows of each kind as in memory, whether a key tells rows apart or not."""
    if unique:
        first, second = list(dict(first).items()), list(dict(second).items())
    before, after = table_of(first), table_of(second)
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "ROWS_OF_A_SHARE", 3)
        folder = Path(name)
        old, new, target = (folder / f"{each}.parquet" for each in ("old", "new", "changes"))
        before.write_parquet(old)
        after.write_parquet(new)
        count = files.compare_files(old, new, target, key=["key"], folder=folder)
        found = pl.read_parquet(target)
    assert count == len(found)
    expected = changes_between(before, after, ["key"])
    assert found.schema == expected.schema
    assert sorted(found.rows(), key=str) == sorted(expected.rows(), key=str)


def test_what_is_equal_falls_into_one_share(tmp_path: Path, monkeypatch: Any) -> None:
    """Two zeros, what is no number, nothing, and a whole number beside a broken one."""
    monkeypatch.setattr(files, "ROWS_OF_A_SHARE", 2)
    before = pl.DataFrame({"a": [0.0, float("nan"), None, 1.5], "b": [1, 2, 3, 4]})
    after = pl.DataFrame({"a": [-0.0, float("nan"), None, 1.5], "b": [1.0, 2.0, 3.0, 4.5]})
    old, new, target = (tmp_path / f"{each}.parquet" for each in ("old", "new", "changes"))
    before.write_parquet(old)
    after.write_parquet(new)
    assert files.compare_files(old, new, target, key=[], folder=tmp_path) == 2
    assert pl.read_parquet(target).rows() == [(1.5, 4.0, "delete"), (1.5, 4.5, "insert")]


def test_columns_of_two_types() -> None:
    """Whole delays of one month and broken ones of the next are compared as numbers."""
    before = pl.DataFrame({"key": [1, 2], "value": [1, 2]})
    after = pl.DataFrame({"value": [1.0, 2.5], "key": [1, 2]})
    changes = changes_between(before, after, ["key"])
    assert changes.rows() == [(2.0, 2, "update_preimage"), (2.5, 2, "update_postimage")]
    texts = changes_between(pl.DataFrame({"a": [1]}), pl.DataFrame({"a": ["one"]}))
    assert texts.rows() == [("1", "delete"), ("one", "insert")]
